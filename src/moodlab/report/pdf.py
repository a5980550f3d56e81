"""The page as PDF and as preview: one typst document, drawn once, tagged and reproducible."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from moodlab.charts.page import (
    LABS_HEIGHT,
    LOWEST_LABS,
    PANEL_WIDTH,
    PagePanel,
    draw_panels,
    fixed_heights,
)
from moodlab.i18n import translate
from moodlab.report.glyphs import printable_model
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import MetricRow, PageText, Table
from moodlab.report.page.words import write_page
from moodlab.report.typesetting import PAPERS, Document, PrintedPage, make_compiler
from moodlab.theme import FONT_FAMILY, PRINT

# Millimetres: what the page's margins leave of its height.
_MARGINS = 11.0 + 15.2
_SPARE = 0.6
_NAMES = 9.0
# Room to fill in by hand, in millimetres.
_NAME_BLANK, _BORN_BLANK = 38, 22
LOWEST_ROW, COMFORTABLE_ROW, HIGHEST_ROW = 8.8, 15.0, 24.0


def write_pdf(model: ReportModel, paper: str = "a4") -> PrintedPage:
    """Return the page as a PDF/A-2a and PDF/UA-1 file: the same bytes for the same model."""
    return typeset(model, paper).to_pdf()


@dataclass(frozen=True, slots=True)
class PageDocument(Document):
    """The typeset page, with all text that it says."""

    page: PageText


def typeset(model: ReportModel, paper: str = "a4") -> PageDocument:
    """Measure the texts, draw the panels in the remaining room, and typeset the page."""
    model, warnings = printable_model(model)
    page = write_page(model)
    shown = [row.id for row in page.rows]
    if model.options.is_large:
        return _typeset_large(model, page, warnings, paper)
    _, width, height = PAPERS[paper]
    fixed = fixed_heights(model.overview) if model.has_summary else {}
    data = _page_data(page, model.language, paper_name=PAPERS[paper][0], page_width=width)
    compiler, measures = _measure(data, shown, fixed)
    room = height - _MARGINS - _SPARE - measures["front"]
    count, panel_height = share_room(room, measures["rows"])
    labs_height = fixed.get("labs", 0.0)
    if labs_height and panel_height < COMFORTABLE_ROW:
        # On a dense page, the panel of blood results shrinks first.
        room += labs_height - LOWEST_LABS
        count, panel_height = share_room(room, measures["rows"])
        labs_height = LOWEST_LABS
    if count < len(shown) and any(row.spans != row.short_spans for row in page.rows):
        # What else is dispensable in the rows goes on to the details.
        data = _without_unable(data, page)
        compiler, measures = _measure(
            data, shown, fixed | {"labs": labs_height} if labs_height else fixed
        )
        room = height - _MARGINS - _SPARE - measures["front"]
        count, panel_height = share_room(room, measures["rows"])
    if model.options.is_one_sheet and count < len(shown):
        # What finds no room has no other sheet: it is named, which takes a line or two.
        room -= _NAMES
        count, panel_height = share_room(room, measures["rows"])
        data["rows_left_out"] = translate(
            "page", "Ratings that are not on this sheet: {names}."
        ).format(names=", ".join(row.name for row in page.rows[count:]))
        warnings = (*warnings, data["rows_left_out"])
        data["rows"], measures["rows"] = data["rows"][:count], measures["rows"][:count]
    panels = (
        draw_panels(model.overview, shown, panel_height, labs_height) if model.has_summary else {}
    )
    for number, (row, natural) in enumerate(zip(data["rows"], measures["rows"], strict=True)):
        row["further"] = number >= count
        row["height"] = max(panel_height, natural)
    inputs = {"data": json.dumps(data), "panels": _dump(panels), "measure": "no"}
    moment = datetime.combine(model.data_up_to, time(0), UTC)
    return PageDocument(warnings, compiler, inputs, moment, page)


def _without_unable(data: dict[str, Any], page: PageText) -> dict[str, Any]:
    """Return the page's data with shorter words beside the panels."""
    rows = [
        {**given, "spans": row.short_spans}
        for given, row in zip(data["rows"], page.rows, strict=True)
    ]
    details = list(data["details"])
    if page.unable is not None and page.details:
        details.append(_table(page.unable))
    return {**data, "rows": rows, "details": details}


def _typeset_large(
    model: ReportModel, page: PageText, warnings: tuple[str, ...], paper: str
) -> PageDocument:
    """Typeset the same blocks in large print, each as wide as the sheet, on as many as it takes."""
    shown = [row.id for row in page.rows]
    name, width, _ = PAPERS[paper]
    data = _page_data(page, model.language, paper_name=name, page_width=width)
    data["large"] = True
    panels = (
        draw_panels(model.overview, shown, COMFORTABLE_ROW, LABS_HEIGHT)
        if model.has_summary
        else {}
    )
    inputs = {"data": json.dumps(data), "panels": _dump(panels), "measure": "no"}
    moment = datetime.combine(model.data_up_to, time(0), UTC)
    return PageDocument(warnings, make_compiler("page.typ", inputs), inputs, moment, page)


