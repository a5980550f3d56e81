"""How figures of the report are written, in one way everywhere: page, text, window and labels."""

from decimal import Decimal

from moodlab.analysis.summaries import Summary
from moodlab.domain.analytes import BY_ID
from moodlab.domain.labs import LabResult
from moodlab.domain.metrics import Kind, Metric
from moodlab.domain.ratings import duration_text
from moodlab.i18n import translate
from moodlab.report.blocks import Middle


def figure_text(metric: Metric, value: Decimal) -> str:
    """Return one figure of a metric: ``6.5``, ``7 h 30 min``, ``71.4 kg``, ``−0.5``."""
    if metric.kind is Kind.DURATION:
        return duration_text(int(value + Decimal("0.5")))
    return _number(value) + (f" {metric.unit}" if metric.unit else "")


def middle_text(metric: Metric, summary: Summary) -> Middle:
    """Return ``6 (5–7)`` with ``n=21``, or ``n=9, too few to summarise``."""
    if summary.median is None or summary.q1 is None or summary.q3 is None:
        few = translate("page", "n={n}, too few to summarise")
        return Middle("", few.format(n=summary.n))
    figures = translate("page", "{median} ({q1}–{q3})").format(
        median=figure_text(metric, summary.median),
        q1=_bare(metric, summary.q1),
        q3=_bare(metric, summary.q3),
    )
    return Middle(figures, translate("page", "n={n}").format(n=summary.n))


def short_middle_text(metric: Metric, summary: Summary) -> str:
    """Return ``6, n=21`` for a narrow column, ``n=3`` below the threshold, ``–`` for no value."""
    if not summary.n:
        return "–"
    n = translate("page", "n={n}").format(n=summary.n)
    if summary.median is None:
        return n
    if metric.kind is Kind.DURATION:
        hours, minutes = divmod(int(summary.median + Decimal("0.5")), 60)
        return f"{hours}:{minutes:02d} h, {n}"
    return f"{figure_text(metric, summary.median)}, {n}"


def span_of_values_text(metric: Metric, summary: Summary) -> str:
    """Return ``2–9``, the lowest and highest value; empty where there is none."""
    if summary.lowest is None or summary.highest is None:
        return ""
    if summary.lowest == summary.highest:
        return figure_text(metric, summary.lowest)
    return f"{_bare(metric, summary.lowest)}–{figure_text(metric, summary.highest)}"


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


def _bare(metric: Metric, value: Decimal) -> str:
    return figure_text(metric, value) if metric.kind is Kind.DURATION else _number(value)


def _number(value: Decimal) -> str:
    return f"{value:f}".replace("-", "−")
