from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.days import Period
from moodlab.domain.errors import Refused
from moodlab.domain.treatments import (
    Dose,
    Treatment,
    TreatmentKind,
    end_treatment,
    parse_kind,
    step_dose,
)

START = date(2025, 1, 1)
OFFSETS = st.integers(min_value=0, max_value=60)
TEXTS = st.sampled_from(["25 mg", "50 mg", "75 mg"])


def day(number: int) -> date:
    return START + timedelta(days=number)


def treatment(*doses: tuple[int, str], last: int | None = None) -> Treatment:
    steps = tuple(Dose(f"d{first}", day(first), text) for first, text in doses)
    return Treatment(
        "t", "Sertraline", TreatmentKind.MEDICINE, steps, None if last is None else day(last)
    )


def test_a_dose_runs_until_the_eve_of_the_next() -> None:
    stepped = step_dose(treatment((0, "50 mg")), Dose("new", day(14), "100 mg"), None)

    assert [dose.text for dose in stepped.doses] == ["50 mg", "100 mg"]
    assert stepped.last_day_of(0) == day(13)
    assert stepped.last_day_of(1) is None
    assert stepped.dose_on(day(13)) == stepped.doses[0]
    assert stepped.dose_on(day(14)) == stepped.doses[1]


def test_a_step_on_a_day_that_has_one_replaces_its_text_and_keeps_its_id() -> None:
    stepped = step_dose(treatment((0, "50 mg"), (14, "100 mg")), Dose("x", day(14), "75 mg"), None)

    assert stepped.doses[1] == Dose("d14", day(14), "75 mg")


def test_repeating_the_dose_in_force_changes_nothing() -> None:
    before = treatment((0, "50 mg"))

    assert step_dose(before, Dose("x", day(9), "50 mg"), None) == before


def test_a_treatment_ends_on_its_last_day_and_stays() -> None:
    ended = end_treatment(treatment((0, "50 mg")), day(20))

    assert ended.last_day_of(0) == day(20)
    assert ended.dose_on(day(20)) is not None
    assert ended.dose_on(day(21)) is None
    assert ended.touches(Period(day(20), day(40)))
    assert not ended.touches(Period(day(21), day(40)))


def test_an_end_that_would_cut_off_a_later_dose_is_refused() -> None:
    with pytest.raises(Refused, match="Sertraline"):
        end_treatment(treatment((0, "50 mg"), (14, "100 mg")), day(13))


@given(st.lists(st.tuples(OFFSETS, TEXTS), min_size=1, max_size=12), OFFSETS)
def test_the_dose_of_a_day_is_the_one_last_said_to_begin_by_then(
    steps: list[tuple[int, str]], asked: int
) -> None:
    (first, text), *rest = steps
    stepped = treatment((first, text))
    said = {first: text}
    for number, (offset, dose_text) in enumerate(rest):
        in_force = max((begun for begun in said if begun <= offset), default=None)
        if in_force is None or said[in_force] != dose_text or in_force == offset:
            said[offset] = dose_text
        stepped = step_dose(stepped, Dose(f"s{number}", day(offset), dose_text), None)

    begun = [number for number in said if number <= asked]

    dose = stepped.dose_on(day(asked))
    assert (dose and dose.text) == (said[max(begun)] if begun else None)
    assert [step.first_day for step in stepped.doses] == sorted(day(number) for number in said)


def test_kinds_are_read_and_others_refused_with_those_known() -> None:
    assert parse_kind(" Supplement ") is TreatmentKind.SUPPLEMENT
    with pytest.raises(Refused, match="lifestyle"):
        parse_kind("magic")
