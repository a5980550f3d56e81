"""In which days a metric was asked, in words: "not asked" is not "not answered"."""

from collections.abc import Iterator
from datetime import date

from moodlab.domain.days import ONE_DAY, Period, short_date, span_text
from moodlab.domain.metrics import TrackedMetric
from moodlab.i18n import translate

Span = tuple[date | None, date | None]


def span_sentences(tracked: TrackedMetric, today: date) -> Iterator[str]:
    """Yield ``Tracked since 3 Nov 2025.`` and ``Not tracked 3 – 20 May 2026.``, oldest first."""
    spans = _joined(tracked.spans)
    if not spans:
        yield translate("tracking", "Not tracked so far.")
        return
    for number, (first, last) in enumerate(spans):
        if number:
            yield _pause_words(spans[number - 1][1], first)
        if number == 0:
            yield _first_words(first, last if len(spans) == 1 else None)
    end = spans[-1][1]
    if end is not None and end < today:
        yield translate("tracking", "Not tracked since {day}.").format(
            day=short_date(end + ONE_DAY)
        )


def brief_span_words(tracked: TrackedMetric, today: date) -> str:
    """Return ``since 3 Nov 2025`` or ``until 20 May 2026``; empty where neither says anything."""
    spans = _joined(tracked.spans)
    if not spans:
        return ""
    first, last = spans[-1]
    if last is not None and last <= today:
        return translate("tracking", "until {day}").format(day=short_date(last))
    if first is None:
        return ""
    return translate("tracking", "since {day}").format(day=short_date(first))


def _first_words(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return translate("tracking", "Tracked from the first day.")
    if first is None:
        return translate("tracking", "Tracked until {day}.").format(day=_day(last))
    if last is None:
        return translate("tracking", "Tracked since {day}.").format(day=short_date(first))
    return translate("tracking", "Tracked {days}.").format(days=_days(first, last))


def _pause_words(ended: date | None, begins: date | None) -> str:
    assert ended is not None  # joined spans lie apart
    assert begins is not None
    days = _days(ended + ONE_DAY, begins - ONE_DAY)
    return translate("tracking", "Not tracked {days}.").format(days=days)


def _days(first: date, last: date) -> str:
    return short_date(first) if first >= last else span_text(Period(first, last))


def _day(day: date | None) -> str:
    return "" if day is None else short_date(day)


def _joined(spans: tuple[Span, ...]) -> list[Span]:
    """Return the spans in order, those that touch made one."""
    joined: list[Span] = []
    for first, last in sorted(spans, key=lambda span: span[0] or date.min):
        before = joined[-1] if joined else None
        if before is not None and (
            before[1] is None or first is None or first <= before[1] + ONE_DAY
        ):
            ends = before[1] and last and max(before[1], last)
            joined[-1] = (before[0], ends)
        else:
            joined.append((first, last))
    return joined
