"""Large JSON files read piece by piece: one line, or one element of an array, at a time.

Files are not trusted. A piece is bounded in length and in the number of its parts, numbers keep
their digits, and a field that is named twice, or a number too large, costs only its own piece.
"""

import codecs
import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from moodlab.domain.errors import Refused
from moodlab.exchange.source import too_many
from moodlab.i18n import translate

LARGEST_PIECE = 8_000_000
MOST_PARTS = 200_000
# A whole life of lab results is a tenth of this.
MOST_ELEMENTS = 300_000
_LONGEST_NUMBER = 10_000
_CHUNK = 1 << 17
_SPACE = " \t\r\n"
# First bytes of characters for which Python needs four bytes or two bytes each.
_FOUR_BYTES, _TWO_BYTES = re.compile(rb"[\xf0-\xff]"), re.compile(rb"[\xc4-\xef]")
_NO_SPACE = re.compile(r"[^ \t\r\n]")
# The characters that matter while skipping a value: outside its strings, and inside them.
_OUTSIDE, _INSIDE = re.compile(r'["{}\[\],]'), re.compile(r'["\\]')


class _TooLarge(Refused):
    """A piece exceeds the bounds."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One value with its number in the file; `trouble` says why it has none."""

    number: int
    value: Any
    trouble: str = ""


class Decoder:
    """Decodes JSON with exact numbers and finds fields that are named twice."""

    def __init__(self) -> None:
        self._is_ambiguous = False
        self._json = json.JSONDecoder(
            parse_float=_number,
            # int refuses more than 4300 digits; Decimal reads any number.
            parse_int=_number,
            parse_constant=str,
            object_pairs_hook=self._object,
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self._is_ambiguous = True
        return found

    def read(self, text: str, number: int) -> Piece:
        """Decode a text that is one JSON value."""
        if _parts(text) > MOST_PARTS:
            return Piece(number, None, too_large())
        try:
            value, end = self.read_at(text, len(text) - len(text.lstrip(_SPACE)))
        except (ValueError, RecursionError):
            return Piece(number, None, not_json())
        if text[end:].strip(_SPACE):
            return Piece(number, None, not_json())
        return self.piece(number, value)

    def read_bytes(self, content: bytes, number: int) -> Piece:
        """Decode bytes that are one JSON value."""
        if _memory(content) > LARGEST_PIECE:
            return Piece(number, None, too_large())
        try:
            return self.read(content.decode("utf-8-sig"), number)
        except UnicodeDecodeError:
            return Piece(number, None, not_text())

    def read_at(self, text: str, position: int) -> tuple[Any, int]:
        """Return the value at `position` and its end. Raises ValueError, RecursionError."""
        self._is_ambiguous = False
        return self._json.raw_decode(text, position)

    def piece(self, number: int, value: Any) -> Piece:
        """Return the value decoded last as a piece, with trouble if it names a field twice."""
        if self._is_ambiguous:
            return Piece(number, None, translate("import", "It names a field twice."))
        return Piece(number, value)


def _number(text: str) -> Decimal | str:
    """Return an exact number; one that no program writes stays text, and costs only its result."""
    if len(text) <= _LONGEST_NUMBER:
        with suppress(InvalidOperation):
            return Decimal(text)
    return text[:_LONGEST_NUMBER]


def read_lines(file: BinaryIO) -> Iterator[Piece]:
    """Yield the value of every non-empty line."""
    decoder = Decoder()
    number = 0
    while line := file.readline(LARGEST_PIECE + 1):
        number += 1
        if number > MOST_ELEMENTS:
            raise too_many(MOST_ELEMENTS)
        if len(line) > LARGEST_PIECE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LARGEST_PIECE)
            yield Piece(number, None, too_large())
            continue
        if not line.isspace():
            yield decoder.read_bytes(line, number)


