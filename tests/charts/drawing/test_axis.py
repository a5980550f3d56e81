from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.analysis.lab_marks import mark_labs
from moodlab.analysis.series import read_series
from moodlab.charts.blood.layout import lab_scale
from moodlab.charts.drawing.axis import TimeAxis, value_scale
from moodlab.charts.drawing.fonts import printable_line, shorten, text_width
from moodlab.domain.days import Period
from moodlab.domain.diary import TrackedMetric
from moodlab.domain.metrics import BY_ID, Direction, Kind, own_metric
from tests.diaries import EVER, LAST, WEEKS12, diary, lab, rating


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(1, 12000), st.integers(200, 900))
def test_dates_fit_the_axis_and_keep_apart(first: date, days: int, width: int) -> None:
    axis = TimeAxis(Period(first, first + timedelta(days=days - 1)), width)
    labels = axis.date_labels(9)
    assert labels
    reach = -1.0
    for label in labels:
        assert label.day in axis.period
        assert label.left > reach
        reach = label.left + text_width(label.text, 9)
        assert reach <= width + 0.01


def scale_of(metric: str, *values: int):
    made = diary(
        {metric: tuple(rating(LAST - timedelta(days=n), v, metric=metric)
                       for n, v in reversed(list(enumerate(values))))}
    )  # fmt: skip
    return value_scale(read_series(made, TrackedMetric(BY_ID[metric], EVER), WEEKS12))


def test_hours_asleep_have_a_fixed_axis_that_grows_only_when_needed() -> None:
    assert scale_of("sleep_hours", 420).ticks[-1] == (12, "12 h")
    assert scale_of("sleep_hours", 16 * 60).high > 24


def test_a_number_with_a_unit_is_wholly_on_its_axis() -> None:
    scale = scale_of("weight", 71, 74)
    assert scale.low < 71 < 74 < scale.high
    assert len(scale.ticks) <= 5


@given(st.lists(st.integers(20, 600), min_size=1, max_size=20))
def test_every_number_finds_room_on_its_axis(values: list[int]) -> None:
    scale = scale_of("weight", *values)
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    assert 3 <= len(scale.ticks) <= 6


def lab_ticks(*printed: str) -> list[str]:
    made = diary(labs=tuple(lab(LAST, value, number=n) for n, value in enumerate(printed)))
    return [text for _, text in lab_scale(mark_labs(made, WEEKS12)).ticks]


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        (("3.1",), "0.3", "100"),
        (("<0.3",), "0.3", "100"),
        (("0.2",), "0.1", "100"),
        (("130", "0.5"), "0.3", "300"),
        (("301",), "0.3", "1000"),
        (("0.02",), "0.01", "100"),
    ],
)
def test_crp_spans_0_3_to_100_and_grows_by_half_decades(
    printed: tuple[str, ...], low: str, high: str
) -> None:
    ticks = lab_ticks(*printed)
    assert (ticks[0], ticks[-1]) == (low, high)


def test_a_label_is_one_line_of_what_the_face_holds() -> None:
    assert printable_line("µ ≤ − Łukasz Zoë ✓") == "µ ≤ − Łukasz Zoë ✓"
    assert printable_line("李 先生") == "[cjk text] [cjk text]"
    assert printable_line("❤\ufe0f\u200d") in ("❤", "[heavy black heart]")
    assert printable_line("a\nb\x00c\td") == "a bc d"


@given(st.text(max_size=30), st.floats(5, 200))
def test_a_shortened_text_fits(text: str, room: float) -> None:
    assert text_width(shorten(text, 9, room), 9) <= room


def axis_of(*thousandths: int, least_step: int = 1000) -> list[str]:
    metric = own_metric("own", "Own", Direction.NEUTRAL, Kind.NUMBER)._replace(
        least_step=least_step
    )
    days = [LAST - timedelta(days=number) for number in reversed(range(len(thousandths)))]
    made = diary({"own": tuple(
        rating(day, 0, metric="own")._replace(value=value)
        for day, value in zip(days, thousandths, strict=True)
    )})  # fmt: skip
    scale = value_scale(read_series(made, TrackedMetric(metric, EVER), WEEKS12))
    return [text for _, text in scale.ticks]


def test_an_ordinary_change_does_not_fill_the_axis() -> None:
    assert [text for _, text in scale_of("weight", 71, 71, 72).ticks] == ["70", "75", "80"]
    assert [text for _, text in scale_of("temperature", 36, 37).ticks] == ["36", "37", "38"]
    assert axis_of(71_100, 71_400) == ["71", "72", "73"]


def test_what_is_counted_begins_at_zero_and_fractions_have_their_own_steps() -> None:
    assert axis_of(1000, 4000, 2500) == ["0", "2", "4"]
    assert axis_of(300, 700) == ["0", "0.5", "1"]
    assert axis_of(0, 0) == ["0", "0.01", "0.02"]


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8))
def test_any_number_of_ones_own_finds_room(values: list[int]) -> None:
    assert 3 <= len(axis_of(*values)) <= 6
