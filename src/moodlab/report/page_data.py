"""The page's text as the typst template reads it: JSON, so that nothing in it can be markup."""

from typing import Any

from moodlab.charts.page import PANEL_WIDTH
from moodlab.i18n import translate
from moodlab.report.page.blocks import MetricRow, PageText, Table
from moodlab.theme import FONT_FAMILY, PRINT

# Room to fill in by hand, in millimetres.
_NAME_BLANK, _BORN_BLANK = 42, 24


def page_data(
    page: PageText, language: str, *, paper_name: str, page_width: float
) -> dict[str, Any]:
    """Return what ``page.typ`` reads: plain values only, lengths in millimetres."""
    blanks = (_NAME_BLANK, _BORN_BLANK, 0, 0)
    return {
        "paper": paper_name,
        "page_width": page_width,
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
