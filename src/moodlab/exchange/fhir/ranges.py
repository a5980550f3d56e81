"""A lab's reference ranges as it would print them; what is not certain is left out, never guessed.

A range for something else than healthy people, or one of several, says what it is for, so that no
result is placed against it.
"""

from collections.abc import Sequence
from typing import Any

from moodlab.domain.errors import Refused
from moodlab.domain.labs.printed_values import plain
from moodlab.exchange.fhir.values import (
    Json,
    Quantity,
    codes_of,
    concept_text,
    objects,
    read_quantity,
    text_of,
)

_LONGEST = 100
_ORDINARY = frozenset({"normal", "recommended", "normal range", "n"})
_SIGNS = {"<=": "≤", ">=": "≥"}


def range_text(ranges: Any) -> str:
    """Return the lab's range as printed: its text, else ``3.6–10.0 mg/L``; several after ;."""
    given = list(objects(ranges))
    printed = [_labelled(each, given) for each in given if print_span(each)]
    return text_of("; ".join(dict.fromkeys(printed)))


def print_span(given: Json) -> str:
    """Return the text of a range, else its limits; empty where one of them can't be read."""
    if text := text_of(given.get("text"), _LONGEST):
        return text
    try:
        low, high = (
            read_quantity(given[end]) if given.get(end) else None for end in ("low", "high")
        )
    except Refused:
        return ""
    if low is not None and high is not None:
        if low.printed_unit in ("", high.printed_unit):
            return f"{low.text}–{high.with_unit}"
        return f"{low.with_unit}–{high.with_unit}"
    if high is not None:
        return _open("≤", high)
    return "" if low is None else _open("≥", low)


def _labelled(given: Json, ranges: Sequence[Json]) -> str:
    kind = given.get("type") or given.get("meaning")
    names = [] if codes_of(kind) & _ORDINARY else [text_of(concept_text(kind), 40)]
    if len(ranges) > 1:
        names += [text_of(concept_text(each), 40) for each in objects(given.get("appliesTo"))]
        if isinstance(age := given.get("age"), dict):
            names.append(print_span({**age, "text": None}))
    label = ", ".join(name for name in names if name)
    return f"{label}: {print_span(given)}" if label else print_span(given)


def _open(sign: str, limit: Quantity) -> str:
    sign = _SIGNS.get(limit.comparator or "", limit.comparator or sign)
    return f"{sign}{plain(limit.number)} {limit.printed_unit}".rstrip()
