"""Beside the calendar: all that is known about the chosen day, to read."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.history.day_facts import DayFacts, Fact, Section
from moodlab.ui.look.style import look
from moodlab.ui.widgets.layouts import empty
from moodlab.ui.widgets.text import Button, hairline, label


class DayPanel(QWidget):
    """`open_wanted` asks for the chosen day on Today, where it can be changed.

    What else belongs to the day stands in `more`, below what is known.
    """

    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "section", wrap=True)
        self.state = label("", wrap=True)
        self.written = label("", "quiet", wrap=True)
        self.open = Button(translate("history", "Open this day"), "secondary", self._ask)
        self.nothing = label("", "muted", wrap=True)
        self._shown: DayFacts | None = None
        self._facts = QVBoxLayout()
        self.more = QVBoxLayout()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.title)
        # At the right, where Today has nothing: a click too many there changes no answer.
        self._head = QHBoxLayout()
        self._head.addWidget(self.written, 1)
        self._head.addWidget(self.open)
        self._rows.addLayout(self._head)
        for widget in (self.state, self.nothing):
            self._rows.addWidget(widget)
        self._rows.addLayout(self._facts)
        self._rows.addLayout(self.more)
        self._rows.addStretch(1)
        self._fit_look()

    def show_facts(self, facts: DayFacts, *, has_come: bool, can_open: bool) -> None:
        """Show another day. One that has not come can't be opened unless it holds something."""
        self.open.setEnabled(can_open)
        self.nothing.setText(
            translate("history", "Nothing entered.")
            if has_come
            else translate("history", "This day has not come yet.")
        )
        if facts == self._shown:
            return
        self._shown = facts
        self.title.setText(facts.title)
        self.setAccessibleName(facts.title)
        self.written.setText(facts.written)
        self.state.setText(facts.state)
        self.state.setVisible(bool(facts.state))
        self.nothing.setVisible(not facts.sections and not facts.state)
        empty(self._facts)
        for section in facts.sections:
            self._facts.addWidget(SectionView(section))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def _fit_look(self) -> None:
        for line in (self._rows, self._head):
            line.setSpacing(look().px(GRID))
        self._facts.setSpacing(look().px(1.5 * GRID))
        self.more.setSpacing(look().px(GRID))

    def _ask(self) -> None:
        self.open_wanted.emit()


class SectionView(QWidget):
    """A heading with its lines; values stand at the end of theirs."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look().px(GRID / 2))
        if section.heading:
            rows.addWidget(label(section.heading, "heading"))
        rows.addWidget(hairline())
        for fact in section.facts:
            rows.addLayout(_line(fact))


def _line(fact: Fact) -> QVBoxLayout:
    line = QVBoxLayout()
    line.setSpacing(0)
    if not fact.value:
        line.addWidget(label(fact.text, wrap=True))
    else:
        pair = QHBoxLayout()
        pair.setSpacing(look().px(GRID))
        value = label(fact.value, "muted" if fact.is_open else "body", wrap=True)
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        pair.addWidget(label(fact.text, wrap=True), 3)
        pair.addWidget(value, 2)
        line.addLayout(pair)
    if fact.aside:
        line.addWidget(label(fact.aside, "quiet", wrap=True))
    return line
