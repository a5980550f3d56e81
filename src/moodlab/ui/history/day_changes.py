"""What was written, changed or taken away on a day, latest first, and putting it back."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.domain.history.day_changes import DayChange, change_words, written_words
from moodlab.domain.history.row_words import StepNames, shorten
from moodlab.domain.history.step_words import step_words
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.conventions import clock_text
from moodlab.ui.look.icons import icon_pixmap
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.layouts import empty
from moodlab.ui.widgets.text import Button, hairline, label

# So many are shown at first.
_FIRST_ROWS = 8
# In design pixels.
_CHEVRON = 14


class DayChanges(QWidget):
    """A list that is read when it is opened; one click puts an earlier value back.

    `tell(sentence)` says why that could not be, `offer_undo(sentence)` what was put back.
    """

    def __init__(
        self,
        session: Session,
        tell: Callable[[str], None],
        offer_undo: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._session = session
        self._tell = tell
        self._offer_undo = offer_undo
        self._day: date | None = None
        self._shown: tuple[DayChange, ...] | None = None
        self._shows_all = False
        self.toggle = Button(translate("history", "What was changed"), "link", self._toggle)
        self.nothing = label(translate("history", "Nothing was ever written."), "muted")
        self.rows: list[ChangeRow] = []
        self.more = Button("", "link", self._show_more)
        self._list = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look().px(GRID))
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look().px(GRID))
        inside.addWidget(hairline())
        inside.addWidget(self.nothing)
        inside.addLayout(self._rows)
        inside.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID / 2))
        # What else can be done with the day stands beside it.
        self.links = Flow()
        self.links.setSpacing(look().px(1.5 * GRID))
        self.links.addWidget(self.toggle)
        layout.addLayout(self.links)
        layout.addWidget(self._list)
        self._list.hide()
        self._mark_toggle()

    def show_day(self, day: date) -> None:
        """Show another day, or this one again as the journal has it now."""
        if day != self._day:
            self._day, self._shows_all = day, False
        if not self._list.isHidden():
            self._read()

    def _toggle(self) -> None:
        is_open = self._list.isHidden()
        if is_open:
            self._read()
        self._list.setVisible(is_open)
        self._mark_toggle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._mark_toggle()

    def _mark_toggle(self) -> None:
        """Show and say whether the list is open."""
        is_open, size = not self._list.isHidden(), look().px(_CHEVRON)
        name = "chevron-up" if is_open else "chevron-down"
        pixmap = icon_pixmap(name, look().theme.accent, size, self.devicePixelRatioF())
        self.toggle.setIcon(QIcon(pixmap))
        self.toggle.setIconSize(QSize(size, size))
        self.toggle.setAccessibleDescription(
            translate("history", "shown below") if is_open else translate("history", "hidden")
        )

    def _read(self) -> None:
        if self._day is None:
            return
        journal = self._session.journal
        changes = journal.day_history.read(self._day)
        if changes != self._shown:
            self._shown = changes
            self._show(journal.step_names())

    def _show(self, names: StepNames) -> None:
        changes = self._shown or ()
        first = changes if self._shows_all else changes[:_FIRST_ROWS]
        had_focus = any(row.put_back.hasFocus() for row in self.rows)
        empty(self._rows)
        self.rows = [self._make_row(change, names) for change in first]
        for row in self.rows:
            self._rows.addWidget(row)
        self.nothing.setVisible(not changes)
        self.more.setVisible(len(first) < len(changes))
        self.more.setText(translate("history", "Show all {count}").format(count=len(changes)))
        if had_focus:
            self.toggle.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_row(self, change: DayChange, names: StepNames) -> "ChangeRow":
        assert self._day is not None
        can_write = self._session.why_read_only is None
        row = ChangeRow(change, self._day, names, can_write=can_write)
        row.put_back.clicked.connect(lambda _checked: self._put_back(change))
        return row

    def _show_more(self) -> None:
        self._shows_all = True
        known = len(self.rows)
        self._show(self._session.journal.step_names())
        further = (row.put_back for row in self.rows[known:] if row.change.can_return)
        next(further, self.toggle).setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self, change: DayChange) -> None:
        try:
            self._session.apply(lambda journal: journal.day_history.put_back(change.key))
            journal = self._session.journal
            step, names = journal.next_undo(), journal.step_names()
        except MoodLabError as error:
            self._tell(error.sentence)
            return
        self._read()
        if step is not None:
            form = translate("history", "Put back: {words}.")
            self._offer_undo(form.format(words=step_words(step, names)))


class ChangeRow(QWidget):
    """One change: what stands now, what stood there before, when it was written."""

    def __init__(self, change: DayChange, day: date, names: StepNames, *, can_write: bool) -> None:
        super().__init__()
        self.change = change
        told = change_words(change, names)
        if change.is_first:
            form = translate("history", "{what}: {after}")
        elif change.is_last:
            form = translate("history", "{what}: removed, was {before}")
        else:
            form = translate("history", "{what}: {after}, was {before}")
        self.words = label(
            form.format(what=told.what, after=told.after, before=told.before), wrap=True
        )
        written = written_words(change, day, clock_text)
        self.written = label(written, "quiet", wrap=True)
        self.put_back = Button(translate("history", "Put back"), "link")
        self.put_back.setAccessibleName(
            translate("history", "Put back: {what} {before}").format(
                what=told.what, before=shorten(told.before)
            )
        )
        self.put_back.setEnabled(can_write)
        self.put_back.setVisible(change.can_return)
        below = QHBoxLayout()
        below.setSpacing(look().px(GRID))
        below.addWidget(self.written, 1)
        below.addWidget(self.put_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.words)
        layout.addLayout(below)
