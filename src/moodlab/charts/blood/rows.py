"""The blood results under the overview: CRP first, then one panel for each other substance."""

from moodlab.analysis.lab_marks import LabMarks
from moodlab.analysis.overview import Overview
from moodlab.charts.blood.panel import draw_lab_panel
from moodlab.charts.blood.words import legend_of
from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.fonts import shorten
from moodlab.charts.drawing.sheet import PX, Sheet
from moodlab.charts.panels.coverage_strip import write_dates
from moodlab.i18n import translate

# Nobody scrolls to the end of a longer chart; the table has all results.
MOST_PANELS = 9
_PANEL_TOP = 8 * PX
_PANEL, _OTHER_PANEL = 106 * PX, 78 * PX
_BELOW = 8 * PX
_NAME, _FIRST_LINE, _LINE = 17 * PX, 36 * PX, 17 * PX
_DATES, _MORE = 24 * PX, 22 * PX
_NAME_PT = 10.5


def shown_labs(overview: Overview) -> list[LabMarks]:
    """Return the substances that have a panel."""
    drawn = [labs for labs in (overview.labs, *overview.other_labs) if labs.marks]
    return drawn[:MOST_PANELS]


def measure_labs(overview: Overview) -> float:
    """Return the height in points of the panels, their dates, and the line about the rest."""
    shown = shown_labs(overview)
    if not shown and not _left_out(overview):
        return 0.0
    height = sum(_row(labs, first=labs is shown[0]) for labs in shown)
    return height + (_DATES if shown else 0) + (_MORE if _left_out(overview) else 0)


def draw_labs(
    sheet: Sheet, overview: Overview, axis: TimeAxis, left: float, top: float
) -> tuple[float, float]:
    """Draw the panels from `top`, their words in the `left` points; return both ends.

    The first is the end of all, the second the lower edge of the last panel.
    """
    changes = [change.day for change in overview.timeline.changes]
    shown = shown_labs(overview)
    foot = top
    for labs in shown:
        if labs is not shown[0]:
            sheet.rule(top)
        tall = _panel(labs)
        panel = sheet.place(left, top + _PANEL_TOP, axis, tall)
        draw_lab_panel(panel, labs, changes, is_example=overview.is_example)
        if labs is shown[-1]:
            write_dates(panel)
        name = shorten(labs.label, _NAME_PT, left - 8 * PX, strong=True)
        sheet.write(0, top + _NAME, name, size=_NAME_PT, strong=True)
        for row, text in enumerate(_words(labs, first=labs is shown[0])):
            line = shorten(text, sheet.medium.label, left - 8 * PX)
            sheet.write(0, top + _FIRST_LINE + row * _LINE, line, color=sheet.theme.muted)
        foot = top + _PANEL_TOP + tall
        top += _row(labs, first=labs is shown[0])
    top += _DATES if shown else 0
    if more := _left_out(overview):
        sheet.write(0, top + _MORE / 2, more, color=sheet.theme.muted)
        top += _MORE
    return top, foot


def _panel(labs: LabMarks) -> float:
    return _PANEL if labs.substance == "crp" else _OTHER_PANEL


def _row(labs: LabMarks, *, first: bool) -> float:
    words = _FIRST_LINE + len(_words(labs, first=first)) * _LINE
    return max(_PANEL_TOP + _panel(labs) + _BELOW, words)


def _words(labs: LabMarks, *, first: bool) -> list[str]:
    """Return what stands under the name: unit, how to read it, and the shapes that occur."""
    unit = (
        translate("chart", "{unit}, log scale").format(unit=labs.unit)
        if labs.unit
        else translate("chart", "log scale")
    )
    between = [translate("chart", "no line between results")] if first else []
    return [unit, *between, *legend_of(labs)]


def _left_out(overview: Overview) -> str:
    """Return how much is only in the table because it has no panel; empty if nothing is."""
    every = (overview.labs, *overview.other_labs)
    more = sum(bool(labs.marks) for labs in every) - len(shown_labs(overview))
    in_words = sum(len(labs.in_words) for labs in every)
    parts = []
    if more:
        parts.append(translate("chart", "+ {n} more tests").format(n=more))
    if in_words:
        parts.append(translate("chart", "results in words: {n}").format(n=in_words))
    if not parts:
        return ""
    return translate("chart", "{what}, in the table").format(what="; ".join(parts))
