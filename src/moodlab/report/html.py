"""The page as HTML: one file with the same sentences and drawings that loads nothing.

All text is escaped. The file's own policy forbids scripts and connections.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from moodlab import assets
from moodlab.charts.page import LABS_HEIGHT, PagePanel, draw_panels
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import Legend, MetricRow, PageText, Table
from moodlab.report.page.words import write_page

PANEL_HEIGHT = 15.0
_FORBID = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_html(model: ReportModel) -> str:
    """Return the page as one HTML document that needs no other file and no network."""
    page = write_page(model)
    shown = [row.id for row in page.rows]
    panels = (
        draw_panels(model.overview, shown, PANEL_HEIGHT, LABS_HEIGHT) if model.has_summary else {}
    )
    style = assets.path("report", "page.css").read_text(encoding="utf-8")
    body = "\n".join(_page(page, _Drawings(panels)))
    return (
        f'<!doctype html>\n<html lang="{escape(model.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_FORBID}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(page.document_title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


class _Drawings:
    """Inserts drawings into the document and keeps their ids apart."""

    def __init__(self, panels: Mapping[str, PagePanel]) -> None:
        self._panels = panels

    def place(self, name: str) -> str:
        """Return the drawing called `name` as a figure, or an empty text."""
        panel = self._panels.get(name)
        if panel is None:
            return ""
        svg = panel.svg.decode()
        svg = svg[svg.index("<svg") :]
        svg = re.sub(r'\bid="', f'id="{name}-', svg)
        svg = re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg)
        svg = svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
        return f'<div class="drawing" role="img" aria-label="{_text(panel.alt)}">{svg}</div>'


def _page(page: PageText, drawings: _Drawings) -> Iterator[str]:
    yield f"<header><h1>{_text(page.title)}</h1>"
    if page.example:
        yield f'<p class="example">{_text(page.example)}</p>'
    yield _pairs([pair for pair in page.identity if pair[1]], "identity")
    yield f"</header>\n<main>\n<h2>{_text(page.glance_heading)}</h2>"
    yield _pairs(page.glance, "glance")
    if page.day_list is not None:
        yield f"<p>{_text(page.too_few_days)}</p>"
        yield from _table(page.day_list)
    if page.day_list is None:
        yield from _ratings(page, drawings)
    if page.treatments[0]:
        yield f"<h2>{_text(page.treatments[0])}</h2>\n<p>{_text(page.treatments[1])}</p>"
    if page.treatments_left_out:
        yield f"<p>{_text(page.treatments_left_out)}</p>"
    yield drawings.place("treatments")
    yield from (f"<h2>{_text(text)}</h2>" for text in page.events[:1])
    yield from (f"<p>{_text(text)}</p>" for text in page.events[1:])
    yield drawings.place("events")
    yield from (f"<h2>{_text(text)}</h2>" for text in page.coverage[:1])
    yield from (f"<p>{_text(text)}</p>" for text in page.coverage[1:])
    yield drawings.place("coverage")
    if page.labs.heading:
        yield from _table(page.labs)
    if page.labs_left_out:
        yield f"<p>{_text(page.labs_left_out)}</p>"
    yield from _list(page.questions_heading, page.questions)
    yield from _list(page.notes_heading, page.notes)
    yield f"<h2>{_text(page.how_to_read[0])}</h2>\n<p>{_text(page.how_to_read[1])}</p>"
    yield f"<p>{_text(page.purpose)}</p>"
    if page.details:
        yield f"<h2>{_text(page.details_heading)}</h2>"
    for table in page.details:
        yield from _table(table, "h3")
    yield f"</main>\n<footer>{_text(page.footer)}</footer>"


def _ratings(page: PageText, drawings: _Drawings) -> Iterator[str]:
    yield f"<h2>{_text(page.row_heads[0])}</h2>"
    yield _legend(page.legend)
    yield '<div class="rows">'
    yield f'<section class="row"><div></div>{drawings.place("dates")}</section>'
    for row in page.rows:
        yield from _row(row, page.row_heads, drawings)
    if labs := drawings.place("labs"):
        words = "".join(f"<p>{_text(text)}</p>" for text in page.labs_panel)
        yield f'<section class="row"><div>{words}</div>{labs}</section>'
    yield "</div>"


def _row(row: MetricRow, heads: Sequence[str], drawings: _Drawings) -> Iterator[str]:
    yield f'<section class="row"><div><h3>{_text(row.name)}</h3><p>{_text(row.direction)}</p>'
    for head, middle in zip(heads[1:], (row.recent, row.previous), strict=True):
        figures = f"<strong>{_text(middle.figures)}</strong> " if middle.figures else ""
        yield f"<p>{_text(head)}: {figures}{_text(middle.n)}</p>"
    yield "".join(f"<p>{_text(span)}</p>" for span in row.spans if span)
    yield f"</div>{drawings.place(row.id)}</section>"


def _legend(legend: Sequence[Legend]) -> str:
    items = "".join(f"<li class={_quoted(entry.mark)}>{_text(entry.text)}</li>" for entry in legend)
    return f'<ul class="legend">{items}</ul>'


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'


def _pairs(pairs: Sequence[tuple[str, str]], kind: str) -> str:
    items = "".join(f"<dt>{_text(label)}</dt><dd>{_text(text)}</dd>" for label, text in pairs)
    return f'<dl class="{kind}">{items}</dl>'


def _list(heading: str, texts: Sequence[str]) -> Iterator[str]:
    if heading and texts:
        items = "".join(f"<li>{_text(text)}</li>" for text in texts)
        yield f"<h2>{_text(heading)}</h2>\n<ul>{items}</ul>"


def _table(table: Table, heading: str = "h2") -> Iterator[str]:
    yield f"<{heading}>{_text(table.heading)}</{heading}>"
    if table.remark:
        yield f"<p>{_text(table.remark)}</p>"
    if not table.rows:
        return
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in table.heads)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table>"


def _text(text: str) -> str:
    """Return a person's text escaped and without characters that change the reading direction."""
    return escape(_BIDI.sub("", text)).replace("\n", "<br>")
