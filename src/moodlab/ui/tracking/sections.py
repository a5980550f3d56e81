"""Which row stands where: what is asked by direction, as on Today, and then what could be."""

from collections.abc import Iterable, Sequence
from datetime import date

from moodlab.analysis.figures import every_words
from moodlab.domain.metrics import SLEEP_HOURS, Direction, TrackedMetric
from moodlab.domain.tracking.span_words import brief_span_words
from moodlab.i18n import translate
from moodlab.ui.tracking.metric_list import Entry
from moodlab.ui.tracking.words import kind_text

_MORE = "more"
_ORDER = (*(direction.value for direction in (
    Direction.HIGHER_WORSE, Direction.HIGHER_BETTER, Direction.NEUTRAL)), _MORE)  # fmt: skip


class Sections:
    """Keeps each row in its section until `forget`, so that nothing jumps when it is ticked."""

    def __init__(self) -> None:
        self._section: dict[str, str] = {}
        self._ids: dict[str, list[str]] = {}

    def forget(self) -> None:
        """Let every row stand where it belongs the next time."""
        self._section.clear()

    @property
    def is_forgotten(self) -> bool:
        """Whether the rows may stand elsewhere than they did."""
        return not self._section

    def arrange(self, known: Iterable[TrackedMetric], today: date) -> list[Entry]:
        """Return the rows with their headings."""
        rows: dict[str, list[TrackedMetric]] = {name: [] for name in _ORDER}
        for tracked in known:
            if tracked.metric.id == SLEEP_HOURS and not tracked.spans:
                continue  # asked beside last night's sleep, without being chosen
            rows[self._place(tracked, today)].append(tracked)
        self._ids = {name: [tracked.metric.id for tracked in found] for name, found in rows.items()}
        entries: list[Entry] = []
        for name, found in rows.items():
            if found:
                entries.append(Entry("", _heading(name)))
                entries += [_entry(tracked, today, is_movable=name != _MORE) for tracked in found]
        return entries

    def can_move(self, metric_id: str) -> bool:
        """Whether there is an order in which it stands with others."""
        section = self._section.get(metric_id, _MORE)
        return section != _MORE and len(self._ids[section]) > 1

    def stepped(self, metric_id: str, by: int) -> list[str] | None:
        """Return the new order after a step up or down; None where there is no further one."""
        if not self.can_move(metric_id):
            return None
        ids = self._ids[self._section[metric_id]]
        at = ids.index(metric_id)
        if not 0 <= at + by < len(ids):
            return None
        moved = [*ids[:at], *ids[at + 1 :]]
        moved.insert(at + by, metric_id)
        return self._with(self._section[metric_id], moved)

    def dropped(self, metric_id: str, before: str) -> list[str] | None:
        """Return the new order with `metric_id` before another one; None where that changes none.

        Dropped in another section, it stands at the end of its own that is nearer.
        """
        if not self.can_move(metric_id) or metric_id == before:
            return None
        section = self._section[metric_id]
        moved = [each for each in self._ids[section] if each != metric_id]
        if before in moved:
            at = moved.index(before)
        else:
            other = self._section.get(before, _MORE) if before else section
            at = 0 if _ORDER.index(other) < _ORDER.index(section) else len(moved)
        moved.insert(at, metric_id)
        return None if moved == self._ids[section] else self._with(section, moved)

    def _with(self, section: str, moved: Sequence[str]) -> list[str]:
        ids = self._ids | {section: list(moved)}
        return [metric_id for name in _ORDER for metric_id in ids[name]]

    def _place(self, tracked: TrackedMetric, today: date) -> str:
        is_asked = tracked.goes_on(today)
        wanted = tracked.metric.direction.value if is_asked else _MORE
        held = self._section.setdefault(tracked.metric.id, wanted)
        # Another direction is another group on Today, and is seen at once.
        if held not in (wanted, _MORE) and wanted != _MORE:
            self._section[tracked.metric.id] = held = wanted
        return held


def _heading(section: str) -> str:
    return {
        Direction.HIGHER_WORSE.value: translate("tracking", "HIGHER = WORSE"),
        Direction.HIGHER_BETTER.value: translate("tracking", "HIGHER = BETTER"),
        Direction.NEUTRAL.value: translate("tracking", "NEITHER WAY IS BETTER"),
        _MORE: translate("tracking", "MORE THAT CAN BE TRACKED"),
    }[section]


def _entry(tracked: TrackedMetric, today: date, *, is_movable: bool) -> Entry:
    metric = tracked.metric
    about = (kind_text(metric), every_words(metric.every), brief_span_words(tracked, today))
    return Entry(
        metric.id,
        metric.shown_label,
        " · ".join(filter(None, about)),
        tracked.goes_on(today),
        tracked.is_short,
        is_movable,
    )
