from datetime import date, timedelta
from itertools import pairwise

import numpy as np  # noqa: TID253 - only tests that draw import this
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import (  # noqa: TID253 - only tests that draw import this
    LineCollection,
)

from moodlab.analysis.overview import read_overview
from moodlab.charts.overview import CHART
from moodlab.charts.table import tabulate_overview
from moodlab.charts.words import describe_overview, lines_beside
from moodlab.domain.days import Period
from moodlab.domain.events import Event
from moodlab.domain.ratings import DayState
from moodlab.theme import BY_NAME, LIGHT, SCREEN_THEMES
from tests.charts.picture import draw, marks, rating_panels, texts
from tests.diaries import LAST, WEEKS12, diary, lab, lively, marked, rating, ratings_from, treatment
from tests.examples import one_in

SCALES = 7


def fatigue(values: list[int | None], **more):
    return read_overview(diary({"fatigue": ratings_from(WEEKS12.first, values)}, **more), WEEKS12)


def test_points_are_filled_on_the_same_day_and_hollow_later() -> None:
    answers = tuple(
        rating(WEEKS12.first + timedelta(days=number), number, days_later=number % 2)
        for number in range(8)
    )
    figure, _ = draw(read_overview(diary({"fatigue": answers}), WEEKS12))
    faces = {
        line.get_markerfacecolor(): [int(y) for y in line.get_ydata()]
        for line in figure.axes[0].lines
        if line.get_marker() == "o"
    }
    assert faces == {LIGHT.data_point: [0, 2, 4, 6], LIGHT.window: [1, 3, 5, 7]}


@one_in(8)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=84))
def test_every_value_is_drawn_once_and_nothing_else_is(values: list[int | None]) -> None:
    figure, _ = draw(fatigue(values))
    assert sorted(marks(figure.axes[0], "o")) == [
        (WEEKS12.first.toordinal() + number, value)
        for number, value in enumerate(values)
        if value is not None
    ]


@pytest.mark.parametrize(
    ("before", "recent", "lines"),
    [
        (28, 28, ("last 28 days: 6 (6–6), n 28", "before: 6 (6–6), n 28")),
        (3, 28, ("last 28 days: 6 (6–6), n 28", "before: 3 of 28 days rated")),
        (0, 2, ("2 of the last 28 days rated:", "not enough to compare yet")),
        (28, 2, ("2 of the last 28 days rated", "before: 6 (6–6), n 28")),
    ],
)
def test_beside_a_panel_too_few_days_are_said_in_words(
    before: int, recent: int, lines: tuple[str, str]
) -> None:
    rated = [6] * before + [None] * (28 - before) + [6] * recent
    (series,) = (each for each in fatigue([None] * 28 + rated).series if each.points)

    assert lines_beside(series) == lines
    figure, _ = draw(fatigue([None] * 28 + rated))
    assert {*lines} <= {text.get_text() for text in texts(figure)}


@one_in(8)
@given(st.lists(st.integers(0, 10), min_size=1, max_size=84))
def test_the_axis_is_always_zero_to_ten(values: list[int]) -> None:
    figure, _ = draw(fatigue(list(values)))
    assert figure.axes[0].get_ylim() == (-0.6, 10.6)


def test_all_rating_panels_share_their_limits_and_the_time_axis() -> None:
    figure, _ = draw(read_overview(lively(), WEEKS12))
    assert {axes.get_ylim() for axes in figure.axes if axes.get_ylim()[1] == 10.6} == {(-0.6, 10.6)}
    assert len({axes.get_xlim() for axes in figure.axes}) == 1
    places = {(axes.get_position().x0, axes.get_position().x1) for axes in figure.axes}
    assert len({(round(left, 6), round(right, 6)) for left, right in places}) == 1


def test_a_gap_is_hatched_and_the_line_is_broken_there() -> None:
    figure, _ = draw(fatigue([6] * 20 + [None] * 7 + [6] * 57))
    axes = figure.axes[0]
    first = WEEKS12.first.toordinal() + 20
    (line,) = [line for line in axes.lines if line.get_marker() == "None"]
    inside = [
        y for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True) if first <= x < first + 7
    ]
    assert len(inside) == 7
    assert np.isnan(inside).all()
    hatching = [
        segment
        for collection in axes.collections
        if isinstance(collection, LineCollection)
        for segment in collection.get_segments()
        if len({x for x, _ in segment}) == 2 and len({y for _, y in segment}) == 2
    ]
    assert len(hatching) > 5
    for segment in hatching:
        assert all(first - 0.5 <= x <= first + 6.5 for x, _ in segment)


def test_too_unwell_is_a_cross_and_never_a_value() -> None:
    overview = fatigue(
        [5] * 10, days=marked(WEEKS12.first + timedelta(days=12), 2, DayState.UNWELL)
    )
    figure, _ = draw(overview)
    days = [WEEKS12.first.toordinal() + number for number in (12, 13)]
    assert [x for x, _ in marks(figure.axes[0], "x")] == days
    assert {y for _, y in marks(figure.axes[0], "x")} == {10.6}


