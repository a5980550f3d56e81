"""Tests of the person's own, results in words, and how both live in the file."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from moodlab.analysis.lab_marks import mark_labs
from moodlab.domain.changes import Changes
from moodlab.domain.days import Period
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.labs.catalogue import BUILT_IN, own_analyte, unit_as_printed
from moodlab.domain.labs.entry import LabEntry, question_result, read_entry
from moodlab.domain.labs.results import means_the_same
from moodlab.domain.labs.units import Conversion
from moodlab.exchange.exporters import journal_json
from moodlab.exchange.importers import journal_json as importer
from moodlab.store.check import check_journal
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.journal import Journal
from moodlab.store.records.labs import analyte_row
from tests.moments import TODAY

DRAWN = date(2026, 2, 3)
ALL_DAYS = Period(date(2026, 1, 1), date(2026, 3, 1))
GLUCOSE = (Conversion("mg/dL", Decimal(1), "itself"), Conversion("g/L", Decimal("1E2"), "own"))


def test_a_test_of_ones_own_is_entered_like_any_other(journal: Journal) -> None:
    analyte = journal.labs.add_analyte("  Fasting   glucose ", GLUCOSE)
    assert journal.ledger.changes == Changes.LABS
    catalogue = journal.labs.catalogue()

    entry = LabEntry(DRAWN, "fasting GLUCOSE", "0,95", "g/l", range_text="0.7-1.0")
    journal.labs.save(read_entry(entry, "a", catalogue=catalogue))

    (kept,) = journal.labs.read_all()
    assert analyte.id == "own_fasting_glucose"
    assert (kept.label, kept.analyte, kept.loinc) == ("Fasting glucose", analyte.id, "")
    assert (kept.printed_with_unit, kept.canonical_text) == ("0,95 g/l", "95 mg/dL")
    assert kept.position == "within"
    assert check_journal(journal) == ()
    journal.undo()
    journal.undo()
    assert journal.labs.catalogue().own == ()


def enter(journal: Journal, name: str, value: str, unit: str, on: date = DRAWN) -> None:
    entry = LabEntry(on, name, value, unit)
    result = read_entry(entry, f"{name}{value}{unit}", catalogue=journal.labs.catalogue())
    journal.labs.save(result)


def test_another_unit_joins_results_on_one_axis_and_is_one_step(journal: Journal) -> None:
    own = journal.labs.add_analyte("Calprotectin", [unit_as_printed("mg/L")])
    enter(journal, "calprotectin", "3,10", "mg/L")
    (before,) = journal.labs.read_all()

    known = journal.labs.add_unit(own.id, "mg/dL", Decimal("10"))
    assert journal.ledger.changes == Changes.LABS
    enter(journal, "calprotectin", "0.31", "mg/dl", DRAWN + timedelta(days=1))

    first, second = journal.labs.read_all()
    assert first == before
    assert (first.canonical_text, second.canonical_text) == ("3.10 mg/L", "3.1 mg/L")
    assert second.printed_with_unit == "0.31 mg/dl"
    assert journal.labs.catalogue().own == (known,)
    assert check_journal(journal) == ()

    journal.undo()
    assert journal.undo().kind == "unit"
    assert journal.labs.catalogue().own == (own,)
    assert journal.labs.read_all() == (before,)
    journal.redo()
    assert journal.labs.catalogue().own == (known,)


def test_a_test_in_words_takes_its_first_unit(journal: Journal) -> None:
    own = own_analyte("Antibodies")
    with journal.ledger.batch("test") as batch:
        batch.put("analyte", analyte_row(own) | recorded_columns(batch.recorded))
    enter(journal, "antibodies", "negative", "")
    with pytest.raises(Refused, match="no unit yet"):
        enter(journal, "antibodies", "12", "U/mL")

    journal.labs.add_unit(own.id, "U/mL", Decimal(1))
    enter(journal, "antibodies", "12", "U/mL")

    assert {result.canonical_text for result in journal.labs.read_all()} == {"negative", "12 U/mL"}


def test_a_unit_is_refused_where_it_can_not_be_added(journal: Journal) -> None:
    own = journal.labs.add_analyte("Calprotectin", [unit_as_printed("mg/L")])
    journal.labs.add_unit(own.id, "mg/dL", Decimal(10))
    before = journal.labs.catalogue().own

    for test, unit, factor, says in (
        ("crp", "mmol/L", "10", "CRP is a built-in test. Its units are mg/L, mg/dL, µg/mL"),
        ("own_gone", "mg/L", "10", "not in the journal"),
        (own.id, "MG/DL", "20", "Calprotectin already has the unit mg/dL"),
        (own.id, "mg / L", "1", "Calprotectin already has the unit mg/L"),
        (own.id, "g/L", "0", "above 0"),
        (own.id, "g/L", "-10", "above 0"),
        (own.id, "g/L", "NaN", "above 0"),
        (own.id, "g/L", "1E+999999", "above 0"),
        (own.id, "  ", "10", "Enter the unit"),
        (own.id, "10 mg/L", "10", "is a number"),
    ):
        with pytest.raises(Refused, match=re.escape(says)):
            journal.labs.add_unit(test, unit, Decimal(factor))
    assert journal.labs.catalogue().own == before


def test_an_unknown_test_stays_refused(journal: Journal) -> None:
    with pytest.raises(Refused, match="hs-CRP"):
        read_entry(LabEntry(DRAWN, "glucose", "95", "mg/dL"), "a", catalogue=BUILT_IN)


@pytest.mark.parametrize("label", ["CRP", "hs crp", "IL 6", "Own test", "", " ", "x" * 101])
def test_a_name_that_is_known_empty_or_endless_is_refused(journal: Journal, label: str) -> None:
    journal.labs.add_analyte("own-TEST", GLUCOSE)

    with pytest.raises(Refused):
        journal.labs.add_analyte(label, GLUCOSE)
    assert len(journal.labs.catalogue().own) == 1


@pytest.mark.parametrize(
    "units",
    [
        (),
        (GLUCOSE[0], GLUCOSE[0]),
        (GLUCOSE[1],),
        (GLUCOSE[0], Conversion("x", Decimal(0), "own")),
        (GLUCOSE[0], Conversion("x", Decimal("NaN"), "own")),
        (GLUCOSE[0], Conversion("x", Decimal(1), "own", Decimal("Infinity"))),
    ],
    ids=["none", "twice", "not canonical", "zero", "not a number", "endless"],
)
def test_units_that_convert_to_nothing_are_refused(
    journal: Journal, units: tuple[Conversion, ...]
) -> None:
    with pytest.raises(Refused):
        journal.labs.add_analyte("Glucose", units)


def test_names_that_differ_only_in_signs_are_two_tests() -> None:
    plus, minus = own_analyte("Antibody A+"), own_analyte("Antibody A-")

    assert plus.id != minus.id
    assert own_analyte("Antibody  a+").id == plus.id
    assert own_analyte("x" * 90).id != own_analyte("x" * 91).id
    assert own_analyte("+").id != own_analyte("-").id


def test_a_result_in_words_comes_back_and_is_never_a_number(journal: Journal) -> None:
    given = read_entry(LabEntry(DRAWN, "crp", "nicht nachweisbar", "mg/L", range_text="<5"), "a")
    journal.labs.save(given)

    (kept,) = journal.labs.read_all()
    assert replace(kept, recorded=None) == given
    assert (kept.value.number, kept.canonical, kept.unit, kept.position) == (None, None, "", None)
    assert kept.printed_with_unit == kept.canonical_text == "nicht nachweisbar"
    with pytest.raises(NeedsConfirmation):
        question_result(replace(given, id="b"), journal.labs.read_all(), TODAY)
    question_result(replace(given, id="b"), journal.labs.read_all(), TODAY, confirmed=True)


def test_changing_an_imported_result_keeps_where_it_came_from(journal: Journal) -> None:
    entry = LabEntry(DRAWN, "crp", "3.1", "mg/L")
    imported = replace(
        read_entry(entry, "a"), loinc="48421-2", specimen="Capillary blood",
        reported=DRAWN, source="fhir", identifier="urn:x|1",
    )  # fmt: skip
    journal.labs.save(imported)

    changed = read_entry(replace(entry, value="3.2"), "a", earlier=imported)
    other_test = read_entry(replace(entry, test="esr", unit="mm/h"), "a", earlier=imported)

    assert changed == replace(imported, value=changed.value, canonical=Decimal("3.2"))
    assert (other_test.loinc, other_test.identifier) == ("30341-2", "urn:x|1")


def test_own_tests_and_words_survive_the_json_round_trip(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        own = here.labs.add_analyte("Glucose", GLUCOSE)
        here.labs.add_unit(own.id, "µmol/L", Decimal("0.01802"))
        enter(here, "glucose", "0,95", "g/L")
        enter(here, "glucose", "5300", "µmol/l")
        here.labs.save(read_entry(LabEntry(DRAWN, "il6", "neg", ""), "a"))
        content = journal_json.write(here.read_tables())

        there.imports.take_journal(importer.read(content, "a.json"))

        assert journal_json.write(there.read_tables()) == content
        assert there.labs.catalogue().own == here.labs.catalogue().own
        assert [unit.unit for unit in there.labs.catalogue().own[0].conversions] == [
            "mg/dL", "g/L", "µmol/L",
        ]  # fmt: skip
        enter(there, "glucose", "5400", "umol/L")
        assert there.labs.read_all()[-1].canonical == Decimal("97.308")


def test_a_merged_test_that_began_with_another_unit_is_never_drawn_on_the_wrong_axis(
    tmp_path: Path,
) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        own = here.labs.add_analyte("Calprotectin", [unit_as_printed("mg/L")])
        there.labs.add_analyte("Calprotectin", [unit_as_printed("mg/dL")])
        enter(here, "calprotectin", "3.1", "mg/L")
        enter(there, "calprotectin", "0.41", "mg/dL", DRAWN + timedelta(days=1))
        content = journal_json.write(there.read_tables())

        here.imports.take_journal(importer.read(content, "b.json"))
        mine, merged = here.labs.read_all()
        assert (mine.canonical_text, merged.canonical) == ("3.1 mg/L", None)
        assert merged.printed_with_unit == "0.41 mg/dL"
        assert not merged.is_converted
        same_figure = replace(mine, id="x", collected=merged.collected, canonical=Decimal("0.41"))
        assert not means_the_same(merged, same_figure)
        assert [mark.result for mark in mark_labs(here.read_diary(), ALL_DAYS, own.id).marks] == [
            mine
        ]

        here.labs.add_unit(own.id, "mg/dL", Decimal(10))
        assert here.labs.read_all()[1].canonical_text == "4.1 mg/L"
        assert check_journal(here) == ()


@pytest.mark.parametrize(
    "units",
    ["{}", "3", '[{"unit": "x"}]', '[{"unit": "x", "factor": "0", "offset": "0", "source": ""}]',
     '[{"unit": "x", "factor": "1E+999999", "offset": "0", "source": ""}]',
     '[{"unit": "x", "factor": "NaN", "offset": "0", "source": ""}]', "[3]",
     '[{"unit": "x", "factor": [], "offset": "0", "source": ""}]'],
)  # fmt: skip
def test_a_file_with_units_that_convert_to_nothing_is_refused(tmp_path: Path, units: str) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        here.labs.add_analyte("Glucose", GLUCOSE)
        document = json.loads(journal_json.write(here.read_tables()))
        document["analytes"][0]["units"] = units

        with suppress(Refused):  # the file, where it can't be read at all
            file = importer.read(json.dumps(document).encode(), "a.json")
            assert there.imports.take_journal(file).refused == 1

        assert there.labs.catalogue().own == ()
