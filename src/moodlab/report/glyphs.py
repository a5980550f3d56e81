"""What the page's own face can print, and what stands in the place of a character that it can't.

One missing glyph would void the whole PDF/UA export, and a system's own fonts would make the file
depend on the computer. So symbols are spelled, other scripts named, and the person is told.
"""

import struct
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from moodlab import assets
from moodlab.domain.diary import Diary
from moodlab.domain.ratings import Rating
from moodlab.i18n import translate
from moodlab.report.model import ReportModel

_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Me", "Mn")
_NAMED_IN_WARNING = 5


def printable_model(model: ReportModel) -> tuple[ReportModel, tuple[str, ...]]:
    """Return `model` with texts that can be printed, and sentences that say what was replaced."""
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

    changed: ReportModel = _map_texts(model, tidy)
    return changed, _warn(missing)


def printable(text: str) -> str:
    """Return `text` with only characters that the bundled face holds.

    A symbol becomes its Unicode name, ``[grinning face]``; a run of letters of another script
    ``[thai text]``; control, joining and direction characters are dropped.
    """
    visible = (
        character
        for character in unicodedata.normalize("NFC", text)
        if character == "\n"
        or _has_glyph(character)
        or unicodedata.category(character) not in _INVISIBLE
    )
    parts: list[str] = []
    for script, run in groupby(visible, _script_without_glyph):
        if script is None:
            parts.extend(run)
        elif script:
            parts.append(translate("page", "[{script} text]").format(script=script))
        else:
            parts.extend(_spell(character) for character in run)
    return "".join(parts)


def _spell(character: str) -> str:
    if character.isspace():
        return " "
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


def _script_without_glyph(character: str) -> str | None:
    """Return None for what prints, the script of a letter, "" for another sign."""
    if character == "\n" or _has_glyph(character):
        return None
    if unicodedata.category(character)[0] != "L":
        return ""
    return unicodedata.name(character, "UNKNOWN").split()[0].lower()


def _without_glyph(text: str) -> Iterator[str]:
    return (
        character
        for character in unicodedata.normalize("NFC", text)
        if not _has_glyph(character) and unicodedata.category(character)[0] in "LNPS"
    )


def _has_glyph(character: str) -> bool:
    return ord(character) in _code_points()


def _warn(missing: Mapping[str, int]) -> tuple[str, ...]:
    if not missing:
        return ()
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
    told = sentence.format(n=count, shown=", ".join(shown), more=more)
    return (told + translate("page", " The page says what they are; the text file has them."),)


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return `value` with every text inside records and tuples changed; ids and enums are plain."""
    if type(value) is str:
        return change(value)
    if type(value) is tuple:
        if value and isinstance(value[0], Rating):
            return value
        mapped = tuple(_map_texts(item, change) for item in value)
        return value if all(a is b for a, b in zip(value, mapped, strict=True)) else mapped
    if isinstance(value, Diary):
        return _map_diary(value, change)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: new
            for field in fields(value)
            if (new := _map_texts(old := getattr(value, field.name), change)) is not old
        }
        return replace(value, **changed) if changed else value
    return value


def _map_diary(diary: Diary, change: Callable[[str], str]) -> Diary:
    """Change what charts write; ratings hold no text of their own, notes are not drawn."""
    return replace(
        diary,
        metrics=_map_texts(diary.metrics, change),
        labs=_map_texts(diary.labs, change),
        treatments=_map_texts(diary.treatments, change),
        events=_map_texts(diary.events, change),
    )


@cache
def _code_points() -> frozenset[int]:
    """The characters that both bundled faces hold."""
    regular, strong = (_read_code_points(path.read_bytes()) for path in assets.font_paths())
    return regular & strong


def _read_code_points(font: bytes) -> frozenset[int]:
    """Return the characters of an OpenType font, from the segments of its ``cmap`` table."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4s4xII", font, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for number in range(count):
        (offset,) = struct.unpack_from(">4xI", font, start + 4 + 8 * number)
        (layout,) = struct.unpack_from(">H", font, start + offset)
        if layout == 12:
            found.update(_read_groups(font, start + offset))
        elif layout == 4:
            found.update(_read_segments(font, start + offset))
    return frozenset(found)


def _read_groups(font: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    for number in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield from range(first if glyph else first + 1, last + 1)


def _read_segments(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    for number in range(twice // 2):
        (last,) = struct.unpack_from(">H", font, at + 14 + 2 * number)
        (first,) = struct.unpack_from(">H", font, at + 16 + twice + 2 * number)
        if first != 0xFFFF:
            yield from range(first, last + 1)
