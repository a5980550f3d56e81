"""The page as plain text: the same sentences in the same order, for mail and terminal."""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from moodlab.i18n import translate
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import Middle, PageText, Table
from moodlab.report.page.words import write_page

WIDTH = 80
_LONGEST_WORD, _SHORT_CELL = 20, 16


def write_text(model: ReportModel) -> str:
    """Return the page as plain text of at most 80 columns, ending in a newline.

    People's own words are quoted or in a table; terminal control characters are removed.
    """
    lines = (line.rstrip() for line in _page(write_page(model)))
    return "\n".join(lines).strip("\n") + "\n"


def _page(page: PageText) -> Iterator[str]:
    yield page.title
    yield "=" * _width(page.title)
    if page.example:
        yield page.example
    for label, value in page.identity:
        if value:
            yield from _wrap(f"{label}: {value}")
    yield from _heading(page.glance_heading)
    for label, sentence in page.glance:
        yield from _wrap(f"{label}: {sentence}", hanging="  ")
    if page.day_list is not None:
        yield ""
        yield page.too_few_days
        yield from _table(page.day_list)
    if page.rows:
        yield from _ratings(page)
    if page.treatments[0]:
        yield from _heading(page.treatments[0])
        yield from _wrap(page.treatments[1])
    if page.treatments_left_out:
        yield page.treatments_left_out
    if page.labs.heading:
        yield from _table(page.labs)
    if page.labs_left_out:
        yield from _wrap(page.labs_left_out)
    if page.questions_heading:
        yield from _list(page.questions_heading, page.questions)
    if page.notes:
        yield from _list(page.notes_heading, page.notes)
    yield from _heading(page.how_to_read[0])
    yield from _wrap(page.how_to_read[1])
    yield ""
    yield from _wrap(page.purpose)
    if page.details:
        yield from _heading(page.details_heading)
    for table in page.details:
        yield from _table(table)
    yield ""
    yield page.footer


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * _width(text)


def _ratings(page: PageText) -> Iterator[str]:
    table = Table(
        heading=page.row_heads[0],
        heads=(
            translate("page", "Rating"),
            *page.row_heads[1:],
            translate("page", "Lowest–highest"),
        ),
        rows=tuple(
            (
                f"{row.name}, {row.direction}",
                _middle(row.recent),
                _middle(row.previous),
                ", ".join(row.spans),
            )
            for row in page.rows
        ),
        shares=(26, 17, 17, 20),
    )
    yield from _table(table)


def _middle(middle: Middle) -> str:
    return f"{middle.figures}, {middle.n}" if middle.figures else middle.n


def _list(heading: str, texts: Sequence[str]) -> Iterator[str]:
    yield from _heading(heading)
    if not texts:
        yield translate("page", "(nothing written down)")
    for text in texts:
        yield from _wrap(f"- {text}", hanging="  ")


def _table(table: Table) -> Iterator[str]:
    yield from _heading(table.heading)
    yield from _wrap(table.remark) if table.remark else ()
    if not table.rows:
        return
    columns = [
        [_clean(cell) for cell in column] for column in zip(table.heads, *table.rows, strict=True)
    ]
    for gap in ("  ", " "):
        if widths := _column_widths(columns, WIDTH - len(gap) * (len(columns) - 1)):
            yield from _row(table.heads, widths, gap)
            yield gap.join("-" * width for width in widths)
            for row in table.rows:
                yield from _row(row, widths, gap)
            return
    yield from _as_paragraphs(table)


def _column_widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return widths that keep words and dates whole; empty if there is no room for that."""
    natural = [max(map(_width, column)) for column in columns]
    if sum(natural) <= room:
        return natural
    words = [
        min(_LONGEST_WORD, max(map(_width, " ".join(column).split()), default=1))
        for column in columns
    ]
    whole = [
        width if width <= _SHORT_CELL else word for width, word in zip(natural, words, strict=True)
    ]
    widths = whole if sum(whole) <= room else words
    if sum(widths) > room:
        return []
    # The remaining room goes step by step to the column that needs most.
    while (spare := room - sum(widths)) > 0:
        lacking = [width - given for width, given in zip(natural, widths, strict=True)]
        at = lacking.index(max(lacking))
        widths[at] += min(spare, max(1, lacking[at] // 2))
    return widths


def _as_paragraphs(table: Table) -> Iterator[str]:
    for row in table.rows:
        pairs = (f"{head}: {cell}" for head, cell in zip(table.heads, row, strict=True))
        yield from _wrap("; ".join(pairs), hanging="    ")


def _row(cells: Sequence[str], widths: Sequence[int], gap: str) -> Iterator[str]:
    columns = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(len(column) for column in columns)):
        parts = [
            _pad(column[number] if number < len(column) else "", width)
            for column, width in zip(columns, widths, strict=True)
        ]
        yield gap.join(parts)


def _wrap(text: str, width: int = WIDTH, hanging: str = "") -> list[str]:
    lines = textwrap.wrap(_clean(text), width, subsequent_indent=hanging, break_on_hyphens=False)
    return lines or [""]


def _clean(text: str) -> str:
    """Return `text` on one line, without control characters and changes of reading direction."""
    return " ".join(
        "".join(
            " " if character in "\n\t\r" else character
            for character in text
            if character in "\n\t\r\u200d" or unicodedata.category(character) not in ("Cc", "Cf")
        ).split()
    )


def _width(text: str) -> int:
    """Return the columns that `text` takes; East Asian letters take two."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(bool(unicodedata.combining(letter)) for letter in text)


def _pad(text: str, width: int) -> str:
    return text + " " * max(0, width - _width(text))
