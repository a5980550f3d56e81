"""Make every text of a report printable, and tell the person what was replaced."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from moodlab.charts.drawing.fonts import has_glyph, printable
from moodlab.domain.ratings import Rating
from moodlab.i18n import translate
from moodlab.report.model import ReportModel

_NAMED_IN_WARNING = 5


def printable_model(model: ReportModel) -> tuple[ReportModel, tuple[str, ...]]:
    """Return `model` with printable texts only, and sentences that say what was replaced."""
    missing: dict[str, int] = {}
    known: dict[str, str] = {}

    def tidy(text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        if text not in known:
            known[text] = printable(text)
            for character in _without_glyph(text):
                missing[character] = missing.get(character, 0) + 1
        return known[text]

    done: dict[int, Any] = {}
    changed = {
        field.name: _map_texts(getattr(model, field.name), tidy, done)
        for field in fields(model)
        if field.name != "overview"
    }
    # The chart's texts are composed of those above, which would be counted a second time.
    warnings = _warn(missing)
    return replace(model, **changed, overview=_map_texts(model.overview, tidy, done)), warnings


def count_missing(texts: Iterable[str]) -> Mapping[str, int]:
    """Return how often each character stands in `texts` that the bundled face lacks."""
    return Counter(character for text in texts for character in _without_glyph(text))


def tell_missing(missing: Mapping[str, int]) -> str:
    """Return a sentence that names what can't be printed; empty where all can."""
    if not missing:
        return ""
    shown = [
        character if character.isprintable() else f"U+{ord(character):04X}"
        for character in list(missing)[:_NAMED_IN_WARNING]
    ]
    more = translate("page", " and others") if len(missing) > _NAMED_IN_WARNING else ""
    count = sum(missing.values())
    sentence = (
        translate("page", "{n} characters can't be printed on the page: {shown}{more}.")
        if count > 1
        else translate("page", "{n} character can't be printed on the page: {shown}{more}.")
    )
    return sentence.format(n=count, shown=", ".join(shown), more=more)


def _without_glyph(text: str) -> Iterator[str]:
    if text.isascii():
        return iter(())
    return (
        character
        for character in unicodedata.normalize("NFC", text)
        if not has_glyph(character) and unicodedata.category(character)[0] in "LNPS"
    )


def _warn(missing: Mapping[str, int]) -> tuple[str, ...]:
    if not missing:
        return ()
    where = translate("page", " The page says what they are; the text file has them.")
    return (tell_missing(missing) + where,)


def _map_texts(value: Any, change: Callable[[str], str], done: dict[int, Any]) -> Any:
    """Return `value` with every text inside records and tuples changed; ids and enums are plain.

    `done` holds the records already changed: each dose's days name the treatment with all doses.
    """
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        if value and isinstance(value[0], Rating):
            return value
        mapped = [_map_texts(item, change, done) for item in value]
        if all(a is b for a, b in zip(value, mapped, strict=True)):
            return value
        make = getattr(type(value), "_make", tuple)  # a named tuple stays one
        return make(mapped)
    if id(value) in done:
        return done[id(value)]
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: new
            for field in fields(value)
            if (new := _map_texts(old := getattr(value, field.name), change, done)) is not old
        }
        done[id(value)] = replace(value, **changed) if changed else value
        return done[id(value)]
    return value