def test_what_is_told_apart_is_told_apart_without_colour() -> None:
    """Marker and fill together are different for every kind of mark in the chart."""
    made = lively()
    figure, _ = draw(read_overview(made, WEEKS12))
    kinds = {
        (line.get_marker(), line.get_markerfacecolor() == LIGHT.window)
        for axes in figure.axes
        for line in axes.lines
        if line.get_marker() != "None"
    }
    assert {("o", False), ("o", True), ("D", True), ("D", False), ("v", True)} <= kinds
    assert any(marker == "x" for marker, _ in kinds)


def test_lab_marks_are_diamonds_squares_and_hollow_triangles_with_their_printed_values() -> None:
    made = diary(
        labs=(
            lab(LAST - timedelta(days=70), "14", number=1),
            lab(LAST - timedelta(days=50), "2.0", test="hs_crp", number=2),
            lab(LAST - timedelta(days=30), "<0.3", number=3),
            lab(LAST - timedelta(days=10), ">200", number=4),
        )
    )
    figure, _ = draw(read_overview(made, WEEKS12))
    panel = figure.axes[-1]
    drawn = {line.get_marker(): line.get_markerfacecolor() for line in panel.lines}
    assert drawn == {"D": LIGHT.lab, "s": LIGHT.lab, "v": LIGHT.window, "^": LIGHT.window}
    assert {"14", "2.0", "<0.3", ">200"} <= {text.get_text() for text in panel.texts}


def test_no_line_joins_two_blood_results() -> None:
    made = diary(labs=tuple(lab(LAST - timedelta(days=n), str(n), number=n) for n in (5, 25, 60)))
    panel = draw(read_overview(made, WEEKS12))[0].axes[-1]
    assert all(line.get_linestyle() == "None" for line in panel.lines)


@pytest.mark.parametrize("days", [28, 84, 183, 365, 1095, 3650])
def test_no_date_is_cut_or_touches_another(days: int) -> None:
    figure, _ = draw(read_overview(lively(days), Period.ending(LAST, days)))
    for axes in figure.axes:
        low = axes.get_window_extent().y0
        boxes = sorted(
            (text.get_window_extent().x0, text.get_window_extent().x1)
            for text in axes.texts
            if text.get_window_extent().y1 < low
        )
        for left, right in boxes:
            assert left >= axes.get_window_extent().x0 - 1
            assert right <= axes.get_window_extent().x1 + 1
        for (_, right), (left, _) in pairwise(boxes):
            assert right < left


BACK = LAST - timedelta(days=30)
CROWDED = {
    "changes near each other": [
        treatment(
            "Sertraline in the morning", (BACK, "50 mg"), (BACK + timedelta(days=9), "100 mg")
        ),
        treatment("Bupropion", (BACK + timedelta(days=4), "150 mg"), until=LAST),
    ],
    "a change on the first and the last day": [
        treatment("A", (WEEKS12.first, "1 mg")),
        treatment("B", (LAST, "2 mg")),
    ],
    "seven treatments": [
        treatment(f"Treatment number {n}", (LAST - timedelta(days=80 - 9 * n), f"{n} mg"))
        for n in range(7)
    ],
}


@pytest.mark.parametrize("case", CROWDED)
def test_flags_touch_neither_each_other_nor_another_line(case: str) -> None:
    made = diary(
        {"fatigue": ratings_from(WEEKS12.first, [5] * 84)}, treatments=tuple(CROWDED[case])
    )
    figure, _ = draw(read_overview(made, WEEKS12))
    heading = figure.axes[0].get_window_extent().y1
    flags = [
        text.get_window_extent()
        for text in figure.texts
        if text.get_window_extent().y0 > heading and text.get_position()[0] > 0.2
    ]
    assert flags
    leaders = [artist.get_window_extent() for artist in figure.artists if artist.is_dashed()]
    for number, one in enumerate(flags):
        assert one.x1 <= figure.bbox.width
        for other in flags[number + 1 :]:
            assert not one.overlaps(other)
        for leader in leaders:
            assert not (one.x0 < leader.x0 < one.x1 and leader.y1 > one.y0 and leader.y0 < one.y1)


@pytest.mark.parametrize("theme", [theme.name for theme in SCREEN_THEMES])
def test_no_text_is_smaller_than_nine_points_or_outside_the_figure(theme: str) -> None:
    figure, _ = draw(read_overview(lively(), WEEKS12), BY_NAME[theme])
    for text in texts(figure):
        assert text.get_fontsize() >= 9
        extent = text.get_window_extent()
        assert extent.x0 >= -1
        assert extent.x1 <= figure.bbox.width + 1
        assert extent.y0 >= -1
        assert extent.y1 <= figure.bbox.height + 1


