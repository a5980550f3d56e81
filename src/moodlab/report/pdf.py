"""The page as PDF and as its preview: one typst document, drawn once, tagged and reproducible."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from moodlab import assets
from moodlab.charts.page import LOWEST_LABS, PANEL_WIDTH, draw_panels, fixed_heights
from moodlab.i18n import translate
from moodlab.report.glyphs import printable_model
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import PageText
from moodlab.report.page.words import write_page
from moodlab.report.page_data import page_data

# Millimetres: the sheet, and what the page's margins leave of its height.
PAPERS = {"a4": ("a4", 210.0, 297.0), "letter": ("us-letter", 215.9, 279.4)}
_MARGINS = 11.0 + 15.2
_SPARE = 0.6
LOWEST_ROW, COMFORTABLE_ROW, HIGHEST_ROW = 9.6, 15.0, 24.0
# PDF/A-2a keeps for decades, PDF/UA-1 reads aloud; typst writes both at once.
STANDARDS = ["a-2a", "ua-1"]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A finished PDF, and sentences about what could not be printed as it stands."""

    content: bytes
    warnings: tuple[str, ...]


def write_pdf(model: ReportModel, paper: str = "a4") -> PrintedPage:
    """Return the page as a PDF/A-2a and PDF/UA-1 file: the same bytes for the same model."""
    return typeset(model, paper).to_pdf()


@dataclass(frozen=True, slots=True)
class PageDocument:
    """The page, set and drawn: preview and file are two prints of it.

    `warnings` are sentences about characters that could not be printed as they stand.
    """

    page: PageText
    warnings: tuple[str, ...]
    _compiler: Any
    _inputs: Mapping[str, str]
    _moment: datetime

    def to_pdf(self) -> PrintedPage:
        """Return the PDF; an untagged one, and a warning, where the standards can't be met."""
        import typst

        try:
            return PrintedPage(self._compile("pdf", pdf_standards=STANDARDS), self.warnings)
        except typst.TypstError:
            # Better an untagged page than none: the person may be on the way to the doctor.
            untagged = translate(
                "page",
                "The page was saved without the marks that screen readers and archives need.",
            )
            return PrintedPage(self._compile("pdf"), (*self.warnings, untagged))

    def to_png(self, dpi: float) -> list[bytes]:
        """Return each sheet as PNG bytes."""
        pictures = self._compile("png", ppi=dpi)
        return [pictures] if isinstance(pictures, bytes) else list(pictures)

    def _compile(self, kind: str, **options: Any) -> Any:
        return self._compiler.compile(
            format=kind, sys_inputs=dict(self._inputs), timestamp=self._moment, **options
        )


def typeset(model: ReportModel, paper: str = "a4") -> PageDocument:
    """Measure the texts, draw the panels into the room that is left, and set the page."""
    model, warnings = printable_model(model)
    page = write_page(model)
    shown = [row.id for row in page.rows]
    _, width, height = PAPERS[paper]
    fixed = fixed_heights(model.overview) if page.rows else {}
    data = page_data(page, model.language, paper_name=PAPERS[paper][0], page_width=width)
    compiler, measures = _measure(data, shown, fixed)
    room = height - _MARGINS - _SPARE - measures["front"]
    count, panel_height = share_room(room, measures["rows"])
    labs_height = fixed.get("labs", 0.0)
    if labs_height and panel_height < COMFORTABLE_ROW:
        # A dense page: the blood results give way first.
        count, panel_height = share_room(room + labs_height - LOWEST_LABS, measures["rows"])
        labs_height = LOWEST_LABS
    panels = draw_panels(model.overview, shown, panel_height, labs_height) if shown else {}
    for number, (row, natural) in enumerate(zip(data["rows"], measures["rows"], strict=True)):
        row["further"] = number >= count
        row["height"] = max(panel_height, natural)
    drawings = {
        name: {"svg": panel.svg.decode(), "height": panel.height_mm, "alt": panel.alt}
        for name, panel in panels.items()
    }
    inputs = {"data": json.dumps(data), "panels": json.dumps(drawings), "measure": "no"}
    moment = datetime.combine(model.data_up_to, time(0), UTC)
    return PageDocument(page, warnings, compiler, inputs, moment)


def share_room(room: float, natural: Sequence[float]) -> tuple[int, float]:
    """Return how many rows fit into `room`, and the height of their panels; all in millimetres.

    Panels are alike, 9.6 to 24 mm; a row whose words need more is as high as its words. Rows that
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
    # To a tenth below, so that neither rounding nor a font's last bit moves anything.
    return count, int(low * 10) / 10


def _compiler(inputs: Mapping[str, str]) -> Any:
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(assets.path("fonts"))],
    )
    return typst.Compiler(
        str(assets.path("report", "page.typ")), font_paths=fonts, sys_inputs=dict(inputs)
    )


def _measure(
    data: dict[str, Any], rows: Sequence[str], fixed: Mapping[str, float]
) -> tuple[Any, dict[str, Any]]:
    """Return a compiler and the room that texts need, in mm: ``front`` (without rows), ``rows``."""
    panels = {
        **{row: _blank(LOWEST_ROW) for row in rows},
        **{name: _blank(height) for name, height in fixed.items()},
    }
    inputs = {"data": json.dumps(data), "panels": json.dumps(panels), "measure": "yes"}
    compiler = _compiler(inputs)
    measures = json.loads(compiler.query("<measures>", field="value", one=True))
    return compiler, measures


def _blank(height: float) -> dict[str, Any]:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PANEL_WIDTH}mm" height="{height}mm"'
        f' viewBox="0 0 {PANEL_WIDTH} {height}"></svg>'
    )
    return {"svg": svg, "height": height, "alt": "blank"}
