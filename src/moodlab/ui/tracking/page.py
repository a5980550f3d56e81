"""What to track: what is asked, in which order and how often, and questions of one's own."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.metrics import Every, TrackedMetric
from moodlab.domain.tracking.own_metrics import (
    daily_hint,
    make_metric,
    question_many,
    renamed,
)
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.store.journal import Journal
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.shell.actions import page_action
from moodlab.ui.shell.announce import announce
from moodlab.ui.tracking.metric_form import MetricForm, Typed
from moodlab.ui.tracking.metric_list import MetricList
from moodlab.ui.tracking.metric_panel import MetricPanel
from moodlab.ui.tracking.sections import Sections
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Worker

TRACKING = "tracking"
# Where list and panel no longer fit side by side, in design pixels.
_SIDE_BY_SIDE = 640


class TrackingPage(Page):
    """A list to tick and order, and beside it what can be said about the chosen one."""

    ID = "tracking"
    TITLE = "What to track"
    ICON = "settings"
    PURPOSE = QT_TRANSLATE_NOOP(
        "tracking", "Fewer is easier. You can change this any time; what was entered stays."
    )
    REFRESH_ON = Changes.SETTINGS | Changes.DAYS

    _columns: QHBoxLayout | None = None

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(
            translate("tracking", "What to track"), translate_marked(self.PURPOSE), max_width=1040
        )
        self._session = session
        self._tracked: dict[str, TrackedMetric] = {}
        self._sections = Sections()
        self.add = Button(translate("tracking", "Add your own…"), "", self.begin_own)
        self.corner.addWidget(self.add)
        self.list = MetricList()
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.list.ticked.connect(self._toggle)
        self.list.starred.connect(self._toggle_short)
        self.list.stepped.connect(self._step)
        self.list.dropped.connect(self._drop)
        self.panel = MetricPanel()
        self.panel.renamed.connect(self._rename)
        self.panel.every_chosen.connect(self._ask_every)
        self.panel.short_toggled.connect(lambda: self._toggle_short(self.list.chosen_id))
        self.panel.asked_toggled.connect(lambda: self._toggle(self.list.chosen_id))
        self.panel.stepped.connect(lambda by: self._step(self.list.chosen_id, by))
        self.panel.change_asked.connect(self._edit_own)
        self.panel.delete_asked.connect(self._delete)
        self.form = MetricForm()
        self.form.given.connect(self._keep_own)
        self.form.cancelled.connect(self._close_form)
        self.notice = Notice(keeps_room=True)
        self.hint = label("", "quiet", wrap=True)
        self._lay_out()
        self.refresh()

    # What the window asks of a page

    def refresh(self) -> None:
        """Show the list as the journal has it; rows keep their places while the page is seen."""
        journal = self._session.journal
        today = journal.today()
        known = journal.read_metrics()
        self._tracked = {tracked.metric.id: tracked for tracked in known}
        self.list.show_entries(self._sections.arrange(known, today))
        asked = [each for each in known if each.goes_on(today)]
        count = sum(each.metric.every is Every.DAY for each in asked)
        daily = translate("tracking", "{n} asked every day.").format(n=count)
        self.hint.setText(f"{daily} {daily_hint(known, today)}".rstrip())
        self._show_chosen()

    def take_focus(self) -> None:
        """Begin in the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        return [
            page_action(self, translate("tracking", "Track your own…"), self.begin_own, ["Insert"])
        ]

    def tell(self, sentence: str) -> bool:
        """Show one sentence above the list."""
        self.notice.ask(sentence, [])
        return True

    @property
    def place(self) -> str:
        """Which metric is chosen."""
        return self.list.chosen_id

    def go_to_place(self, place: str) -> None:
        """Choose a metric by its id."""
        if place:
            self.list.choose(place)

    def be_read_only(self, reason: str) -> None:
        """Take no changes, and say why."""
        for widget in (self.list, self.panel, self.form, self.add):
            widget.setEnabled(False)
        self.tell(reason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._sections.forget()
        self.notice.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._sections.is_forgotten:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_columns()

    def fit(self) -> None:
        super().fit()
        self._fold_columns()

    # What is done with the chosen one

    def _toggle(self, metric_id: str) -> None:
        """Ask it no more, or ask it again."""
        tracked, today = self._tracked[metric_id], self._session.journal.today()
        if tracked.goes_on(today):
            self._save(
                lambda journal: journal.metrics.stop(metric_id, today),
                translate("tracking", "{label} is no longer asked. What was entered stays."),
                metric_id,
            )
            return
        self._with_question(
            tracked,
            tracked.metric.every,
            lambda: self._save(
                lambda journal: journal.metrics.resume(metric_id, today),
                translate("tracking", "{label} is asked from today on."),
                metric_id,
            ),
        )

    def _ask_every(self, every: Every) -> None:
        tracked, today = self._tracked[self.list.chosen_id], self._session.journal.today()
        said = {
            Every.DAY: translate("tracking", "{label} is asked every day."),
            Every.WEEK: translate("tracking", "{label} is asked once a week, on any of its days."),
            Every.MONTH: translate("tracking", "{label} is asked once a month, on any day of it."),
        }[every]

        def save() -> None:
            metric_id = tracked.metric.id
            self._save(lambda journal: journal.metrics.ask_every(metric_id, every), said, metric_id)

        if tracked.goes_on(today):
            self._with_question(tracked, every, save)
        else:
            save()

    def _toggle_short(self, metric_id: str) -> None:
        short = {name for name, tracked in self._tracked.items() if tracked.is_short}
        is_short = metric_id in short
        said = (
            translate("tracking", "{label} is no longer in the short version.")
            if is_short
            else translate("tracking", "{label} is in the short version.")
        )
        chosen = short ^ {metric_id}
        self._save(lambda journal: journal.metrics.shorten(chosen), said, metric_id)

    def _rename(self, text: str) -> None:
        metric_id = self.list.chosen_id
        metric = self._tracked[metric_id].metric
        others = [tracked.metric for tracked in self._tracked.values()]
        try:
            changed = renamed(metric, text, others)
        except MoodLabError as error:
            self.panel.refuse_name(error.sentence)
            self._refuse(error.sentence)
            return
        self._save(
            lambda journal: journal.metrics.change(changed),
            translate("tracking", "Renamed: {label}."),
            metric_id,
        )

    def _step(self, metric_id: str, by: int) -> None:
        self._order(self._sections.stepped(metric_id, by), metric_id)

    def _drop(self, metric_id: str, before: str) -> None:
        self._order(self._sections.dropped(metric_id, before), metric_id)

    def _order(self, ids: Sequence[str] | None, metric_id: str) -> None:
        if ids is not None:
            self._save(
                lambda journal: journal.metrics.order(ids),
                translate("tracking", "{label} moved."),
                metric_id,
            )

    def _delete(self) -> None:
        metric_id = self.list.chosen_id
        self._save(
            lambda journal: journal.metrics.delete(metric_id),
            translate("tracking", "{label} is in the bin."),
            metric_id,
        )
        self.take_focus()

    # Metrics of one's own

    def begin_own(self) -> None:
        """Show the form for a new one."""
        self.panel.hide()
        self.form.begin()

    def _edit_own(self) -> None:
        self.panel.hide()
        self.form.edit(self._tracked[self.list.chosen_id].metric)

    def _close_form(self) -> None:
        self.form.hide()
        self.panel.show()
        self.take_focus()

    def _keep_own(self, typed: Typed, *, confirmed: bool = False) -> None:
        known = [tracked.metric for tracked in self._tracked.values()]
        today = self._session.journal.today()
        try:
            if typed.metric is not None:
                metric = renamed(typed.metric, typed.name, known)._replace(
                    direction=typed.direction,
                    unit=typed.unit or typed.metric.unit,
                    low_anchor=" ".join(typed.low.split()),
                    high_anchor=" ".join(typed.high.split()),
                    every=typed.every,
                )
            else:
                metric = make_metric(
                    typed.name, typed.kind, typed.direction, known,
                    unit=typed.unit, low=typed.low, high=typed.high, every=typed.every,
                )  # fmt: skip
                question_many(self._tracked.values(), metric, today, confirmed=confirmed)
        except NeedsConfirmation as question:
            self._ask(question.sentence, lambda: self._keep_own(typed, confirmed=True))
            return
        except MoodLabError as error:
            self._refuse(error.sentence)
            self.form.refuse(error.sentence)
            return
        is_new = typed.metric is None
        is_saved = self._save(
            lambda journal: (
                journal.metrics.add(metric, today) if is_new else journal.metrics.change(metric)
            ),
            translate("tracking", "{label} is asked from today on.")
            if is_new
            else translate("tracking", "Saved: {label}."),
            metric.id,
        )
        if is_saved:
            self.form.empty()
            self.list.choose(metric.id)
            self._close_form()

    # Saving and telling

    def _save(self, write: Callable[[Journal], Changes], said: str, metric_id: str) -> bool:
        try:
            self._session.save((TRACKING, metric_id), write)
        except MoodLabError as error:
            self._refuse(error.sentence)
            return False
        tracked = self._tracked.get(metric_id)
        name = tracked.metric.shown_label if tracked else translate("tracking", "It")
        self.tell(said.format(label=name))
        announce(self, self.notice.sentence)
        return True

    def _with_question(
        self, tracked: TrackedMetric, every: Every, save: Callable[[], object]
    ) -> None:
        """Ask first where it would be the tenth rating of a day."""
        asked = tracked.metric._replace(every=every)
        today = self._session.journal.today()
        try:
            question_many(self._tracked.values(), asked, today, confirmed=False)
        except NeedsConfirmation as question:
            self._ask(question.sentence, save)
            self.refresh()
            return
        save()

    def _ask(self, sentence: str, go_on: Callable[[], object]) -> None:
        self.notice.ask(
            sentence,
            [
                (translate("tracking", "Ask it as well"), go_on),
                (translate("tracking", "Leave it"), self.notice.hide),
            ],
        )
        announce(self, sentence)
        self.notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, sentence: str) -> None:
        self.tell(sentence)
        announce(self, sentence, assertive=True)
        self.refresh()

    def _show_chosen(self) -> None:
        tracked = self._tracked.get(self.list.chosen_id)
        if tracked is None:
            return
        journal = self._session.journal
        own = {metric.id for metric in journal.days.read_own_metrics()}
        metric_id = tracked.metric.id
        self.panel.show_metric(
            tracked,
            journal.today(),
            is_own=metric_id in own,
            is_empty=metric_id in own and not journal.metrics.has_answers(metric_id),
            can_move=self._sections.can_move(metric_id),
        )

    def _lay_out(self) -> None:
        px = look().px
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.panel)
        beside.addWidget(self.form)
        side = QWidget()
        side.setLayout(beside)
        below = label(
            translate(
                "tracking", "★ in the short version. Drag, or Alt with ↑ and ↓, changes the order."
            ),
            "quiet",
            wrap=True,
        )
        left = QVBoxLayout()
        left.setSpacing(px(GRID))
        left.addWidget(self.list, 1)
        left.addWidget(below)
        left.addWidget(self.hint)
        columns = QHBoxLayout()
        columns.setSpacing(px(4 * GRID))
        columns.addLayout(left, 11)
        columns.addWidget(side, 9)
        self.body.addWidget(self.notice)
        self.body.addLayout(columns, 1)
        self._columns = columns

    def _fold_columns(self) -> None:
        """Put the panel below the list where both don't fit side by side."""
        columns = self._columns
        if columns is None:  # the frame fits itself before there is anything in it
            return
        is_wide = self.width() >= look().px(_SIDE_BY_SIDE)
        direction = (
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        if columns.direction() is not direction:
            columns.setDirection(direction)
