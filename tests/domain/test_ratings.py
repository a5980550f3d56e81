from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.days import Timeliness, recorded
from moodlab.domain.errors import MoodLabError, Refused
from moodlab.domain.metrics import BY_ID, METRICS, THOUSAND, Kind, Metric
from moodlab.domain.ratings import (
    Answer,
    Rating,
    duration_text,
    number_text,
    parse_duration_minutes,
    parse_rating,
    value_text,
)
from tests.moments import EVENING

MOOD, WEIGHT, HOURS = BY_ID["mood"], BY_ID["weight"], BY_ID["sleep_hours"]
SCALES = [metric for metric in METRICS if metric.kind is Kind.SCALE]


@pytest.mark.parametrize("metric", SCALES, ids=lambda metric: metric.id)
def test_a_scale_takes_its_eleven_whole_numbers(metric: Metric) -> None:
    assert [parse_rating(metric, str(number)) for number in range(11)] == list(
        range(0, 11 * THOUSAND, THOUSAND)
    )


@pytest.mark.parametrize(
    "text",
    ["11", "-1", "−1", "6.5", "abc", "", "nan", "inf", "1e1", "1e999", "7/10", "⁷", "7 7", "\x007",
     "\ud800", "9" * 5000, "unable", "0x7", "7,0,0"],
)  # fmt: skip
def test_what_is_not_on_the_scale_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_rating(MOOD, text)

    assert "Mood" in refusal.value.sentence


def test_whole_numbers_may_be_written_with_decimals() -> None:
    assert parse_rating(MOOD, "7.0") == parse_rating(MOOD, "7,0") == 7 * THOUSAND


def test_a_weight_is_kept_to_the_gram() -> None:
    assert parse_rating(WEIGHT, "71.35") == 71_350
    assert value_text(WEIGHT, 71_350) == "71.35 kg"
    with pytest.raises(Refused, match="three decimals"):
        parse_rating(WEIGHT, "71.3505")
    with pytest.raises(Refused, match="600"):
        parse_rating(WEIGHT, "700")


def test_yes_and_no_are_answers() -> None:
    metric = Metric("walked", "Walked", MOOD.direction, Kind.YES_NO, maximum=THOUSAND)

    assert parse_rating(metric, "Yes") == THOUSAND
    assert parse_rating(metric, "no") == 0
    assert parse_rating(metric, "1") == THOUSAND
    assert [value_text(metric, value) for value in (0, THOUSAND)] == ["no", "yes"]
    with pytest.raises(Refused):
        parse_rating(metric, "maybe")


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_thousandths_are_written_exactly_and_shortly(value: int) -> None:
    text = number_text(value)

    whole, _, rest = text.replace("−", "-").partition(".")
    assert int(whole.lstrip("-")) * THOUSAND + int(rest.ljust(3, "0") or 0) == abs(value)
    assert text.startswith("−") == (value < 0)
    assert not rest.endswith("0")


@given(st.integers(min_value=WEIGHT.minimum, max_value=WEIGHT.maximum))
def test_a_number_read_back_is_the_same_number(value: int) -> None:
    assert parse_rating(WEIGHT, number_text(value)) == value


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("7", 420), ("07", 420), ("0", 0), ("24", 1440), ("7.5", 450), ("7,5", 450), ("7.5 h", 450),
        ("7:30", 450), ("730", 450), ("0730", 450), ("7h30", 450), ("7 h 30 min", 450), ("7h", 420),
        ("7.33", 440), ("23:59", 1439), ("24:00", 1440), ("0:45", 45),
    ],
)  # fmt: skip
def test_hours_of_sleep_are_read_in_the_ways_people_write_them(text: str, minutes: int) -> None:
    assert parse_duration_minutes(text) == minutes
    assert parse_rating(HOURS, text) == minutes * THOUSAND


@pytest.mark.parametrize(
    "text",
    ["", "25", "24:01", "7:60", "760", "2460", "7:5", "7.5.5", "-7", "7 8", "seven", "1e1", "nan",
     "999999", "7:30:00", "\ud800", "⁷"],
)  # fmt: skip
def test_what_is_no_night_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="7:30"):
        parse_duration_minutes(text)


@given(st.integers(min_value=0, max_value=1440))
def test_every_duration_is_read_back_from_how_it_is_shown(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)

    for text in (duration_text(minutes), f"{hours}:{rest:02d}", f"{hours}h{rest:02d}"):
        assert parse_duration_minutes(text) == minutes


@given(st.text(max_size=12))
def test_any_text_is_a_rating_or_refused(text: str) -> None:
    for metric in (MOOD, WEIGHT, HOURS):
        with suppress(MoodLabError):
            value = parse_rating(metric, text)

            assert metric.minimum <= value <= metric.maximum


def test_missing_zero_and_could_not_say_are_three_things() -> None:
    at = recorded(EVENING)
    zero = Rating(at.day, "mood", 0, at)
    unable = Rating(at.day, "mood", None, at)

    assert (zero.value, unable.value) == (0, None)
    assert zero != unable


def test_a_rating_knows_how_late_it_was_recorded() -> None:
    at = recorded(EVENING)

    assert Rating(at.day, "mood", 0, at).timeliness is Timeliness.SAME_DAY
    assert Rating(date(2026, 3, 1), "mood", 0, at).timeliness is Timeliness.LATER


@pytest.mark.parametrize(
    ("answer", "button", "words"),
    [
        (Answer(None), None, "could not say"),
        (Answer(0), 0, "0"),
        (Answer(7 * THOUSAND), 7, "7"),
        (Answer(6500), None, "6.5"),
        (Answer(6500, imported=True), None, "6.5, imported"),
    ],
)
def test_an_answer_has_a_button_where_it_is_a_whole_number(
    answer: Answer, button: int | None, words: str
) -> None:
    assert (answer.button, answer.in_words()) == (button, words)
