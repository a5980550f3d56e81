"""What the calendar looks like: nothing is told by colour alone, the ramp is even (ux §2.4)."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from moodlab.domain.ratings import DayState
from moodlab.theme import DARK, LIGHT, MORE_CONTRAST, SCREEN_THEMES, Theme
from moodlab.ui.history.calendar.cells import DayCell, Mark
from moodlab.ui.history.calendar.drawing import paint_cell, paint_small_cell
from moodlab.ui.history.calendar.grid import DayGrid
from moodlab.ui.history.calendar.month import MonthGrid
from moodlab.ui.history.calendar.year import YearGrid
from moodlab.ui.look.style import apply_look, look
from tests.moments import TODAY
from tests.ui.test_accessibility import contrast

RAMPS = [theme for theme in SCREEN_THEMES if theme.ramp]
FILLED = 60  # so much darker or lighter, that it is told apart in print as well
# Every kind of cell; each looks another way, whatever its colour.
KINDS = {
    "value": DayCell(Mark.VALUE, "", "6", 6),
    "late": DayCell(Mark.VALUE, "", "6", 6, is_late=True),
    "could not say": DayCell(Mark.UNABLE, "", "–"),
    "unwell": DayCell(Mark.UNWELL, "", state=DayState.UNWELL),
    "unwell with value": DayCell(Mark.VALUE, "", "6", 6, state=DayState.UNWELL),
    "paused": DayCell(Mark.PAUSED, "", state=DayState.PAUSED),
    "paused with value": DayCell(Mark.VALUE, "", "6", 6, state=DayState.PAUSED),
    "empty": DayCell(Mark.EMPTY, ""),
    "not asked": DayCell(Mark.NOT_ASKED, ""),
    "to come": DayCell(Mark.TO_COME, ""),
    "event": DayCell(Mark.EMPTY, "", has_event=True),
    "today": DayCell(Mark.EMPTY, "", is_today=True),
    "part": DayCell(Mark.VALUE, "", "3/7", share=3 / 7),
    "whole": DayCell(Mark.VALUE, "", "7/7", share=1.0),
    "none": DayCell(Mark.VALUE, "", "no", share=0.0),
    "late whole": DayCell(Mark.VALUE, "", "7/7", share=1.0, is_late=True),
}


@pytest.fixture(params=SCREEN_THEMES, ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest, app) -> Iterator[Theme]:
    apply_look(app, request.param.name, 100)
    yield request.param
    apply_look(app, "light", 100)


def picture(cell: DayCell, *, is_small: bool, size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(look().color("window"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(2, 2, size - 4, size - 4)
    if is_small:
        paint_small_cell(painter, area, cell)
    else:
        paint_cell(painter, area, cell, "4")
    painter.end()
    return image


def shape(image: QImage) -> frozenset[tuple[int, int]]:
    """Where the picture changes from one pixel to the next, in grey as it is printed."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return frozenset(
        (x, y)
        for y in range(grey.height() - 1)
        for x in range(grey.width() - 1)
        if max(
            abs(grey.pixelColor(x, y).value() - grey.pixelColor(x + 1, y).value()),
            abs(grey.pixelColor(x, y).value() - grey.pixelColor(x, y + 1).value()),
        )
        > 12
    )


@pytest.mark.parametrize(("is_small", "size"), [(False, 56), (True, 18)], ids=["month", "year"])
def test_every_kind_of_day_is_told_apart_without_colour(
    theme: Theme, is_small: bool, size: int
) -> None:
    pictures = {name: picture(cell, is_small=is_small, size=size) for name, cell in KINDS.items()}
    shapes = {name: shape(image) for name, image in pictures.items()}
    greys = {name: grey(image) for name, image in pictures.items()}

    alike = [
        (one, other)
        for one in shapes
        for other in shapes
        if one < other
        and len(shapes[one] ^ shapes[other]) < size // 5
        and abs(greys[one] - greys[other]) < FILLED
    ]
    assert alike == []


def grey(image: QImage) -> int:
    """How light it is on the whole."""
    return (
        image.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation).pixelColor(0, 0).value()
    )


def lightness(color: str) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in QColor(color).getRgbF()[:3]
    ]
    luminance = sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
    return 116 * luminance ** (1 / 3) - 16


@pytest.mark.parametrize("theme", RAMPS, ids=lambda theme: theme.name)
def test_the_ramp_has_one_hue_and_even_steps_away_from_the_window(theme: Theme) -> None:
    steps = [lightness(color) for color in theme.ramp]
    hues = [QColor(color).hue() for color in theme.ramp]

    assert len(steps) == 11
    gaps = [after - before for before, after in itertools.pairwise(steps)]
    assert all(abs(gap) == pytest.approx(7.2 if theme is LIGHT else 7.0, abs=0.5) for gap in gaps)
    assert all((gap > 0) is theme.is_dark for gap in gaps)
    assert max(hues) - min(hues) <= 20


def test_more_contrast_drops_fills_and_keeps_numbers() -> None:
    assert MORE_CONTRAST.ramp == ()
    assert LIGHT.ramp
    assert DARK.ramp


@pytest.mark.parametrize("level", range(11))
def test_a_number_can_be_read_on_every_step(theme: Theme, level: int) -> None:
    image = picture(DayCell(Mark.VALUE, "", str(level), level), is_small=False, size=56)
    ground = image.pixel(46, 46)
    ink = max(
        (image.pixel(x, y) for x in range(20, 40) for y in range(24, 46)),
        key=lambda color: contrast(color, ground),
    )

    assert contrast(ink, ground) >= 4.5
    assert (ground == QColor(theme.ramp[level]).rgb()) if theme.ramp else True


@pytest.mark.parametrize("kind", [MonthGrid, YearGrid])
@pytest.mark.parametrize("width", [300, 480, 740, 1200])
@pytest.mark.parametrize("first_weekday", [0, 6])
def test_every_day_has_its_own_place_inside_and_is_found_there(
    app, kind: type[DayGrid], width: int, first_weekday: int
) -> None:
    grid = kind(first_weekday)
    last = 31 if kind is MonthGrid else 365
    cells = {
        TODAY.replace(month=3 if kind is MonthGrid else 1, day=1).fromordinal(
            TODAY.replace(month=3 if kind is MonthGrid else 1, day=1).toordinal() + number
        ): KINDS["empty"]
        for number in range(last)
    }
    grid.show_cells(cells, TODAY)
    grid.resize(width, 10)
    grid.setFixedHeight(grid.height_for(width))
    places = {day: grid.area_of(day) for day in cells}

    inside = QRectF(grid.rect())
    assert [day for day, area in places.items() if not inside.contains(area)] == []
    assert [day for day, area in places.items() if grid.day_at(area.center()) != day] == []
    assert min(area.width() for area in places.values()) >= 12
    assert grid.day_at(QPointF(-5, -5)) is None
    weekday = (places[TODAY].left(), TODAY.weekday())
    same = [day for day, area in places.items() if (area.left(), day.weekday()) == weekday]
    assert len(same) >= 4
    grid.deleteLater()
