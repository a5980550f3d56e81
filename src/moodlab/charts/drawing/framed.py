"""A chart as a file that can stand by itself: with its question, its subject and its days."""

import re
from html import escape
from io import BytesIO
from typing import Any, NamedTuple

from moodlab.charts.chart import Chart
from moodlab.charts.drawing.render import to_pixels, to_svg
from moodlab.charts.drawing.sheet import SCREEN, Sheet
from moodlab.theme import LIGHT, Theme

MARGIN, HEAD = 18.0, 44.0  # in points
_TITLE_PT, _LINE_PT = 13.0, 9.0
_DPI = 192
_FAMILY = "Inter, sans-serif"


class Framed(NamedTuple):
    """What is saved: a chart's result, drawn `width` points wide, with the line under its title."""

    chart: Chart
    result: Any
    line: str
    width: float
    theme: Theme = LIGHT

    @property
    def height(self) -> float:
        """The height of the chart alone, in points."""
        return self.chart.measure(self.result, self.width)


def framed_png(framed: Framed) -> bytes:
    """Return the chart with its head and a margin as PNG, two pixels for each of the screen's."""
    import numpy as np
    from matplotlib.image import imsave

    def draw_head(figure: Any) -> Any:
        sheet = Sheet(figure, framed.theme, SCREEN)
        sheet.write(0, 10, framed.chart.shown_title, size=_TITLE_PT, strong=True)
        sheet.write(0, 28, framed.line, size=_LINE_PT, color=framed.theme.muted)
        return None

    def draw_chart(figure: Any) -> Any:
        return framed.chart.draw(figure, framed.result, framed.theme)

    rows = [
        np.frombuffer(pixels.rgba, dtype=np.uint8).reshape(pixels.height, pixels.width, 4)
        for pixels in (
            to_pixels(framed.width, HEAD, draw_head, _DPI),
            to_pixels(framed.width, framed.height, draw_chart, _DPI),
        )
    ]
    whole = np.vstack(rows)
    edge = round(MARGIN * _DPI / 72)
    paper = np.empty((whole.shape[0] + 2 * edge, whole.shape[1] + 2 * edge, 4), dtype=np.uint8)
    paper[:] = whole[0, -1]
    paper[edge:-edge, edge:-edge] = whole
    buffer = BytesIO()
    imsave(buffer, paper, format="png", dpi=_DPI, metadata={"Software": "MoodLab"})
    return buffer.getvalue()


def framed_svg(framed: Framed) -> bytes:
    """Return the chart with its head and a margin as SVG; its description is the chart's own."""
    drawn = to_svg(
        framed.width,
        framed.height,
        lambda figure: framed.chart.draw(figure, framed.result, framed.theme),
    ).decode()
    inner = re.sub(
        r'(<svg\b[^>]*?)\s+width="[^"]*"',
        rf'\1 x="{MARGIN:g}" y="{MARGIN + HEAD:g}" width="{framed.width:g}"',
        drawn[drawn.index("<svg") :],
        count=1,
    )
    inner = re.sub(
        r'(<svg\b[^>]*?)\s+height="[^"]*"', rf'\1 height="{framed.height:g}"', inner, count=1
    )
    width, height = framed.width + 2 * MARGIN, framed.height + HEAD + 2 * MARGIN
    title, line = escape(framed.chart.shown_title), escape(framed.line)
    theme = framed.theme
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- MoodLab -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"\
 width="{width:g}pt" height="{height:g}pt" viewBox="0 0 {width:g} {height:g}">
<title>{title}</title>
<desc>{escape(framed.chart.describe(framed.result))}</desc>
<rect width="100%" height="100%" fill="{theme.window}"/>
<text x="{MARGIN:g}" y="{MARGIN + 14:g}" font-family="{_FAMILY}" font-size="{_TITLE_PT:g}"\
 font-weight="600" fill="{theme.text}">{title}</text>
<text x="{MARGIN:g}" y="{MARGIN + 31:g}" font-family="{_FAMILY}" font-size="{_LINE_PT:g}"\
 fill="{theme.muted}">{line}</text>
{inner}
</svg>
""".encode()
