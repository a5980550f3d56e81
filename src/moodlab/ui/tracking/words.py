"""The words for what a metric takes as an answer."""

from moodlab.domain.metrics import Kind, Metric
from moodlab.i18n import translate


def kind_text(metric: Metric) -> str:
    """Return ``0–10``, ``number in kg``, ``hours`` or ``yes or no``."""
    if metric.kind is Kind.NUMBER and metric.unit:
        return translate("tracking", "number in {unit}").format(unit=metric.unit)
    return {
        Kind.SCALE: translate("tracking", "0–10"),
        Kind.NUMBER: translate("tracking", "number"),
        Kind.DURATION: translate("tracking", "hours"),
        Kind.YES_NO: translate("tracking", "yes or no"),
    }[metric.kind]


def ends_text(metric: Metric) -> str:
    """Return what the ends of a scale mean, ``0 none, 10 overwhelming``; empty without any."""
    ends = ((0, metric.low_anchor), (10, metric.high_anchor))
    return ", ".join(f"{number} {anchor}" for number, anchor in ends if anchor)
