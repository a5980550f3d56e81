"""The days on which something was asked, in words."""

from datetime import date

import pytest

from moodlab.domain.metrics import BY_ID, TrackedMetric
from moodlab.domain.tracking.span_words import Span, brief_span_words, span_sentences

TODAY = date(2026, 11, 28)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("spans", "sentences", "brief"),
    [
        ((), ["Not tracked so far."], ""),
        (((None, None),), ["Tracked from the first day."], ""),
        (((day(11, 3), None),), ["Tracked since 3 Nov 2026."], "since 3 Nov 2026"),
        (
            ((day(3, 1), day(5, 2)), (day(5, 21), None)),
            ["Tracked since 1 Mar 2026.", "Not tracked 3 May – 20 May 2026."],
            "since 21 May 2026",
        ),
        (
            ((None, day(5, 2)),),
            ["Tracked until 2 May 2026.", "Not tracked since 3 May 2026."],
            "until 2 May 2026",
        ),
        (
            ((day(3, 1), day(5, 2)),),
            ["Tracked 1 Mar – 2 May 2026.", "Not tracked since 3 May 2026."],
            "until 2 May 2026",
        ),
        (((day(3, 1), day(3, 1)), (day(3, 3), day(11, 28))),
         ["Tracked since 1 Mar 2026.", "Not tracked 2 Mar 2026."], "until 28 Nov 2026"),
        # Spans that touch, or stand in another order, are one.
        (((day(5, 3), None), (day(3, 1), day(5, 2))),
         ["Tracked since 1 Mar 2026."], "since 1 Mar 2026"),
        (((day(3, 1), day(5, 2)), (day(4, 1), day(4, 3)), (None, day(2, 1))),
         ["Tracked from the first day.", "Not tracked 2 Feb – 28 Feb 2026.",
          "Not tracked since 3 May 2026."], "until 2 May 2026"),
    ],
)  # fmt: skip
def test_spans_are_told_with_what_lies_between(
    spans: tuple[Span, ...], sentences: list[str], brief: str
) -> None:
    tracked = TrackedMetric(BY_ID["mood"], spans)

    assert list(span_sentences(tracked, TODAY)) == sentences
    assert brief_span_words(tracked, TODAY) == brief
