"""The second screen of a first start: what is rated, what of it on tired days, when a day ends."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.opening.first_choices import DAILY, Back, Chosen
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.widgets.preferences.day_end_choice import DayEndChoice
from moodlab.ui.widgets.text import Button, hairline, label

_NAMES_WIDTH = 240


class RateScreen(StartScreen[Chosen | Back]):
    """Decides for what was chosen; Esc is as it stands there."""

    def __init__(self, chosen: Chosen, geometry: str = "") -> None:
        super().__init__(translate("welcome", "What do you want to rate?"), geometry)
        self.frame.set_subtitle(translate("welcome", "Step 2 of 3"))
        self.add_text(translate("welcome", "Fewer is easier. You can change this any time."))
        self.add_space(1)
        self.rated: dict[str, QCheckBox] = {}
        self.short: dict[str, QCheckBox] = {}
        self._add_metrics(chosen)
        self.add_space(1)
        self._add_day_end(chosen.day_end)
        self.add_space(1.5)
        self.go_on = Button(translate("welcome", "Continue"), "primary", self.decide)
        self.back = Button(translate("welcome", "Back"), "secondary", lambda: self.leave(Back()))
        self.add_end(self.go_on, self.back)

    def first_focus(self) -> QWidget:
        return self.go_on

    def decide(self) -> None:
        """Go on with what is ticked."""
        rated = frozenset(name for name, box in self.rated.items() if box.isChecked())
        if not rated:
            self.say(translate("welcome", "Tick one at least."))
            self.rated[DAILY[0].id].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        short = frozenset(name for name, box in self.short.items() if box.isChecked())
        self.leave(Chosen(rated, short & rated, self.day_end.minutes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.decide()
            return
        super().keyPressEvent(event)

    def _add_metrics(self, chosen: Chosen) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().px(3 * GRID))
        grid.setVerticalSpacing(look().px(GRID))
        grid.setColumnMinimumWidth(0, look().px(_NAMES_WIDTH))
        grid.setColumnStretch(2, 1)
        heading = label(translate("welcome", "In the short version"), "quiet")
        grid.addWidget(heading, 0, 1)
        grid.addWidget(hairline(), 1, 0, 1, 3)
        for row, metric in enumerate(DAILY, start=2):
            asked = QCheckBox(metric.shown_label)
            asked.setChecked(metric.id in chosen.rated)
            short = QCheckBox()
            short.setAccessibleName(
                translate("welcome", "{metric} in the short version").format(
                    metric=metric.shown_label
                )
            )
            short.setChecked(metric.id in chosen.short)
            short.setEnabled(asked.isChecked())
            asked.toggled.connect(short.setEnabled)
            grid.addWidget(asked, row, 0)
            grid.addWidget(short, row, 1)
            self.rated[metric.id], self.short[metric.id] = asked, short
        self.body.addLayout(grid)
        self.add_text(
            translate("welcome", "On a tired day, one click shows only the short version."),
            "quiet",
        )

    def _add_day_end(self, minutes: int) -> None:
        words = translate("welcome", "A day ends at")
        self.day_end = DayEndChoice(words)
        self.day_end.show_minutes(minutes)
        caption = label(words)
        caption.setBuddy(self.day_end)
        row = QHBoxLayout()
        row.addWidget(caption)
        row.addWidget(self.day_end)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_text(
            translate("welcome", "Until then a late evening belongs to the day before."), "quiet"
        )
