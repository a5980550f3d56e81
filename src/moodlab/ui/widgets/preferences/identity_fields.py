"""Who the page is about. Both fields may stay empty; the page then has a line to write on."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.diary import Identity
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import Line

LONGEST = 200


class IdentityFields(QWidget):
    """Sends `changed(Identity)` when the person leaves a field that was changed."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.born = Line(), Line()
        self._shown = Identity()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        for field, title in (
            (self.name, translate("report", "Name")),
            (self.born, translate("report", "Born")),
        ):
            field.setAccessibleName(title)
            field.setPlaceholderText(title)
            field.setMaxLength(LONGEST)
            field.editingFinished.connect(self._tell)
            layout.addWidget(field)

    def show_identity(self, identity: Identity) -> None:
        """Show what the journal has, except in a field that is being written in."""
        self._shown = identity
        for field, text in ((self.name, identity.name), (self.born, identity.born)):
            if not (field.hasFocus() and field.isModified()):
                with QSignalBlocker(field):
                    field.setText(text)

    def _tell(self) -> None:
        written = Identity(self.name.text().strip(), self.born.text().strip())
        if written != self._shown:
            self._shown = written
            self.changed.emit(written)
