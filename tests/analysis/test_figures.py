"""Figures are written in one way, in full on the page and short where the unit stands elsewhere."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.analysis.figures import (
    figure_text,
    middle_half_text,
    short_figure_text,
    short_middle_half_text,
    span_of_values_text,
)
from moodlab.analysis.summaries import Summary, to_unit
from moodlab.domain.metrics import BY_ID


def summary(*figures: str) -> Summary:
    median, q1, q3, lowest, highest = (Decimal(each) for each in figures)
    return Summary(21, 0, median, q1, q3, lowest, highest, None)


SCALE = summary("6.5", "5", "7", "2", "9")
HOURS = summary("450.5", "405", "480", "300", "540")
KILOS = summary("71.4", "70.9", "72", "70.9", "70.9")
FEW = Summary(3, 1, None, None, None, None, None, "too few")


@pytest.mark.parametrize(
    ("metric", "value", "full", "short"),
    [
        ("fatigue", "6.5", "6.5", "6.5"),
        ("fatigue", "0", "0", "0"),
        ("sleep_hours", "450", "7 h 30 min", "7:30"),
        ("sleep_hours", "424.5", "7 h 5 min", "7:05"),
        ("sleep_hours", "480", "8 h", "8:00"),
        ("weight", "71.35", "71.35 kg", "71.35"),
        ("temperature", "-0.5", "−0.5 °C", "−0.5"),
    ],
)
def test_one_figure(metric: str, value: str, full: str, short: str) -> None:
    assert figure_text(BY_ID[metric], Decimal(value)) == full
    assert short_figure_text(BY_ID[metric], Decimal(value)) == short


@pytest.mark.parametrize(
    ("metric", "figures", "full", "short", "span"),
    [
        ("fatigue", SCALE, "6.5 (5–7)", "6.5 (5–7)", "2–9"),
        (
            "sleep_hours", HOURS,
            "7 h 31 min (6 h 45 min–8 h)", "7:31 (6:45–8:00)", "5 h–9 h",
        ),
        ("weight", KILOS, "71.4 kg (70.9–72)", "71.4 (70.9–72)", "70.9 kg"),
        ("fatigue", FEW, "", "", ""),
    ],
)  # fmt: skip
def test_a_summary_is_its_middle_value_middle_half_and_span(
    metric: str, figures: Summary, full: str, short: str, span: str
) -> None:
    assert middle_half_text(BY_ID[metric], figures) == full
    assert short_middle_half_text(BY_ID[metric], figures) == short
    assert span_of_values_text(BY_ID[metric], figures) == span


@given(st.integers(-999_999_999, 999_999_999))
def test_a_figure_reads_back_as_the_number_it_was(thousandths: int) -> None:
    written = short_figure_text(BY_ID["weight"], to_unit(thousandths))
    assert "-" not in written
    assert Fraction(written.replace("−", "-")) == Fraction(thousandths, 1000)
