from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from moodlab.domain.errors import AlreadyThere, NeedsConfirmation
from moodlab.domain.labs.catalogue import BUILT_IN
from moodlab.domain.labs.entry import (
    LabEntry,
    question_change,
    question_duplicate,
    question_result,
    read_entry,
)
from moodlab.domain.labs.reference_ranges import Position
from moodlab.domain.labs.results import LabResult

DRAWN = date(2025, 10, 21)


def result(value: str, unit: str = "mg/L", test: str = "crp", **more: object) -> LabResult:
    entry = replace(LabEntry(DRAWN, test, value, unit), **more)  # type: ignore[arg-type]
    return read_entry(entry, f"{test} {value} {unit}")


def test_a_result_keeps_what_was_printed_beside_what_it_means() -> None:
    kept = result("0,31", "mg/dL", range_text="<0.5", lab=" City ")

    assert kept.printed_with_unit == "0,31 mg/dL"
    assert kept.canonical == Decimal("3.1")
    assert kept.canonical_text == "3.1 mg/L"
    assert kept.position is Position.WITHIN
    assert kept.lab == "City"


def test_a_unit_keeps_the_spelling_that_stands_behind_the_value() -> None:
    assert result("0,31 mg/dl", "mg/dL").printed_with_unit == "0,31 mg/dl"
    assert result("0,31 mg/dl", "").printed_with_unit == "0,31 mg/dl"


def test_a_bound_stays_a_bound_in_every_unit() -> None:
    kept = result("<0.03", "mg/dL", test="hs-CRP")

    assert kept.printed_with_unit == "<0.03 mg/dL"
    assert kept.canonical_text == "<0.3 mg/L"
    assert (kept.analyte, kept.assay, kept.catalogue_id) == ("crp", "hs", "hs_crp")


def test_a_draw_during_an_infection_is_left_out_unless_the_person_says_otherwise() -> None:
    assert result("48", context=("infection",)).excluded
    assert not result("48", context=("infection",), excluded=False).excluded
    assert not result("4", context=("fasting",)).excluded


@pytest.mark.parametrize(
    ("value", "unit"),
    [("48", "mg/L"), ("501", "mg/L"), ("60", "mg/dL"), ("0.05", "mg/L"), ("0.31", "µg/dL")],
)
def test_a_first_value_is_never_judged(value: str, unit: str) -> None:
    question_change(result(value, unit), BUILT_IN.find("crp"), [])


@pytest.mark.parametrize(
    ("before", "now", "asked"),
    [("3.1", "93", False), ("3.1", "93.1", True), ("31", "1.04", False), ("31", "1.03", True)],
)
def test_a_change_of_thirty_times_is_asked_about(before: str, now: str, asked: bool) -> None:
    earlier = [result(before)]
    sentence = f"This is very different from your last CRP, {before} mg/L. Is {now} mg/L correct?"

    if asked:
        with pytest.raises(NeedsConfirmation) as question:
            question_change(result(now), BUILT_IN.find("crp"), earlier)
        assert question.value.sentence == sentence
    else:
        question_change(result(now), BUILT_IN.find("crp"), earlier)


def test_an_older_result_is_compared_with_the_one_after_it() -> None:
    later = replace(result("1.2"), collected=date(2025, 11, 3))

    with pytest.raises(NeedsConfirmation) as question:
        question_change(result("48"), BUILT_IN.find("crp"), [later])

    assert question.value.sentence == (
        "This is very different from your CRP of 3 Nov 2025, 1.2 mg/L. Is 48 mg/L correct?"
    )


def test_in_another_unit_both_figures_are_named() -> None:
    with pytest.raises(NeedsConfirmation, match=r"Is 31 mg/dL \(= 310 mg/L\) correct"):
        question_change(result("31", "mg/dL"), BUILT_IN.find("crp"), [result("3.1")])


def test_a_bound_is_never_asked_about_nor_compared_with() -> None:
    question_change(result("<0.01"), BUILT_IN.find("crp"), [result("100")])
    question_change(result("100"), BUILT_IN.find("crp"), [result("<0.3")])


@pytest.mark.parametrize(
    ("value", "unit", "test", "range_text", "asked"),
    [
        ("3.1", "mg/L", "crp", "<0,5 mg/dl", "mg/dL, but the value is in mg/L"),
        ("0.31", "mg/dL", "crp", "0-5mg/L", "mg/L, but the value is in mg/dL"),
        ("6.5", "mmol/mol", "hba1c", "4-6%", "%, but the value is in mmol/mol"),
        ("30", "nmol/L", "vitamin_d", "(30-100 ng/mL)", "ng/mL, but the value is in nmol/L"),
        ("3.1", "mg/L", "crp", "<5 mg/l", ""),
        ("3.1", "mg/L", "crp", "<5 µg/mL", ""),  # the same, by another name
        ("3.1", "mg/L", "crp", "<5 mg/L (<0.5 mg/dL)", ""),
        ("3.1", "mg/L", "crp", "<5 U/L", ""),
        ("3.1", "mg/L", "crp", "up to 5", ""),
        ("neg", "", "crp", "<5 mg/dL", ""),
    ],
)
def test_a_range_in_another_unit_is_asked_about(
    value: str, unit: str, test: str, range_text: str, asked: str
) -> None:
    given = result(value, unit, test, range_text=range_text)

    if asked:
        with pytest.raises(NeedsConfirmation, match=f"The range is in {asked}"):
            question_result(given, [], DRAWN)
    else:
        question_result(given, [], DRAWN)
    question_result(given, [], DRAWN, confirmed=True)


def test_the_same_value_in_another_unit_is_the_same_result() -> None:
    with pytest.raises(AlreadyThere, match=r"You already have this result. Save it again\?"):
        question_duplicate(result("3.1"), [result("0.31", "mg/dL")])


@pytest.mark.parametrize(
    "other",
    [
        result("3.2"),
        result("<3.1"),
        result("3.1", test="hs-CRP"),
        replace(result("3.1"), id="other", collected=date(2025, 10, 22)),
    ],
    ids=["value", "bound", "assay", "day"],
)
def test_what_differs_is_no_duplicate(other: LabResult) -> None:
    question_duplicate(replace(result("3.1"), id="new"), [other])


@pytest.mark.parametrize("printed", ["48 H", "48 (H)", "48H", "48  H"])
def test_a_labs_flag_stands_behind_the_unit(printed: str) -> None:
    kept = result(printed)

    assert kept.printed_with_unit == "48 mg/L H"
    assert kept.value.flag == "H"
    assert kept.canonical_text == "48 mg/L"
