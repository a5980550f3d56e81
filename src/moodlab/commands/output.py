"""Prints answers and trouble, so that what was saved is never reported as a fault.

JSON is UTF-8 whatever the terminal's encoding is. A reader that has gone away, as in
``moodlab ask … | head -c0``, is no trouble.
"""

import errno
import io
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

from moodlab.i18n import translate

# Windows has no broken pipes and calls them wrong arguments.
_READER_GONE = {errno.EPIPE} | ({errno.EINVAL} if os.name == "nt" else set())


# All of C0 but tab and line feed, DEL, C1, and the embeddings, overrides and isolates of bidi.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """Why an answer could not be printed; `is_partly_there` where only some characters lack."""

    reason: str
    is_partly_there: bool = False


def print_answer(text: str, *, as_json: bool = False) -> NotPrinted | None:
    """Print an answer and return what kept it from being printed; None where nothing did."""
    stream = sys.stdout
    text = neutralise(text, as_json=as_json)
    lacking = None if as_json else _find_lacking(text, stream)
    error = _write(text, stream, as_json=as_json, errors="replace")
    if error is not None:
        return NotPrinted(os.strerror(error.errno or 0))
    return lacking


def tell(text: str, *, as_json: bool = False) -> None:
    """Print a sentence for the person to standard error, if anybody reads it."""
    text = neutralise(text, as_json=as_json)
    _write(text, sys.stderr, as_json=as_json, errors="backslashreplace")


def neutralise(text: str, *, as_json: bool = False) -> str:
    """Return a text in which control characters and those that turn its direction are spelled.

    A name or a note may hold sequences that repaint a terminal or make it type. In JSON they become
    escapes, which mean the same.
    """
    spelled = r"\u{:04x}" if as_json else "<U+{:04X}>"
    return _CONTROLS.sub(lambda found: spelled.format(ord(found[0])), text)


def _find_lacking(text: str, stream: TextIO | None) -> NotPrinted | None:
    if not isinstance(stream, io.TextIOWrapper):
        return None
    try:
        text.encode(stream.encoding, stream.errors or "strict")
    except UnicodeEncodeError:
        return NotPrinted(
            translate("cli", "the encoding {encoding} lacks some of its characters").format(
                encoding=stream.encoding
            ),
            is_partly_there=True,
        )
    return None


def _write(text: str, stream: TextIO | None, *, as_json: bool, errors: str) -> OSError | None:
    """Write a line; return the error where somebody reads and can't get it."""
    if stream is None:  # closed by who started us
        return None
    if isinstance(stream, io.TextIOWrapper):
        if as_json:
            # Half a character, from a file name that is not UTF-8, becomes JSON's own \udc… .
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        else:
            stream.reconfigure(errors=errors)
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except OSError as error:
        _let_go(stream)
        return None if error.errno in _READER_GONE else error
    return None


def _let_go(stream: TextIO) -> None:
    """Have what is still to be written go nowhere, as Python tries again at its end."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
