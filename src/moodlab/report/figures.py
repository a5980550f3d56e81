"""How figures of the report are written, in one way everywhere: page, text, window and labels."""

from decimal import Decimal

from moodlab.analysis.summaries import Summary
from moodlab.domain.analytes import BY_ID
from moodlab.domain.labs import LabResult
from moodlab.domain.metrics import Kind, Metric
from moodlab.domain.ratings import duration_text
from moodlab.i18n import translate


def figure_text(metric: Metric, value: Decimal) -> str:
    """Return one figure of a metric: ``6.5``, ``7 h 30 min``, ``71.4 kg``."""
    if metric.kind is Kind.DURATION:
        return duration_text(int(value + Decimal("0.5")))
    return f"{value:f}" + (f" {metric.unit}" if metric.unit else "")


def middle_text(metric: Metric, summary: Summary) -> str:
    """Return ``6 (5–7), n=21``, or ``n=9, too few to summarise``."""
    if summary.median is None or summary.q1 is None or summary.q3 is None:
        return translate("page", "n={n}, too few to summarise").format(n=summary.n)
    return translate("page", "{median} ({q1}–{q3}), n={n}").format(
        median=figure_text(metric, summary.median),
        q1=figure_text(metric, summary.q1),
        q3=figure_text(metric, summary.q3),
        n=summary.n,
    )


def span_of_values_text(metric: Metric, summary: Summary) -> str:
    """Return ``2–9``, the lowest and highest value; empty where there is none."""
    if summary.lowest is None or summary.highest is None:
        return ""
    low, high = figure_text(metric, summary.lowest), figure_text(metric, summary.highest)
    return low if low == high else f"{low}–{high}"


def test_name(result: LabResult) -> str:
    """Return the test's name as the catalogue writes it, ``hs-CRP``."""
    analyte = BY_ID.get(result.catalogue_id)
    return analyte.label if analyte else result.analyte


def lab_text(result: LabResult) -> str:
    """Return a result as the lab printed it, with the canonical figure where that differs.

    ``0.31 mg/dL (= 3.1 mg/L)``: the printed value first, always.
    """
    printed = result.printed_with_unit
    same = result.canonical == result.value.number
    return printed if same else f"{printed} (= {result.canonical_text})"
