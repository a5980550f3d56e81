"""What every chart of the registry holds to, whatever the journal has."""

from datetime import timedelta
from typing import Any

import pytest

from moodlab.charts import ALL
from moodlab.charts.chart import Chart
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.domain.events import Event
from moodlab.domain.ratings import DayState
from moodlab.theme import LIGHT, SCREEN_THEMES
from tests.charts.picture import WIDTH, draw, texts
from tests.diaries import LAST, diary, lab, lively, marked, rating, treatment

EVERY_CHART = pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.id)
MOST_WORDS = 60


def long_and_full() -> Diary:
    """Ten years with gaps, courses, draws, events and names that are too long."""
    full = lively(3650, is_example=True)
    first = LAST - timedelta(days=3600)
    return diary(
        dict(full.ratings),
        is_example=True,
        labs=tuple(lab(first + timedelta(days=90 * number), "3.1") for number in range(40)),
        treatments=tuple(
            treatment(f"A treatment of a very long name, number {number}", (first, "50 mg"))
            for number in range(12)
        ),
        events=tuple(
            Event(str(number), first + timedelta(days=30 * number), "Something " * 15)
            for number in range(60)
        ),
        days=marked(LAST - timedelta(days=60), 5, DayState.UNWELL),
    )


DIARIES = {
    "empty": diary({}),
    "one day": diary({"mood": (rating(LAST, 5, metric="mood"),)}),
    "six days": lively(6),
    "twelve weeks": lively(84, is_example=True),
    "ten years": long_and_full(),
}
EVERY_DIARY = pytest.mark.parametrize("name", DIARIES)
RANGES = (1, 28, 84, 365, 3650)


def results(chart: Chart, read: Diary, days: int) -> list[Any]:
    """Read the chart about each of the first subjects; none where it has nothing to be about."""
    period = Period.ending(LAST, days)
    if chart.asked is None:
        return [chart.read(read, period)]
    return [chart.read(read, period, each.id) for each in chart.asked.offer(read, LAST)[:3]]


def drawable(chart: Chart, read: Diary, days: int) -> list[Any]:
    return [each for each in results(chart, read, days) if not chart.explain_empty(each)]


@EVERY_CHART
def test_its_explanation_is_short(chart: Chart) -> None:
    assert len(chart.explanation.split()) <= MOST_WORDS
    assert chart.shown_title.endswith("?")
    assert len(chart.shown_name.split()) <= 3


@EVERY_CHART
@EVERY_DIARY
@pytest.mark.parametrize("days", RANGES)
def test_it_says_in_words_and_as_a_table_what_it_draws(chart: Chart, name: str, days: int) -> None:
    for result in results(chart, DIARIES[name], days):
        if reason := chart.explain_empty(result):
            assert reason.endswith(".")
            continue
        assert chart.describe(result)
        table = chart.tabulate(result)
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.header)}
        assert all("nan" not in cell.lower().split() for row in table.rows for cell in row)


@EVERY_CHART
@EVERY_DIARY
@pytest.mark.parametrize("width", [WIDTH, 300.0, 900.0])
def test_no_text_leaves_the_sheet(chart: Chart, name: str, width: float) -> None:
    for result in drawable(chart, DIARIES[name], 84)[:1]:
        figure, _ = draw(result, LIGHT, width, chart)
        sheet = figure.bbox
        outside = [
            text.get_text()
            for text in texts(figure)
            if not (
                sheet.x0 - 1 <= (box := text.get_window_extent()).x0
                and box.x1 <= sheet.x1 + 1
                and sheet.y0 - 1 <= box.y0
                and box.y1 <= sheet.y1 + 1
            )
        ]
        assert outside == []


@EVERY_CHART
@pytest.mark.parametrize("theme", SCREEN_THEMES, ids=lambda theme: theme.name)
def test_its_cursor_stands_on_days_or_on_places_with_words(chart: Chart, theme: Any) -> None:
    for result in drawable(chart, DIARIES["twelve weeks"], 84):
        _, drawn = draw(result, theme, WIDTH, chart)
        if drawn.places:
            for place in drawn.places:
                assert 0 <= place.left < place.right <= 1
                assert 0 <= place.top < place.bottom <= 1
                assert place.words
        else:
            assert 0 <= drawn.left < drawn.right <= 1
            assert 0 <= drawn.top < drawn.bottom <= 1
            assert all(chart.read_day(result, day) for day in Period.ending(LAST, 84))


@EVERY_CHART
def test_the_same_data_give_the_same_words_and_values(chart: Chart) -> None:
    first, second = (results(chart, DIARIES["twelve weeks"], 84) for _ in range(2))
    assert [chart.describe(each) for each in first] == [chart.describe(each) for each in second]
    assert [chart.tabulate(each) for each in first] == [chart.tabulate(each) for each in second]
