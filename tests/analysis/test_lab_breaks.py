"""Where a series of blood results is no longer the same series."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from moodlab.analysis.lab_marks import Changed, Limits, find_breaks, mark_labs, mark_others
from moodlab.domain.days import Period
from moodlab.domain.labs.catalogue import Catalogue, own_analyte, unit_as_printed
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.units import Conversion
from moodlab.store.journal import Journal
from tests.diaries import LAST, WEEKS12, diary, lab
from tests.moments import EVENING, TODAY, Clock


def day(number: int):
    return WEEKS12.first + timedelta(days=number)


def changes(*results) -> list[tuple[int, int, tuple[str, ...]]]:
    return [
        ((each.before - WEEKS12.first).days, (each.after - WEEKS12.first).days,
         tuple(each.changed))
        for each in find_breaks(results)
    ]  # fmt: skip


def test_a_change_of_lab_or_method_breaks_the_series_between_the_two_draws() -> None:
    assert changes(
        lab(day(1), "1", by="City", method="A"),
        lab(day(5), "2", by="city ", method="a"),
        lab(day(9), "3", by="University", method="A"),
        lab(day(12), "3", by="University", method="B"),
    ) == [(5, 9, (Changed.LAB,)), (9, 12, (Changed.METHOD,))]


def test_what_was_not_written_down_is_not_known_to_have_changed() -> None:
    assert changes(lab(day(1), "1"), lab(day(5), "2", by="City"), lab(day(9), "3")) == []
    assert changes(
        lab(day(1), "1", by="City"), lab(day(5), "2"), lab(day(9), "3", by="University")
    ) == [(5, 9, (Changed.LAB,))]


def test_another_assay_breaks_the_series_and_both_in_one_draw_do_not() -> None:
    crp, hs = lab(day(1), "1"), lab(day(5), "2", test="hs_crp", method="hs")
    assert changes(crp, hs) == [(1, 5, (Changed.ASSAY,))]
    assert changes(crp, lab(day(1), "2", test="hs_crp"), hs) == []


def test_no_result_has_no_break() -> None:
    assert changes() == changes(lab(day(1), "1", by="City")) == []


def test_the_lower_limit_of_a_lab_is_kept_and_nought_is_none() -> None:
    (mark,) = mark_labs(
        diary(labs=(lab(day(1), "81", test="vitamin_d", unit="nmol/L", range_text="50-125"),)),
        WEEKS12,
        "vitamin_d",
    ).marks
    assert mark.limits == Limits(Decimal(50), Decimal(125))
    (mark,) = mark_labs(diary(labs=(lab(day(1), "1", range_text="0-5"),)), WEEKS12).marks
    assert mark.limits == Limits(None, Decimal(5))


def test_a_shared_range_is_named_in_the_unit_that_all_print() -> None:
    marked = mark_labs(
        diary(labs=(lab(day(1), "5.6", test="hba1c", unit="%", range_text="<5.7"),)),
        WEEKS12,
        "hba1c",
    )
    assert marked.shared_printed == Limits(None, Decimal("5.7"))
    assert (marked.unit, marked.printed_unit) == ("mmol/mol", "%")


def test_results_in_words_are_named_and_not_marked() -> None:
    marked = mark_labs(diary(labs=(lab(day(1), "negative", unit=""), lab(LAST, "3"))), WEEKS12)
    assert [mark.label for mark in marked.marks] == ["3"]
    assert [result.value.text for result in marked.in_words] == ["negative"]
    assert [result.value.text for result in marked.results] == ["negative", "3"]


def test_every_other_substance_is_marked_in_the_order_of_the_catalogue_then_by_name() -> None:
    own = own_analyte("Calprotectin", (unit_as_printed("ug/g"),))
    entry = LabEntry(day(3), own.id, "50", "ug/g")
    results = (
        read_entry(entry, "own", catalogue=Catalogue((own,))),
        lab(day(4), "2", test="tsh", unit="mIU/L"),
        lab(day(4), "2", test="il6", unit="pg/mL"),
        lab(day(5), "2"),
        lab(day(-2), "2", test="ferritin", unit="ng/mL"),
    )
    marked = mark_others(diary(labs=results), WEEKS12)
    assert [(labs.label, labs.unit) for labs in marked] == [
        ("IL-6", "pg/mL"), ("TSH", "mIU/L"), ("Calprotectin", "µg/g"),
    ]  # fmt: skip


@pytest.mark.parametrize("range_text", ["see letter", "", "1.234-5.678"])
def test_a_range_that_cannot_be_read_has_no_limits(range_text: str) -> None:
    (mark,) = mark_labs(diary(labs=(lab(day(1), "1", range_text=range_text),)), WEEKS12).marks
    assert mark.limits is None


def own_test_in_two_units() -> Catalogue:
    units = (unit_as_printed("ug/g"), Conversion("mg/kg", Decimal("1E1"), "as told"))
    return Catalogue((own_analyte("Calprotectin", units),))


def own_result(number: int, printed: str, unit: str, range_text: str, catalogue: Catalogue):
    (test,) = catalogue.own
    entry = LabEntry(day(number), test.id, printed, unit, range_text)
    return read_entry(entry, f"own-{number}", catalogue=catalogue)


def test_a_range_in_a_second_unit_of_an_own_test_is_converted_like_its_value() -> None:
    catalogue = own_test_in_two_units()
    results = (
        own_result(1, "40", "ug/g", "<50", catalogue),
        own_result(5, "3.1", "mg/kg", "1.5-7.5", catalogue),
    )
    made = replace(diary(labs=results), catalogue=catalogue)
    marked = mark_labs(made, WEEKS12, catalogue.own[0].id)
    assert [mark.figure for mark in marked.marks] == [Decimal(40), Decimal(31)]
    assert [mark.limits for mark in marked.marks] == [
        Limits(None, Decimal(50)), Limits(Decimal(15), Decimal(75)),
    ]  # fmt: skip
    # Without its catalogue the factor is not known, and no limit is guessed.
    alone = mark_labs(replace(made, catalogue=Catalogue()), WEEKS12, catalogue.own[0].id)
    assert [mark.limits for mark in alone.marks] == [Limits(None, Decimal(50)), None]


def test_a_range_is_not_turned_into_another_unit_than_its_value_was() -> None:
    catalogue = own_test_in_two_units()
    result = replace(
        own_result(5, "3.1", "mg/kg", "1.5-7.5", catalogue), canonical_unit="ng/g",
        canonical=Decimal(31000),
    )  # fmt: skip
    made = replace(diary(labs=(result,)), catalogue=catalogue)
    (mark,) = mark_labs(made, WEEKS12, catalogue.own[0].id).marks
    assert mark.limits is None


def test_the_journals_reading_knows_the_units_of_its_own_tests(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "journal.moodlab", clock=Clock(EVENING)) as journal:
        own = journal.labs.add_analyte(
            "Calprotectin", (unit_as_printed("ug/g"), Conversion("mg/kg", Decimal("1E1"), "told"))
        )
        entry = LabEntry(TODAY, own.id, "3.1", "mg/kg", "<7.5")
        journal.labs.save(read_entry(entry, "own", catalogue=journal.labs.catalogue()))
        period = Period.ending(TODAY, 84)
        (mark,) = mark_labs(journal.read_diary(period), period, own.id).marks
    assert mark.limits == Limits(None, Decimal(75))
