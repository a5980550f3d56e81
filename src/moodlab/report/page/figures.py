"""How the report writes middle values with their n, and shortens texts."""

from moodlab.analysis.figures import (
    figure_text,
    middle_half_text,
    span_of_values_text,
    yes_days_text,
)
from moodlab.analysis.summaries import Summary
from moodlab.domain.metrics import Every, Kind, Metric
from moodlab.i18n import translate
from moodlab.report.page.blocks import Middle


def middle_text(metric: Metric, summary: Summary) -> Middle:
    """Return ``6 (5–7)`` with ``n=21``, or ``n=9, too few``; of yes or no, on how many days."""
    if metric.kind is Kind.YES_NO and summary.n:
        return Middle(yes_days_text(summary), "")
    figures = middle_half_text(metric, summary)
    if not figures and metric.every is not Every.DAY:
        # Four weeks have four values: each of them is told instead of their middle.
        figures = span_of_values_text(metric, summary)
    if not figures:
        # A no-break space: in the page's narrow columns the words stand under the number.
        few = translate("page", "n={n}, too\u00a0few")
        return Middle("", few.format(n=summary.n))
    return Middle(figures, translate("page", "n={n}").format(n=summary.n))


def short_middle_text(metric: Metric, summary: Summary) -> str:
    """Return ``6, n=21`` for a narrow column, ``n=3`` below the threshold, ``–`` for no value."""
    if not summary.n:
        return "–"
    n = translate("page", "n={n}").format(n=summary.n)
    if metric.kind is Kind.YES_NO:
        return translate("page", "yes {yes} of {n}").format(yes=summary.above_zero, n=summary.n)
    if summary.median is None:
        return n
    return f"{figure_text(metric, summary.median)}, {n}"


def shorten_text(text: str, most: int) -> str:
    """Return `text` on one line of at most `most` characters, cut between words where possible."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > most * 2 // 3 else cut).rstrip(" ,;.") + "…"
