"""One row of Settings: its name and one sentence at the left, the control at the right."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.i18n import translate, translate_marked
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.settings.control import Control, Surroundings
from moodlab.ui.settings.rows import Row
from moodlab.ui.widgets.text import Button, keep_room, label

# Design pixels: the words beside a control, and the row in which both stand side by side.
_WORDS_WIDTH, _LEAST_BESIDE = 264, 560
# So far below its edge the name stands on one line with what a control says.
_TO_MIDDLE = 6


class SettingRow(QWidget):
    """Folds where it is narrow. Reset is there while the setting is not as MoodLab comes."""

    def __init__(self, row: Row, around: Surroundings) -> None:
        super().__init__()
        self.row = row
        self.control: Control = row.make(row, around)
        title = label(row.shown_title, wrap=True)
        title.setBuddy(self.control.first)
        self.reset = Button(translate("settings", "Reset"), "link", self.control.reset)
        self.reset.setAccessibleName(
            translate("settings", "Reset {setting}").format(setting=row.shown_title)
        )
        keep_room(self.reset)
        self._words = QWidget()
        self._column = words = QVBoxLayout(self._words)
        words.setSpacing(2)
        upper = QHBoxLayout()
        upper.addWidget(title, 1)
        upper.addWidget(self.reset)
        words.addLayout(upper)
        words.addWidget(label(translate_marked(row.about), "quiet", wrap=True))
        words.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._words)
        self._layout.addWidget(self.control, 1, Qt.AlignmentFlag.AlignTop)
        self._fit_look()
        self.show_now()

    def show_now(self) -> None:
        """Show what holds now."""
        self.control.show_now()
        is_free = self.control.isEnabled()
        self.reset.setVisible(is_free and not self.control.is_usual)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fit_look(self) -> None:
        px = look().px
        self._layout.setContentsMargins(0, px(GRID), 0, px(GRID))
        self._layout.setSpacing(px(2 * GRID))
        self._fold()

    def _fold(self) -> None:
        px = look().px
        is_wide = self.width() >= px(_LEAST_BESIDE)
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        self._layout.setSpacing(px(3 * GRID) if is_wide else px(GRID))
        self._column.setContentsMargins(0, px(_TO_MIDDLE) if is_wide else 0, 0, 0)
        self._words.setMinimumWidth(px(_WORDS_WIDTH) if is_wide else 0)
        self._words.setMaximumWidth(px(_WORDS_WIDTH if is_wide else _LEAST_BESIDE))
