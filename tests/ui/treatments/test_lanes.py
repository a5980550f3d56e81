"""The lanes: which days they show, what is drawn, and what a screen reader gets of it."""

import itertools
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from moodlab.domain.days import Period
from moodlab.domain.events import Event
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.ui.treatments.lane_painter import LanePainter
from moodlab.ui.treatments.lanes import Lane, LaneKind, lane_words, lanes_of
from moodlab.ui.treatments.time_axis import TimeAxis, find_period
from tests.moments import TODAY, days_ago

pytestmark = pytest.mark.usefixtures("app")
YEAR = Period.ending(TODAY, 365)


def course(first: int, last: int | None = None, taken: tuple[date, ...] = ()) -> Treatment:
    until = None if last is None else days_ago(last)
    doses = (Dose("d", days_ago(first), "50 mg"),)
    return Treatment("t", "Pill", TreatmentKind.MEDICINE, doses, until, as_needed_days=taken)


def draw(lane: Lane, period: Period = YEAR) -> QImage:
    image = QImage(365, 34, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    axis = TimeAxis(period, 365)
    LanePainter(painter, QRectF(0, 0, 365, 34), axis, TODAY).paint(lane)
    painter.end()
    return image


def inked(image: QImage) -> list[int]:
    """The columns in which something was drawn."""
    return [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) != 0xFFFFFFFF for y in range(image.height()))
    ]


def lane_of(shown: Treatment) -> Lane:
    return next(lane for lane in lanes_of([shown], [], TODAY) if lane.course is not None)


def test_a_bar_covers_the_days_of_its_course() -> None:
    columns = inked(draw(lane_of(course(100, 50))))

    assert abs(columns[0] - 264) <= 1
    assert abs(columns[-1] - 315) <= 1


def test_what_goes_on_reaches_today_and_ends_in_a_tip() -> None:
    ahead = Period(days_ago(300), TODAY + timedelta(days=64))
    running, ended = draw(lane_of(course(100)), ahead), draw(lane_of(course(100, 1)), ahead)

    def height_at(image: QImage, x: int) -> int:
        return sum(image.pixel(x, y) != 0xFFFFFFFF for y in range(image.height()))

    assert height_at(running, 250) == height_at(ended, 250)
    assert 0 < height_at(running, 304) < height_at(running, 250)
    assert height_at(ended, 299) >= height_at(ended, 250)
    assert height_at(ended, 304) == 0


def test_what_ended_before_the_axis_says_when() -> None:
    image = draw(lane_of(course(900, 800)))

    assert inked(image)
    assert inked(image)[-1] < 200


def test_single_days_are_strokes() -> None:
    image = draw(lane_of(course(100, taken=(days_ago(80), days_ago(40)))))
    high = [x for x in range(image.width()) if image.pixel(x, 17 - 5) != 0xFFFFFFFF]

    assert {abs(x - 284) <= 2 or abs(x - 324) <= 2 for x in high} == {True}


def test_events_and_appointments_have_their_own_shapes() -> None:
    event = Event("e", days_ago(100), "A cold")
    images = [
        draw(Lane(kind, "", "", events=(event,)))
        for kind in (LaneKind.EVENTS, LaneKind.APPOINTMENTS)
    ]

    filled = [image.pixelColor(264, 17).lightness() < 128 for image in images]
    assert filled == [True, False]


def test_a_lane_says_in_words_what_it_shows() -> None:
    assert lane_words(course(100, 50)) == "50 mg from 24 Nov 2025; until 13 Jan 2026"
    assert lane_words(course(100, taken=(days_ago(3),))) == (
        "50 mg from 24 Nov 2025; taken as needed on 1 days, last 1 Mar 2026"
    )


def test_the_axis_holds_what_is_known_ahead_and_all_that_was() -> None:
    old, agreed = course(3000, 2000), Event("e", date(2026, 4, 20), "Visit", is_appointment=True)

    assert find_period([old], [], TODAY, 365).first == days_ago(365)
    assert find_period([old], [], TODAY, None).first == days_ago(3000)
    assert agreed.first_day in find_period([old], [agreed], TODAY, 182)
    # One slip of the year does not squeeze all the others.
    far = Event("f", date(2190, 1, 1), "Visit")
    assert find_period([], [far], TODAY, 365).last.year == 2026


@pytest.mark.parametrize(("days", "most"), [(60, 8), (365, 14), (3650, 26), (40_000, 26)])
def test_names_of_months_have_room(days: int, most: int) -> None:
    named = list(TimeAxis(Period.ending(TODAY, days), 800).months(1.0))

    assert 1 <= len(named) <= most
    places = [TimeAxis(Period.ending(TODAY, days), 800).x_of(first) for first, _ in named]
    assert all(after - before >= 30 for before, after in itertools.pairwise(places))


def test_a_hidden_form_is_no_window_of_its_own() -> None:
    from moodlab.ui.treatments.treatment_form import TreatmentForm

    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    form = TreatmentForm("new treatment")
    shown = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()} - before
    assert shown == set()
    form.deleteLater()
