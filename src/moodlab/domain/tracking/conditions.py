"""The conditions of a "Days when", as typed: ``mood>=5``."""

import re

from moodlab.domain.errors import Refused
from moodlab.domain.metrics import Metric
from moodlab.domain.ratings import parse_rating, value_text
from moodlab.domain.tracking.own_metrics import find_named
from moodlab.i18n import translate

Condition = tuple[str, str, int]
MOST_CONDITIONS = 5


def parse_conditions(texts: tuple[str, ...], known: tuple[Metric, ...]) -> tuple[Condition, ...]:
    """Read one to five conditions. Raises Refused for what can't be read."""
    if not 1 <= len(texts) <= MOST_CONDITIONS:
        raise Refused(
            translate("when", "Give one to {most} conditions, such as “mood>=5”.").format(
                most=MOST_CONDITIONS
            )
        )
    return tuple(_parse(text, known) for text in texts)


def _parse(text: str, known: tuple[Metric, ...]) -> Condition:
    match = re.fullmatch(r"\s*(.+?)\s*(<=|>=|≤|≥|<|>|=)\s*(.+?)\s*", text)
    metric = find_named(match[1], known) if match else None
    if match is None or metric is None:
        raise Refused(
            translate("when", "I can't read “{text}”. Write it as “mood>=5”.").format(text=text)
        )
    sign = {"≤": "<=", "≥": ">="}.get(match[2], match[2])
    return metric.id, sign, parse_rating(metric, match[3])


def condition_text(condition: Condition, known: tuple[Metric, ...]) -> str:
    """Return ``Mood ≥ 5``."""
    metric_id, sign, bound = condition
    metric = find_named(metric_id, known)
    name = metric.shown_label if metric else metric_id
    shown = {"<=": "≤", ">=": "≥"}.get(sign, sign)
    return f"{name} {shown} {value_text(metric, bound) if metric else bound}"
