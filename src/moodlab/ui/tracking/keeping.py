"""Between the page What to track and the journal: each wish is one step, or a sentence why not."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.metrics import Every, Kind, Metric, TrackedMetric
from moodlab.domain.tracking.own_metrics import make_metric, question_many, renamed
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.session import Session
from moodlab.ui.tracking.metric_form import Typed

TRACKING = "tracking"


class MetricKeeping(QObject):
    """`told(sentence)` after a step, `refused(sentence)` where there was none.

    `asked(sentence, go_on)` where it is asked first whether to go on. `kept_own(id)` after one of
    one's own was saved.
    """

    told = Signal(str)
    refused = Signal(str)
    asked = Signal(str, object)
    kept_own = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.tracked: dict[str, TrackedMetric] = {}

    def read(self) -> tuple[TrackedMetric, ...]:
        """Read every metric anew."""
        known = self._session.journal.read_metrics()
        self.tracked = {tracked.metric.id: tracked for tracked in known}
        return known

    @property
    def _today(self) -> date:
        return self._session.journal.today()

    @property
    def _known(self) -> list[Metric]:
        return [tracked.metric for tracked in self.tracked.values()]

    def toggle(self, metric_id: str) -> None:
        """Ask it no more, or ask it again."""
        tracked, today = self.tracked[metric_id], self._today
        if tracked.goes_on(today):
            self._save(
                lambda journal: journal.metrics.stop(metric_id, today),
                translate("tracking", "{label} is no longer asked. What was entered stays."),
                metric_id,
            )
            return
        self._save_unless_many(
            tracked.metric,
            lambda journal: journal.metrics.resume(metric_id, today),
            translate("tracking", "{label} is asked from today on."),
        )

    def ask_every(self, metric_id: str, every: Every) -> None:
        """Ask it so often."""
        tracked = self.tracked[metric_id]
        said = {
            Every.DAY: translate("tracking", "{label} is asked every day."),
            Every.WEEK: translate("tracking", "{label} is asked once a week, on any of its days."),
            Every.MONTH: translate("tracking", "{label} is asked once a month, on any day of it."),
        }[every]

        def write(journal: Journal) -> Changes:
            return journal.metrics.ask_every(metric_id, every)

        if tracked.goes_on(self._today):
            self._save_unless_many(tracked.metric._replace(every=every), write, said)
        else:
            self._save(write, said, metric_id)

    def toggle_short(self, metric_id: str) -> None:
        """Take it into the short version of a day, or out of it."""
        short = {name for name, tracked in self.tracked.items() if tracked.is_short}
        said = (
            translate("tracking", "{label} is no longer in the short version.")
            if metric_id in short
            else translate("tracking", "{label} is in the short version.")
        )
        chosen = short ^ {metric_id}
        self._save(lambda journal: journal.metrics.shorten(chosen), said, metric_id)

    def rename(self, metric_id: str, text: str) -> str:
        """Give it another name; return why it can't have it, or an empty text."""
        try:
            changed = renamed(self.tracked[metric_id].metric, text, self._known)
        except MoodLabError as error:
            return error.sentence
        self._save(
            lambda journal: journal.metrics.change(changed),
            translate("tracking", "Renamed: {label}."),
            metric_id,
        )
        return ""

    def order(self, ids: Sequence[str] | None, moved: str) -> None:
        """Save the order in which `moved` has another place; None is the order that there is."""
        if ids is not None:
            self._save(
                lambda journal: journal.metrics.order(ids),
                translate("tracking", "{label} moved."),
                moved,
            )

    def delete(self, metric_id: str) -> None:
        """Put one of one's own, which has no answers, into the bin."""
        label = self.tracked[metric_id].metric.shown_label
        self._save(
            lambda journal: journal.metrics.delete(metric_id),
            translate("tracking", "{label} is in the bin.").format(label=label),
            metric_id,
        )

    def keep_own(self, typed: Typed, *, confirmed: bool = False) -> str:
        """Save what the form holds; return what is wrong with it, or an empty text."""
        try:
            metric = self._read_own(typed)
            if typed.metric is None:
                question_many(self.tracked.values(), metric, self._today, confirmed=confirmed)
        except NeedsConfirmation as question:
            self.asked.emit(question.sentence, lambda: self.keep_own(typed, confirmed=True))
            return ""
        except MoodLabError as error:
            return error.sentence
        if typed.metric is None:
            said, today = translate("tracking", "{label} is asked from today on."), self._today
            is_saved = self._save(
                lambda journal: journal.metrics.add(metric, today), said, metric.id
            )
        else:
            said = translate("tracking", "Saved: {label}.")
            is_saved = self._save(lambda journal: journal.metrics.change(metric), said, metric.id)
        if is_saved:
            self.kept_own.emit(metric.id)
        return ""

    def _read_own(self, typed: Typed) -> Metric:
        if typed.metric is None:
            return make_metric(
                typed.name, typed.kind, typed.direction, self._known,
                unit=typed.unit, low=typed.low, high=typed.high, every=typed.every,
            )  # fmt: skip
        return renamed(typed.metric, typed.name, self._known)._replace(
            direction=typed.direction,
            unit=" ".join(typed.unit.split()) if typed.kind is Kind.NUMBER else typed.metric.unit,
            low_anchor=" ".join(typed.low.split()),
            high_anchor=" ".join(typed.high.split()),
            every=typed.every,
        )

    def _save_unless_many(
        self, metric: Metric, write: Callable[[Journal], Changes], said: str
    ) -> None:
        """Save it, and ask first where it would be the tenth rating of a day."""
        try:
            question_many(self.tracked.values(), metric, self._today, confirmed=False)
        except NeedsConfirmation as question:
            self.asked.emit(question.sentence, lambda: self._save(write, said, metric.id))
            return
        self._save(write, said, metric.id)

    def _save(self, write: Callable[[Journal], Changes], said: str, metric_id: str) -> bool:
        try:
            self._session.save((TRACKING, metric_id), write)
        except MoodLabError as error:
            self.refused.emit(error.sentence)
            return False
        tracked = self.tracked.get(metric_id)
        self.told.emit(said.format(label=tracked.metric.shown_label) if tracked else said)
        return True