def _dump(panels: Mapping[str, PagePanel]) -> str:
    return json.dumps(
        {
            name: {"svg": panel.svg.decode(), "height": panel.height_mm, "alt": panel.alt}
            for name, panel in panels.items()
        }
    )


def share_room(room: float, natural: Sequence[float]) -> tuple[int, float]:
    """Return how many rows fit into `room`, and the height of their panels; all in millimetres.

    Panels are alike, 8.8 to 24 mm; a row whose words need more is as high as its words. Rows that
    don't fit are left out at the end.
    """
    count = len(natural)
    while count and sum(max(LOWEST_ROW, each) for each in natural[:count]) > room:
        count -= 1
    low, high = LOWEST_ROW, HIGHEST_ROW
    for _ in range(30):
        middle = (low + high) / 2
        if sum(max(middle, each) for each in natural[:count]) <= room:
            low = middle
        else:
            high = middle
    # Rounded down to a tenth, so that a rounding error can't move anything.
    return count, int(low * 10) / 10


def _measure(
    data: dict[str, Any], rows: Sequence[str], fixed: Mapping[str, float]
) -> tuple[Any, dict[str, Any]]:
    """Return a compiler and the room that texts need, in mm: ``front`` (without rows), ``rows``."""
    panels = {
        **{row: _blank(LOWEST_ROW) for row in rows},
        **{name: _blank(height) for name, height in fixed.items()},
    }
    inputs = {"data": json.dumps(data), "panels": json.dumps(panels), "measure": "yes"}
    compiler = make_compiler("page.typ", inputs)
    measures = json.loads(compiler.query("<measures>", field="value", one=True))
    return compiler, measures


def _blank(height: float) -> dict[str, Any]:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PANEL_WIDTH}mm" height="{height}mm"'
        f' viewBox="0 0 {PANEL_WIDTH} {height}"></svg>'
    )
    return {"svg": svg, "height": height, "alt": "blank"}


def _page_data(
    page: PageText, language: str, *, paper_name: str, page_width: float
) -> dict[str, Any]:
    """Return what ``page.typ`` reads: JSON, so that no text can be markup. In millimetres."""
    blanks = (_NAME_BLANK, _BORN_BLANK, 0, 0)
    return {
        "paper": paper_name,
        "page_width": page_width,
        "large": False,
        "rows_left_out": "",
        "panel_width": PANEL_WIDTH,
        "font": FONT_FAMILY,
        "language": language,
        "theme": {
            "text": PRINT.text,
            "muted": PRINT.muted,
            "hairline": PRINT.hairline,
            "line": PRINT.data_line,
            "band": PRINT.band,
            "gap": PRINT.gap_hatch,
            "plain": PRINT.range_band,
            "watermark": PRINT.accent_soft,
        },
        "document_title": page.document_title,
        "title": page.title,
        "example": page.example,
        "watermark": translate("page", "EXAMPLE"),
        "identity": [
            {"label": label, "value": value, "blank": blank}
            for (label, value), blank in zip(page.identity, blanks, strict=True)
        ],
        "glance_heading": page.glance_heading,
        "glance": [{"label": label, "sentence": sentence} for label, sentence in page.glance],
        "legend": [{"mark": entry.mark, "text": entry.text} for entry in page.legend],
        "row_heads": page.row_heads,
        "rows": [_row(row) for row in page.rows],
        "too_few_days": page.too_few_days,
        "day_list": page.day_list and _table(page.day_list),
        "labs_panel": page.labs_panel,
        "treatments": page.treatments,
        "treatments_left_out": page.treatments_left_out,
        "events": page.events,
        "coverage": page.coverage,
        "labs": _table(page.labs),
        "labs_left_out": page.labs_left_out,
        "questions_heading": page.questions_heading,
        "questions": page.questions,
        "notes_heading": page.notes_heading,
        "notes": page.notes,
        "how_to_read": page.how_to_read,
        "purpose": page.purpose,
        "details_heading": page.details_heading,
        "details": [_table(table) for table in page.details],
        "footer": page.footer,
        "page_of": translate("page", "page {page} of {pages}"),
    }


def _row(row: MetricRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "direction": row.direction,
        "spans": row.spans,
        "recent": {"figures": row.recent.figures, "n": row.recent.n},
        "previous": {"figures": row.previous.figures, "n": row.previous.n},
        "further": False,
        "height": 0,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "heading": table.heading,
        "heads": table.heads,
        "rows": table.rows,
        "shares": table.shares,
        "remark": table.remark,
    }
