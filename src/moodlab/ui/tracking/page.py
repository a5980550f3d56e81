"""What to track: what is asked, in which order and how often, and questions of one's own."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.changes import Changes
from moodlab.domain.metrics import Every
from moodlab.domain.tracking.own_metrics import daily_hint
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.shell.actions import page_action
from moodlab.ui.shell.announce import announce
from moodlab.ui.tracking.keeping import MetricKeeping
from moodlab.ui.tracking.metric_form import MetricForm, Typed
from moodlab.ui.tracking.metric_list import MetricList
from moodlab.ui.tracking.metric_panel import MetricPanel
from moodlab.ui.tracking.sections import Sections
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Worker

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
        self._keeping = MetricKeeping(session)
        self._keeping.told.connect(self._say)
        self._keeping.refused.connect(self._refuse)
        self._keeping.asked.connect(self._ask)
        self._keeping.kept_own.connect(self._show_own)
        self._sections = Sections()
        self.add = Button(translate("tracking", "Add your own…"), "", self.begin_own)
        self.corner.addWidget(self.add)
        self.list = MetricList()
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.list.ticked.connect(self._keeping.toggle)
        self.list.starred.connect(self._keeping.toggle_short)
        self.list.stepped.connect(self._step)
        self.list.dropped.connect(self._drop)
        self.panel = MetricPanel()
        self.panel.renamed.connect(self._rename)
        self.panel.every_chosen.connect(
            lambda every: self._keeping.ask_every(self.list.chosen_id, every)
        )
        self.panel.short_toggled.connect(lambda: self._keeping.toggle_short(self.list.chosen_id))
        self.panel.asked_toggled.connect(lambda: self._keeping.toggle(self.list.chosen_id))
        self.panel.stepped.connect(lambda by: self._step(self.list.chosen_id, by))
        self.panel.change_asked.connect(self._edit_own)
        self.panel.delete_asked.connect(self._delete)
        self.form = MetricForm()
        self.form.given.connect(self._give_own)
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
        known = self._keeping.read()
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

    # What the list and the panel ask for

    def _rename(self, text: str) -> None:
        refusal = self._keeping.rename(self.list.chosen_id, text)
        if refusal:
            self.panel.refuse_name(refusal)
            self._refuse(refusal)

    def _step(self, metric_id: str, by: int) -> None:
        self._keeping.order(self._sections.stepped(metric_id, by), metric_id)

    def _drop(self, metric_id: str, before: str) -> None:
        self._keeping.order(self._sections.dropped(metric_id, before), metric_id)

    def _delete(self) -> None:
        self._keeping.delete(self.list.chosen_id)
        self.take_focus()

    # Metrics of one's own

    def begin_own(self) -> None:
        """Show the form for a new one."""
        self.panel.hide()
        self.form.begin()

    def _edit_own(self) -> None:
        self.panel.hide()
        self.form.edit(self._keeping.tracked[self.list.chosen_id].metric)

    def _close_form(self) -> None:
        self.form.hide()
        self.panel.show()
        self.take_focus()

    def _give_own(self, typed: Typed) -> None:
        refusal = self._keeping.keep_own(typed)
        if refusal:
            self._refuse(refusal)
            self.form.refuse(refusal)

    def _show_own(self, metric_id: str) -> None:
        self.form.empty()
        self.list.choose(metric_id)
        self._close_form()

    # Telling

    def _say(self, sentence: str) -> None:
        self.tell(sentence)
        announce(self, sentence)

    def _ask(self, sentence: str, go_on: Callable[[], object]) -> None:
        self.notice.ask(
            sentence,
            [
                (translate("tracking", "Ask it as well"), go_on),
                (translate("tracking", "Leave it"), self.notice.hide),
            ],
        )
        announce(self, sentence)
        self.refresh()
        self.notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, sentence: str) -> None:
        self.tell(sentence)
        announce(self, sentence, assertive=True)
        self.refresh()

    def _show_chosen(self) -> None:
        tracked = self._keeping.tracked.get(self.list.chosen_id)
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
