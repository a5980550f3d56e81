"""Metrics of a person's own as they are typed, and the order and names that a person gave."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.ids import derived_id
from moodlab.domain.metrics import (
    SLEEP_HOURS,
    Direction,
    Every,
    Kind,
    Metric,
    TrackedMetric,
    own_metric,
    refuse_odd_metric,
)
from moodlab.i18n import translate

# As a person says them; the journal says scale and duration.
KINDS: Mapping[str, Kind] = {
    "rating": Kind.SCALE,
    "number": Kind.NUMBER,
    "hours": Kind.DURATION,
    "yesno": Kind.YES_NO,
}
MOST_OWN = 100
USUAL_DAILY, MOST_DAILY = 7, 9
_LONGEST_ID = 60


def kind_word(kind: Kind) -> str:
    """Return the word by which a person chooses a kind."""
    return next(word for word, known in KINDS.items() if known is kind)


def parse_metric_kind(text: str) -> Kind:
    """Read ``rating``, ``number``, ``hours`` or ``yesno``. Raises Refused naming them."""
    kind = KINDS.get(re.sub(r"[\W_]", "", text.lower()))
    if kind is None:
        raise Refused(
            translate("metrics", "“{text}” is not a kind of metric. Use {known}.").format(
                text=text, known=", ".join(KINDS)
            )
        )
    return kind


def parse_direction(text: str) -> Direction:
    """Read which way a higher number points. Raises Refused naming the known ones."""
    try:
        return Direction(re.sub(r"[\W_]+", "_", text.strip().lower()))
    except ValueError:
        raise Refused(
            translate("metrics", "“{text}” is not a direction. Use {known}.").format(
                text=text, known=", ".join(Direction)
            )
        ) from None


def parse_every(text: str) -> Every:
    """Read ``day``, ``week`` or ``month``. Raises Refused naming them."""
    try:
        return Every(text.strip().lower())
    except ValueError:
        raise Refused(
            translate(
                "metrics", "“{text}” is not how often something is asked. Use {known}."
            ).format(text=text, known=", ".join(Every))
        ) from None


def daily_hint(tracked: Iterable[TrackedMetric], today: date) -> str:
    """Return what more than seven questions a day cost; empty for seven or fewer."""
    if len(_asked_daily(tracked, today)) <= USUAL_DAILY:
        return ""
    return translate("metrics", "Each extra question makes it more likely to skip days.")


def question_many(
    tracked: Iterable[TrackedMetric], metric: Metric, today: date, *, confirmed: bool
) -> None:
    """Raise NeedsConfirmation where `metric` would be the tenth rating that is asked each day."""
    if confirmed or metric.every is not Every.DAY or metric.kind is not Kind.SCALE:
        return
    others = [
        each
        for each in _asked_daily(tracked, today)
        if each.kind is Kind.SCALE and each.id != metric.id
    ]
    if len(others) >= MOST_DAILY:
        raise NeedsConfirmation(
            translate(
                "metrics",
                "You already rate {n} things each day, and each one more makes it more likely to"
                " skip days. Ask {label} each day as well?",
            ).format(n=len(others), label=metric.shown_label)
        )


def _asked_daily(tracked: Iterable[TrackedMetric], today: date) -> list[Metric]:
    return [
        each.metric
        for each in tracked
        if each.metric.every is Every.DAY and each.metric.id != SLEEP_HOURS and each.goes_on(today)
    ]


def make_metric(
    label: str,
    kind: Kind,
    direction: Direction,
    known: Sequence[Metric],
    *,
    unit: str = "",
    low: str = "",
    high: str = "",
    every: Every = Every.DAY,
) -> Metric:
    """Return a metric of one's own, its id made from the label.

    Raises Refused for an empty or very long text, a name that is known, a unit that its kind has
    not, anchors where no scale has ends, and one metric too many.
    """
    name, unit, low, high = (" ".join(text.split()) for text in (label, unit, low, high))
    if unit and kind is not Kind.NUMBER:
        raise Refused(translate("metrics", "Only a number has a unit. Use --kind number."))
    if (low or high) and kind is not Kind.SCALE:
        raise Refused(translate("metrics", "Only a rating has words at its ends."))
    if len(known) >= MOST_OWN:
        raise Refused(
            translate("metrics", "You already have {most} metrics, the most that fit.").format(
                most=MOST_OWN
            )
        )
    refuse_known_name(name, known)
    metric = own_metric(
        _make_id(name), name, direction, kind, low_anchor=low, high_anchor=high,
        unit="min" if kind is Kind.DURATION else unit,
    )  # fmt: skip
    refuse_odd_metric(metric)
    refuse_known_name(metric.id, known)
    return metric._replace(every=every)


def renamed(metric: Metric, label: str, known: Sequence[Metric]) -> Metric:
    """Return `metric` with another label. Raises Refused for an odd one, or another metric's."""
    changed = metric._replace(label=" ".join(label.split()))
    refuse_odd_metric(changed)
    refuse_known_name(changed.label, [other for other in known if other.id != metric.id])
    return changed


def refuse_known_name(name: str, known: Iterable[Metric]) -> None:
    """Raise Refused where a metric has this name, however it is spelled, or this id."""
    found = find_named(name, known)
    if found is not None:
        raise Refused(
            translate("metrics", "There is already a metric called {label}.").format(
                label=found.shown_label
            )
        )


def find_named(name: str, known: Iterable[Metric]) -> Metric | None:
    """Return the metric with this id, or else with this label in any spelling; None if none."""
    wanted = _fold(name)
    metrics = tuple(known)
    by_id = (metric for metric in metrics if metric.id == wanted)
    by_label = (
        metric for metric in metrics if wanted in (_fold(metric.label), _fold(metric.shown_label))
    )
    return next(by_id, None) or next(by_label, None)


def _fold(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.strip().casefold()).strip("_")


def _make_id(name: str) -> str:
    slug = _fold(name)
    # `log` splits at the equals sign, and says note and state itself.
    if not slug or len(slug) > _LONGEST_ID or slug in ("note", "state", "for_doctor"):
        return f"own_{derived_id(name.casefold())[:8]}"
    return slug
