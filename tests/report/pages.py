"""Reads a finished PDF back: its text, its boxes, its tags and its ink."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

MM = 72 / 25.4
WATERMARK = 40.0


def squeeze(text: str) -> str:
    """Drop all space: where lines break is the page's own affair.

    PDFium gives a hyphen at the end of a line as U+FFFE or as a control character.
    """
    return re.sub(r"\s", "", text.replace("\ufffe", "-").replace("\x02", "-"))


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def sheet_texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@dataclass(frozen=True)
class Letter:
    """One character where it is printed; lengths in points from the lower left corner."""

    sheet: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


def letters_of(content: bytes) -> Iterator[Letter]:
    """Yield every visible character with its tight box and its size in points."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                character = chr(pdfium.FPDFText_GetUnicode(text, index))
                if character.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
                    continue
                left, bottom, right, top = text.get_charbox(index)
                matrix = pdfium.FS_MATRIX()
                pdfium.FPDFText_GetMatrix(text, index, matrix)
                scale = abs(matrix.d) or abs(matrix.b)
                size = pdfium.FPDFText_GetFontSize(text, index) * scale
                yield Letter(number, character, left, bottom, right, top, size)
    finally:
        document.close()


def find_overlaps(content: bytes) -> list[tuple[Letter, Letter]]:
    """Return the letters that stand on another one."""
    rows: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters_of(content):
        if letter.size < WATERMARK:
            for band in range(int(letter.bottom // 12), int(letter.top // 12) + 1):
                rows[letter.sheet, band].append(letter)
    found = []
    for letters in rows.values():
        ordered = sorted(letters, key=lambda letter: letter.left)
        for number, one in enumerate(ordered):
            for other in ordered[number + 1 :]:
                if other.left >= one.right:
                    break
                wide = min(one.right, other.right) - other.left
                high = min(one.top, other.top) - max(one.bottom, other.bottom)
                # Kerned neighbours touch; what lies on top of another shares more than that.
                if wide >= 1.2 and high >= 1.2:
                    found.append((one, other))
    return found


def render(content: bytes, dpi: int = 150) -> list[Image.Image]:
    """Return each sheet in grey."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def tags_of(content: bytes) -> list[tuple[str, pikepdf.Dictionary]]:
    """Return every element of the structure tree with its type, in reading order."""
    found: list[tuple[str, pikepdf.Dictionary]] = []

    def visit(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                visit(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((str(node["/S"]), node))
            if "/K" in node:
                visit(node["/K"])

    with pikepdf.open(io.BytesIO(content)) as document:
        visit(document.Root.StructTreeRoot)
        return [(kind, pikepdf.Dictionary(_plain(node))) for kind, node in found]


def _plain(node: pikepdf.Dictionary) -> dict[str, object]:
    return {key: str(value) for key, value in node.items() if isinstance(value, pikepdf.String)}
