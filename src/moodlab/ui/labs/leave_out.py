"""Whether a draw is left out of summaries: preset by what was going on, decided by the person."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox

from moodlab.domain.labs.results import presets_excluded
from moodlab.i18n import translate


class LeaveOut(QCheckBox):
    """Follows the context of a draw until the person ticks or clears it."""

    def __init__(self) -> None:
        super().__init__(translate("labs", "Leave out of summaries (still shown)"))
        self._is_preset = True
        self.clicked.connect(lambda _checked: self._decide())

    def begin(self, context: Sequence[str]) -> None:
        """Follow the context of another draw."""
        self._is_preset = True
        self.follow(context)

    def take(self, context: Sequence[str], *, excluded: bool) -> None:
        """Stand as a saved result does; what its context presets is followed further."""
        self.setChecked(excluded)
        self._is_preset = excluded == presets_excluded(context)

    def follow(self, context: Sequence[str]) -> None:
        """Let the context decide, where the person has not."""
        if self._is_preset:
            self.setChecked(presets_excluded(context))

    def _decide(self) -> None:
        self._is_preset = False
