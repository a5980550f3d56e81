"""Finding a text in what a person wrote, whatever its case, accents and line breaks."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from moodlab.domain.errors import Refused
from moodlab.domain.texts import LONGEST_WORDS, refuse_long
from moodlab.i18n import translate

# So many letters are shown before and after what was found.
_BEFORE, _AFTER = 40, 80
_CUT = "…"


class Excerpt(NamedTuple):
    """What was found, as it was written, with the words around it."""

    before: str
    match: str
    after: str

    @property
    def text(self) -> str:
        """All of it in one line."""
        return self.before + self.match + self.after


class Hit(NamedTuple):
    """A text that was found: in which table and row, in which column, and the day it stands on."""

    table: str
    key: str
    column: str
    day: date
    excerpt: Excerpt

    @property
    def kind(self) -> str:
        """What it was found in, in words."""
        kinds = {
            ("day", "note"): translate("find", "Note"),
            ("event", "text"): translate("find", "Event"),
            ("event", "whom"): translate("find", "Appointment with"),
            ("question", "text"): translate("find", "Question"),
            ("question", "answer"): translate("find", "Answer"),
            ("treatment", "name"): translate("find", "Treatment"),
            ("treatment", "end_reason"): translate("find", "Why it ended"),
            ("treatment", "noticed"): translate("find", "What was noticed"),
            ("lab_result", "note"): translate("find", "Note at a blood result"),
            ("lab_result", "remark"): translate("find", "The lab's remark"),
        }
        return kinds[self.table, self.column]

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The pages that show it, each with the place on it, the most telling one first."""
        day = ("history", self.day.isoformat())
        if self.table == "lab_result":
            return (("labs", self.key),)
        if self.table == "treatment":
            return ("treatments", f"treatment {self.key}"), day
        return (day,)


class Found(NamedTuple):
    """The hits, latest day first, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


class Needle:
    """What is looked for. Raises Refused for an empty or very long text."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        refuse_long(self.text)
        self._folded = fold(self.text)
        if not self._folded:
            raise Refused(translate("find", "Enter a word to find."))

    def find_in(self, text: str) -> Excerpt | None:
        """Return the first place in `text`; None where it does not occur."""
        # Letter by letter takes long, so that is only done where something was found.
        if self._folded not in fold(text):
            return None
        line = " ".join(text.split())
        folded, places = _fold_with_places(line)
        start = folded.find(self._folded)
        first = places[start]
        # Up to the next letter: an accent of its own belongs to the one before it.
        end = start + len(self._folded)
        last = places[end] if end < len(places) else len(line)
        return Excerpt(_cut_start(line[:first]), line[first:last], _cut_end(line[last:]))


def nothing_found(text: str) -> str:
    """Return the sentence for a text that stands nowhere."""
    return translate("find", "No note contains “{text}”.").format(text=text[:LONGEST_WORDS])


def fold(text: str) -> str:
    """Return what is equal for all spellings of a text: case, accents and spaces do not count."""
    line = " ".join(text.split())
    if line.isascii():
        return line.lower()
    return "".join(map(_fold_letter, line))


@lru_cache(4096)
def _fold_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _fold_with_places(line: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its letters the place of the one it comes from."""
    parts = [_fold_letter(letter) for letter in line]
    places = [number for number, part in enumerate(parts) for _ in part]
    return "".join(parts), places


def _cut_start(text: str) -> str:
    if len(text) <= _BEFORE:
        return text
    return _CUT + re.sub(r"^\S{0,15}\s", "", text[-_BEFORE:])


def _cut_end(text: str) -> str:
    if len(text) <= _AFTER:
        return text
    return re.sub(r"\s\S{0,15}$", "", text[:_AFTER]) + _CUT
