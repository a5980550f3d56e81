"""How the report writes middle values with their n, results as printed, and what must be short."""

from moodlab.analysis.figures import figure_text, middle_half_text, short_figure_text
from moodlab.analysis.summaries import Summary
from moodlab.domain.labs.analytes import BY_ID
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import Kind, Metric
from moodlab.i18n import translate
from moodlab.report.page.blocks import Middle


def middle_text(metric: Metric, summary: Summary) -> Middle:
    """Return ``6 (5–7)`` with ``n=21``, or ``n=9, too few``."""
    figures = middle_half_text(metric, summary)
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
    if summary.median is None:
        return n
    if metric.kind is Kind.DURATION:
        return f"{short_figure_text(metric, summary.median)} h, {n}"
    return f"{figure_text(metric, summary.median)}, {n}"


def test_name(result: LabResult) -> str:
    """Return the test's name as the catalogue writes it, ``hs-CRP``."""
    if result.label:
        return result.label
    analyte = BY_ID.get(result.catalogue_id)
    return analyte.label if analyte else result.analyte


def lab_text(result: LabResult) -> str:
    """Return a result as the lab printed it, with the canonical figure where that differs.

    ``0.31 mg/dL (= 3.1 mg/L)``: the printed value first, always.
    """
    printed = result.printed_with_unit
    return f"{printed} (= {result.canonical_text})" if result.is_converted else printed


def shorten_text(text: str, most: int) -> str:
    """Return `text` on one line of at most `most` characters, cut at a word if one is near."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > most * 2 // 3 else cut).rstrip(" ,;.") + "…"