class Document:
    """One JSON document, whose array `array` is read element by element.

    Iterating yields the elements; the document's other members are in `head` afterwards. A document
    that is an array is read in the same way, and an element that exceeds the bounds costs only
    itself. Raises Refused for anything but JSON.
    """

    def __init__(self, file: BinaryIO, array: str) -> None:
        self._file = file
        self._array = array
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._decoder = Decoder()
        self._text = ""
        self._at = 0
        self._lines = 0
        self._is_whole = False
        self._head_room = LARGEST_PIECE
        self.head: dict[str, Any] = {}
        self.elements = 0

    def __iter__(self) -> Iterator[Piece]:
        start = self._next()
        if start == "[":
            yield from self._read_elements()
        elif start == "{":
            yield from self._read_members()
        else:
            raise self._not_json()
        if self._next():
            raise self._not_json()

    def _read_members(self) -> Iterator[Piece]:
        self._at += 1
        if self._next() == "}":
            self._at += 1
            return
        while True:
            name = self._value().value
            if not isinstance(name, str) or name in self.head or self._next() != ":":
                raise self._not_json()
            self._at += 1
            if name == self._array and self._next() == "[":
                self.head[name] = None
                yield from self._read_elements()
            else:
                piece = self._value()
                self._head_room -= self._length
                if piece.trouble or self._head_room < 0:
                    raise Refused(piece.trouble or too_large())
                self.head[name] = piece.value
            if self._ends("}"):
                return

    def _read_elements(self) -> Iterator[Piece]:
        self._at += 1
        if self._next() == "]":
            self._at += 1
            return
        while True:
            self.elements += 1
            if self.elements > MOST_ELEMENTS:
                raise too_many(MOST_ELEMENTS)
            try:
                piece = self._value()
            except _TooLarge as error:
                self._skip()
                piece = Piece(0, None, error.sentence)
            yield Piece(self.elements, piece.value, piece.trouble)
            if self._ends("]"):
                return

    def _skip(self) -> None:
        """Skip the current element, such as a scanned report, without keeping any of it."""
        depth, is_text = 0, False
        while True:
            found = (_INSIDE if is_text else _OUTSIDE).search(self._text, self._at)
            if found is None or found.end() == len(self._text):
                self._at = len(self._text) if found is None else found.start()
                if self._is_whole or (not self._read_on() and found is None):
                    raise self._not_json()
                continue
            sign, self._at = found[0], found.end()
            if sign == "\\":
                self._at += 1
            elif sign == '"':
                is_text = not is_text
            elif sign in "{[":
                depth += 1
            elif depth == 0:
                self._at = found.start()
                return
            elif sign in "}]":
                depth -= 1

    def _ends(self, bracket: str) -> bool:
        sign = self._next()
        self._at += 1
        if sign not in (",", bracket) or not sign:
            raise self._not_json()
        return sign == bracket

    def _next(self) -> str:
        """Return the next character that is no space, without consuming it; empty at the end."""
        while True:
            if found := _NO_SPACE.search(self._text, self._at):
                self._at = found.start()
                return found[0]
            self._at = len(self._text)
            if not self._read_on():
                return ""

    def _value(self) -> Piece:
        self._next()
        wanted = _CHUNK
        while True:
            try:
                value, end = self._decoder.read_at(self._text, self._at)
                # A number at the very end may continue in the next chunk.
                if end < len(self._text) or self._is_whole:
                    self._length, self._at = end - self._at, end
                    return self._decoder.piece(0, value)
            except RecursionError:
                raise _TooLarge(too_large()) from None
            except ValueError as error:
                if self._is_whole:
                    self._at = getattr(error, "pos", self._at)
                    raise self._not_json() from None
            wanted *= 2
            if wanted > 2 * LARGEST_PIECE:
                raise _TooLarge(too_large())
            while len(self._text) - self._at < wanted and self._read_on():
                if sys.getsizeof(self._text) > 2 * LARGEST_PIECE:
                    raise _TooLarge(too_large())
            if wanted > 4 * _CHUNK and _parts(self._text) > MOST_PARTS:
                raise _TooLarge(too_large())

    def _read_on(self) -> bool:
        if self._is_whole:
            return False
        chunk = self._file.read(_CHUNK)
        try:
            added = self._decode.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            raise Refused(not_text()) from error
        self._lines += self._text.count("\n", 0, self._at)
        self._text = self._text[self._at :] + added
        self._at = 0
        self._is_whole = not chunk
        return True

    def _not_json(self) -> Refused:
        """Return the refusal of a document that stops being JSON where it is read now."""
        return Refused(not_json(self._lines + self._text.count("\n", 0, self._at) + 1))


def _memory(content: bytes) -> int:
    """Return the bytes the decoded text takes: one wide character widens all of them."""
    if len(content) > LARGEST_PIECE or len(content) * 4 <= LARGEST_PIECE:
        return len(content)
    width = 4 if _FOUR_BYTES.search(content) else 2 if _TWO_BYTES.search(content) else 1
    return len(content) * width


def _parts(text: str) -> int:
    return text.count("{") + text.count("[") + text.count(",")


def not_json(line: int = 0) -> str:
    """Return the sentence for a text that is not JSON, from this line on if it is known."""
    if line:
        return translate("import", "It is not readable JSON: see line {line}.").format(line=line)
    return translate("import", "It is not readable JSON.")


def not_text() -> str:
    """Return the sentence for bytes that are not text."""
    return translate("import", "It is not UTF-8 text.")


def too_large() -> str:
    """Return the sentence for a piece that exceeds the bounds."""
    return translate("import", "It is too large for a single result.")
