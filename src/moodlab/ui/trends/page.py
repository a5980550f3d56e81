"""Trends: the charts of the registry, one at a time, over a range of days, or as a table."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu

from moodlab.charts import ALL
from moodlab.domain.changes import Changes
from moodlab.domain.days import span_text
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.trends.chart_choice import ChartChoice
from moodlab.ui.trends.chart_drawing import MadeChart, can_be_drawn, make_chart
from moodlab.ui.trends.chart_saving import Saving, fill_saving_menu
from moodlab.ui.trends.chart_view import ChartView
from moodlab.ui.trends.pinning import find_pin, toggle_pin
from moodlab.ui.trends.range_choice import RangeChoice
from moodlab.ui.trends.range_data import (
    RangeData,
    Wanted,
    advice,
    subtitle,
)
from moodlab.ui.trends.readout import Readout
from moodlab.ui.trends.scrolled_chart import ScrolledChart
from moodlab.ui.widgets.chart_table import ChartTable
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Cancelled, Task, Worker

if TYPE_CHECKING:
    from moodlab.charts.drawing.framed import Framed

SAVED_WIDTH_PT = 780.0


class TrendsPage(Page):
    """A chart over a range that the person chooses."""

    ID = "trends"
    TITLE = "Trends"
    ICON = "trends"
    PURPOSE = "See how the weeks have been."
    REFRESH_ON = Changes.EVERYTHING

    def __init__(self, session: Session, worker: Worker) -> None:
        self._chart = ALL[0]
        super().__init__(self._chart.shown_title)
        self._session = session
        self._worker = worker
        self.days = RangeChoice(session)
        self._reading: RangeData | None = None
        self._asked = 0
        self._task: Task | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._make)
        self._wants_focus = False
        self._table_wanted = False
        self._subjects: dict[str, tuple[str, bool]] = {}  # of each chart: what it is about
        self._is_stale = False
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the journal again, beside the window, and show what came back."""
        self._soon.start(0)

    def _make(self) -> None:
        """Read and draw in one task; while the page is hidden, wait until its width is known."""
        if not self.isVisible():
            self._is_stale = True
            return
        self._is_stale = False
        self._asked += 1
        number, width = self._asked, self.scrolled.chart_width(self.body.geometry().width())
        wanted = Wanted(
            self._chart,
            self.days.shown.days,
            self.days.shown.last,
            *self._subjects.get(self._chart.id, ("", False)),
        )
        frame = None if self._table_wanted else self.view.frame_for(width)
        if self._task is not None:
            self._task.cancel()

        def show(made: MadeChart) -> None:
            if number == self._asked:
                self._show(made)

        self._task = self._worker.run(
            lambda journal, progress: make_chart(journal, wanted, frame, progress),
            show,
            self._show_trouble,
        )

    def take_focus(self) -> None:
        """Begin at the chart, or at the ranges while there is none."""
        shown = self.table if self.is_table_shown else self.view
        self._wants_focus = self._reading is None
        target = self.ranges.buttons[self.days.shown.number] if shown.isHidden() else shown
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_top()

    @property
    def place(self) -> str:
        """Which chart is shown, and what it is about: ``one_metric fatigue``."""
        return f"{self._chart.id} {self._subjects.get(self._chart.id, ('', False))[0]}".strip()

    def go_to_place(self, place: str) -> None:
        """Show a chart, about a subject where one is named."""
        chart_id, _, subject = place.partition(" ")
        if subject:
            self._subjects[chart_id] = (subject, False)
        self._choose_chart(chart_id)

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        table = (
            (translate("trends", "Next chart"), lambda: self.choice.step(1), "."),
            (translate("trends", "Previous chart"), lambda: self.choice.step(-1), ","),
            (translate("trends", "Shorter range"), lambda: self.days.step(-1), "["),
            (translate("trends", "Longer range"), lambda: self.days.step(1), "]"),
            (translate("trends", "Zoom in"), lambda: self.days.zoom_in(self.view.cursor_day), "+"),
            (translate("trends", "Zoom out"), self.days.zoom_out, "-"),
            (translate("trends", "Zoom back"), self.days.go_back, "Backspace"),
            (translate("trends", "Earlier"), lambda: self.days.shift(-1), "PgUp"),
            (translate("trends", "Later"), lambda: self.days.shift(1), "PgDown"),
            (translate("trends", "Show as table"), self._toggle_table, "Ctrl+Shift+B"),
        )
        return [self._action(text, do, key) for text, do, key in table]

    # Building

    def _build(self) -> None:
        chart = self._chart
        self.choice = ChartChoice(ALL)
        self.choice.show_chart(chart)
        self.choice.chart_chosen.connect(self._choose_chart)
        self.choice.subject_chosen.connect(self._choose_subject)
        days = self.days
        self.ranges, self.earlier, self.later = days.ranges, days.earlier, days.later
        days.changed.connect(self.refresh)
        self.as_table = Button("", "link", self._toggle_table)
        self.how = Button(translate("trends", "How to read this"), "link", self._toggle_how)
        self.save = Button(translate("trends", "Copy or save…"), "link")
        menu = QMenu(self.save)
        saving = Saving(self._framed, lambda: self._session.journal.today().isoformat(), self._say)
        fill_saving_menu(menu, self, self._worker, saving)
        self.save.setMenu(menu)
        self.pin = Button("", "link", self._toggle_pin)
        self.said = label("", "muted")
        self.said.hide()
        for link in (self.said, self.pin, days.back, self.save):
            self.links.addWidget(link)
        self.pin.hide()
        self.links.addWidget(self.as_table)
        self.links.addWidget(self.how)

        self.explanation = label(chart.explanation, "muted", wrap=True)
        self.explanation.hide()
        self.set_subtitle(translate("trends", "Reading the journal…"))
        self.message = label("", "muted", wrap=True)
        self.message.hide()
        self.view = ChartView(chart, self._worker)
        self.view.hide()
        self.view.cursor_moved.connect(self._show_readout)
        self.view.day_opened.connect(self._open_day)
        self.view.days_wanted.connect(days.show_days)
        self.table = ChartTable(translate("trends", "The charts as a table"))
        self.table.hide()
        self.copy_table = Button(translate("trends", "Copy table"), "", self._copy_table)
        self.copy_table.hide()
        self.body.addWidget(self.choice)
        for control in (self.ranges, self.earlier, self.later, days.dates):
            self.choice.hold(control)
        self.body.addWidget(self.explanation)
        self.body.addWidget(self.message)
        self.body.addWidget(self.copy_table, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.table, 1)
        self.scrolled = ScrolledChart(self.view)
        self.scrolled.hide()
        self.body.addWidget(self.scrolled, 1)
        self.body.addStretch()
        self._readout = Readout(self)
        self._name_table_button()

    def _action(self, text: str, do: Callable[[], None], key: str) -> QAction:
        action = QAction(text, self)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: do())
        return action

    # Showing

    def _show(self, made: MadeChart) -> None:
        self._reading = reading = made.reading
        has_chart = can_be_drawn(self._chart, reading)
        self.choice.offer(reading.subjects, reading.subject)
        self._offer_pin(reading)
        self.set_subtitle(subtitle(self._chart, reading))
        self.message.setText(advice(self._chart, reading))
        self.message.setVisible(bool(self.message.text()))
        self._show_parts(has_chart)
        self.days.show_reading(reading)
        if has_chart:
            self.view.show_result(reading.result, reading.period, made.picture)
            if self.is_table_shown:
                self.table.show_table(reading.table)

    def _show_trouble(self, error: MoodLabError) -> None:
        if isinstance(error, Cancelled):
            return  # a newer one is on its way
        self.message.setText(error.sentence)
        self.message.show()

    def _show_parts(self, has_chart: bool) -> None:
        # The chart came after the page was opened: the keyboard waits for it at the ranges.
        waits = self._wants_focus and self.ranges.buttons[self.days.shown.number].hasFocus()
        has_focus = waits or self.table.hasFocus() or self.view.hasFocus()
        self._wants_focus = False
        for widget in (self.scrolled, self.view):
            widget.setVisible(has_chart and not self.is_table_shown)
        self.table.setVisible(has_chart and self.is_table_shown)
        self.copy_table.setVisible(has_chart and self.is_table_shown)
        self.as_table.setVisible(has_chart)
        self.how.setVisible(has_chart)
        self.save.setVisible(has_chart)
        if has_focus and has_chart:
            (self.table if self.is_table_shown else self.view).setFocus()
            if waits:
                self.show_top()

    @property
    def is_table_shown(self) -> bool:
        """Whether the table stands in the chart's place."""
        return self._table_wanted

    def _toggle_table(self) -> None:
        self._table_wanted = not self._table_wanted
        self._name_table_button()
        if self._reading is not None:
            self._show(MadeChart(self._reading, None))

    def _name_table_button(self) -> None:
        texts = translate("trends", "Show as table"), translate("trends", "Show as chart")
        self.as_table.setText(texts[self._table_wanted])
        self.as_table.keep_width_for(*texts)

    def _toggle_how(self) -> None:
        self.explanation.setVisible(not self.explanation.isVisibleTo(self))

    def _copy_table(self) -> None:
        rows = self.table.copy()
        announce(self, translate("trends", "{n} rows copied.").format(n=rows))

    def _framed(self) -> "Framed | None":
        """Return what is shown, as it can be saved; None while there is nothing."""
        from moodlab.charts.drawing.framed import Framed

        reading = self._reading
        if reading is None or not can_be_drawn(self._chart, reading):
            return None
        about = reading.subject.label if reading.subject is not None else ""
        days = span_text(reading.period) if self._chart.follows_range else ""
        line = " · ".join(text for text in (about, days) if text)
        return Framed(self._chart, reading.result, line, SAVED_WIDTH_PT)

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        announce(self, sentence)

    # What is shown

    def _choose_chart(self, chart_id: str) -> None:
        chart = next((each for each in ALL if each.id == chart_id), self._chart)
        if chart is not self._chart:
            self._chart = chart
            self._reading = None
            self.title.setText(chart.shown_title)
            self.explanation.setText(chart.explanation)
            self.view.show_chart(chart)
            if self.ranges.hasFocus() or any(each.hasFocus() for each in self.ranges.buttons):
                self.choice.charts.setFocus(Qt.FocusReason.OtherFocusReason)
            self.days.follow(is_followed=chart.follows_range)
        self.choice.show_chart(chart)
        self.refresh()

    def _offer_pin(self, reading: RangeData) -> None:
        """Offer to have the page count these Days when, or no longer."""
        subject = reading.subject
        is_offered = self._chart.id == "days_when" and subject is not None
        self.pin.setVisible(is_offered)
        if is_offered and subject is not None:
            texts = translate("trends", "Pin to the page"), translate("trends", "Unpin")
            self.pin.setText(texts[find_pin(self._session.journal, subject.id) is not None])
            self.pin.keep_width_for(*texts)

    def _toggle_pin(self) -> None:
        reading = self._reading
        if reading is None or reading.subject is None:
            return
        try:
            said = toggle_pin(self._session, reading.subject.id)
        except MoodLabError as error:
            said = error.sentence
        self._say(said)

    def _choose_subject(self, subject: str, is_typed: bool) -> None:
        self._subjects[self._chart.id] = (subject, is_typed)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._reading is not None and event.key() == Qt.Key.Key_Home:
            self.days.go_to(date.min)
        elif self._reading is not None and event.key() == Qt.Key.Key_End:
            self.days.go_to(self._reading.today)
        else:
            super().keyPressEvent(event)

    # Cursor

    def _show_readout(self) -> None:
        self._readout.say(self.view.read_cursor())

    def _open_day(self, day: date) -> None:
        self.page_wanted.emit("today", day.isoformat())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._readout.place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        is_another_day = (
            self._reading is not None and self._session.journal.today() != self._reading.today
        )
        if self._is_stale or is_another_day:
            self.refresh()