def test_example_data_is_marked_on_every_panel() -> None:
    figure, _ = draw(read_overview(lively(is_example=True), WEEKS12))
    panels = [axes for axes in figure.axes if axes.get_ylim()[0] != 0]
    assert len(panels) == SCALES + 2
    for axes in panels:
        assert "EXAMPLE" in {text.get_text() for text in axes.texts}
    plain, _ = draw(read_overview(lively(), WEEKS12))
    assert "EXAMPLE" not in {text.get_text() for text in texts(plain)}


def test_hostile_names_are_drawn_as_text() -> None:
    name = "$x^2$ <b>& 😀 \u202e李\ufe0f"
    made = diary(
        {"fatigue": ratings_from(WEEKS12.first, [5] * 84)},
        treatments=(treatment(name, (LAST - timedelta(days=60), "10 %")),),
        events=(Event("e", LAST, name),),
    )
    figure, _ = draw(read_overview(made, WEEKS12))
    shown = " ".join(text.get_text() for text in texts(figure))
    assert "$x^2$ <b>& [grinning face]" in shown
    assert "\u202e" not in shown
    assert not any(text.get_parse_math() for text in texts(figure))


def test_nothing_at_all_can_be_drawn_too() -> None:
    overview = read_overview(diary(spans={"mood": ((None, None),)}), WEEKS12)
    assert overview.is_empty
    assert draw(overview)[0].axes


def test_the_cursor_finds_its_days() -> None:
    figure, drawn = draw(read_overview(lively(), WEEKS12))
    extent = rating_panels(figure)[0].get_position()
    assert (drawn.left, drawn.right) == pytest.approx((extent.x0, extent.x1))
    assert 1 - drawn.top == pytest.approx(extent.y1)
    assert 0 < drawn.top < drawn.bottom < 1


def test_the_height_is_the_sum_of_what_is_drawn() -> None:
    for made in (lively(), lively(400), diary(spans={"mood": ((None, None),)})):
        overview = read_overview(made, WEEKS12)
        figure, _ = draw(overview)
        lowest = min(text.get_window_extent().y0 for text in texts(figure))
        assert 0 <= lowest <= 30


def test_the_description_names_days_and_gaps() -> None:
    words = CHART.describe(fatigue([6] * 20 + [None] * 7 + [6] * 57))
    assert "77 of 84 days have a rating, 77 of them on the same day" in words
    assert "Last 28 days: middle value 6, middle half 6 to 6" in words
    begin = WEEKS12.first + timedelta(days=20)
    assert begin == date(2025, 9, 2)
    assert "Longest stretch without a rating: 7 days (2 September to 8 September 2025)" in words


def test_a_median_between_two_ratings_is_told_as_a_half() -> None:
    overview = fatigue([6, 7] * 42)
    assert "middle value 6.5" in CHART.describe(overview)
    figure, _ = draw(overview)
    assert any("6.5 (6–7), n 28" in text.get_text() for text in figure.texts)


def test_a_day_is_read_with_its_values_and_when_they_were_written() -> None:
    made = diary({"fatigue": (*ratings_from(WEEKS12.first, [5] * 83), rating(LAST, 7, 2))})
    overview = read_overview(made, WEEKS12)
    assert (
        CHART.read_day(overview, LAST) == "Tuesday 4 November 2025 · later · Fatigue 7 (middle 5)"
    )


def test_the_table_has_exactly_the_plotted_values() -> None:
    overview = read_overview(lively(), WEEKS12)
    table = CHART.tabulate(overview)
    assert len(table.rows) == 84
    panels = rating_panels(draw(overview)[0])
    assert len(panels) == SCALES
    for panel, series in zip(panels, overview.series, strict=False):
        column = table.header.index(series.metric.label)
        told = [(date.fromisoformat(row[0]).toordinal(), int(row[column]))
                for row in table.rows if row[column]]  # fmt: skip
        assert told == sorted(marks(panel, "o"))
        middles = table.header.index(f"{series.metric.label}, 7-day middle")
        (line,) = [line for line in panel.lines if line.get_marker() == "None"]
        drawn = {int(x): y for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
                 if not np.isnan(y)}  # fmt: skip
        for row in table.rows:
            day = date.fromisoformat(row[0]).toordinal()
            assert row[middles] == (f"{drawn[day]:g}" if day in drawn else "")


def test_a_point_that_nobody_knows_the_time_of_is_a_diamond_and_is_counted_so() -> None:
    first = WEEKS12.first
    known, odd = rating(first, 4), rating(first + timedelta(days=1), 6)._replace(recorded=None)
    overview = read_overview(diary({"fatigue": (known, odd)}), WEEKS12)

    figure, _ = draw(overview)

    assert list(marks(figure.axes[0], "D")) == [(first.toordinal() + 1, 6)]
    assert list(marks(figure.axes[0], "o")) == [(first.toordinal(), 4)]
    assert (overview.coverage.same_day, overview.coverage.unknown) == (1, 1)
    assert "1 of them on the same day. Time of writing unknown: 1 day." in describe_overview(
        overview
    )
    assert tabulate_overview(overview).rows[1][1] == "time of writing unknown"
