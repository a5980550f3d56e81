"""The recovery sheet as a file to print: a PDF by typst, or plain text."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from moodlab.report.files import save_atomically
from moodlab.report.typesetting import make_compiler
from moodlab.theme import FONT_FAMILY, PRINT


def save_sheet(target: Path, paragraphs: Sequence[str]) -> None:
    """Save the sheet's paragraphs, readable by the owner only; as PDF where the name says so.

    For the window, whose dialog asked about an existing file. Raises Refused and NotSaved.
    """
    save_atomically(target, write_sheet(target, paragraphs), overwrite=True)


def write_sheet(target: Path, paragraphs: Sequence[str]) -> bytes:
    """Return the sheet as the kind of file that the name says: a PDF, otherwise plain text."""
    if target.suffix.lower() == ".pdf":
        return write_sheet_pdf(paragraphs)
    return ("\n\n".join(paragraphs) + "\n").encode()


def write_sheet_pdf(paragraphs: Sequence[str]) -> bytes:
    """Return the sheet as a PDF of one page."""
    return cast(bytes, _compiler(paragraphs).compile(format="pdf"))


def draw_sheet(paragraphs: Sequence[str], dpi: float) -> bytes:
    """Return the same page as a PNG, for a printer."""
    return cast(bytes, _compiler(paragraphs).compile(format="png", ppi=dpi))


def _compiler(paragraphs: Sequence[str]) -> Any:
    heading, use, code, *rest = paragraphs
    data = {
        "heading": heading,
        "use": use,
        "code": code.splitlines(),
        "rest": rest,
        "font": FONT_FAMILY,
        "ink": PRINT.text,
        "hair": PRINT.hairline,
    }
    return make_compiler("recovery.typ", {"data": json.dumps(data)})
