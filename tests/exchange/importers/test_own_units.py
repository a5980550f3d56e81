"""Own tests in several units: what comes in around the adding of one, and what goes out."""

import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from moodlab.domain.intake import Taken
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.exchange.exporters import csv_set
from moodlab.exchange.exporters import fhir as exporter
from moodlab.exchange.importers import fhir
from moodlab.exchange.source import Source
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.exchange.fhir.fhir_files import bundle, observation, save
from tests.moments import TODAY

GLUCOSE, MOLES = "loinc_2345_7", "loinc_2345_7_mmol_l"


def glucose(value: Any, unit: str, on: str, number: str = "", **more: Any) -> dict[str, Any]:
    named = {"identifier": [{"system": "urn:lab", "value": number}]} if number else {}
    return observation(value, code="2345-7", name="Glucose", unit=unit, on=on, **named, **more)


@pytest.fixture
def bring(journal: Journal, tmp_path: Path):
    """Takes in resources as one Bundle and returns how many are new, there already, or kept."""

    def bring_all(*resources: dict[str, Any], **options: bool) -> tuple[int, int, int]:
        source = Source(
            save(tmp_path / "bundle.json", bundle(resources)), TODAY, journal.labs.catalogue(),
            are_all_mine=True, names_suffice=False,
        )  # fmt: skip
        taken: Taken = journal.imports.take(fhir.open_source(source), **options)
        assert not taken.refused
        return taken.added, taken.unchanged + taken.replaced, taken.kept

    return bring_all


def held(journal: Journal) -> set[tuple[str, str, str]]:
    return {
        (result.analyte, result.printed_with_unit, result.canonical_text)
        for result in journal.labs.read_all()
    }


@pytest.mark.parametrize("number", ["", "7"])
def test_a_file_after_the_unit_was_added_joins_the_series(bring, journal, number: str) -> None:
    first = glucose("95", "mg/dL", "2025-03-04")
    apart = glucose("5.1", "mmol/L", "2025-03-05", number)
    assert bring(first, apart) == (2, 0, 0)

    journal.labs.add_unit(GLUCOSE, "mmol/L", Decimal("18.02"))

    # The same file again changes nothing, though its result would now belong to the first test.
    assert bring(first, apart) == (0, 2, 0)
    assert bring(glucose("5.0", "mmol/L", "2025-04-05", "8")) == (1, 0, 0)
    assert bring(glucose("5.0", "MMOL/l", "2025-04-05", "8")) == (0, 1, 0)
    assert held(journal) == {
        (GLUCOSE, "95 mg/dL", "95 mg/dL"), (MOLES, "5.1 mmol/L", "5.1 mmol/L"),
        (GLUCOSE, "5.0 mmol/L", "90.100 mg/dL"),
    }  # fmt: skip
    assert check_journal(journal) == ()


def test_a_unit_added_before_the_first_such_file_leaves_one_series(bring, journal) -> None:
    bring(glucose("95", "mg/dL", "2025-03-04"))
    journal.labs.add_unit(GLUCOSE, "mmol/L", Decimal("18.02"))

    bring(glucose("5.0", "mmol/L", "2025-03-05"), glucose("0.95", "g/L", "2025-03-06"))

    assert [analyte.label for analyte in journal.labs.catalogue().own] == [
        "Glucose", "Glucose (g/L)",
    ]  # fmt: skip
    assert (GLUCOSE, "5.0 mmol/L", "90.100 mg/dL") in held(journal)


def test_what_the_person_did_with_a_result_set_apart_is_kept(bring, journal) -> None:
    apart, gone = (glucose(f"5.{n}", "mmol/L", f"2025-03-0{n}", f"{n}") for n in (1, 2))
    bring(glucose("95", "mg/dL", "2025-03-04"), apart, gone)
    moved, deleted = (result for result in journal.labs.read_all() if result.analyte == MOLES)
    journal.labs.add_unit(GLUCOSE, "mmol/L", Decimal("18.02"))
    journal.labs.delete(deleted.id)
    entry = LabEntry(moved.collected, "Glucose", "5.1", "mmol/L")
    catalogue = journal.labs.catalogue()
    journal.labs.save(read_entry(entry, moved.id, catalogue=catalogue, earlier=moved))

    assert bring(apart, gone) == (0, 1, 1)

    assert (GLUCOSE, "5.1 mmol/L", "91.902 mg/dL") in held(journal)
    assert len(journal.labs.read_all()) == 2


def test_a_correction_of_a_result_set_apart_takes_its_place(bring, journal) -> None:
    bring(glucose("95", "mg/dL", "2025-03-04"), glucose("5.1", "mmol/L", "2025-03-05", "7"))
    (earlier,) = (result for result in journal.labs.read_all() if result.analyte == MOLES)
    journal.labs.save(replace(earlier, note="my note"))
    journal.labs.add_unit(GLUCOSE, "mmol/L", Decimal("18.02"))

    bring(glucose("5.2", "mmol/L", "2025-03-05", "7", status="corrected"))

    assert held(journal) == {
        (GLUCOSE, "95 mg/dL", "95 mg/dL"), (GLUCOSE, "5.2 mmol/L", "93.704 mg/dL"),
    }  # fmt: skip
    assert journal.labs.read_all()[-1].note == "my note"


def test_two_units_that_are_not_one_are_never_guessed(bring, journal, tmp_path: Path) -> None:
    bring(glucose("95", "mg/dL", "2025-03-04"))
    journal.labs.add_unit(GLUCOSE, "mmol/L", Decimal("18.02"))
    doubtful = glucose(
        {"valueQuantity": {"value": Decimal("5.0"), "unit": "mmol/L", "code": "mg/dL",
                           "system": "http://unitsofmeasure.org"}},
        "", "2025-03-05",
    )  # fmt: skip
    source = Source(
        save(tmp_path / "x.json", bundle([doubtful])), TODAY, journal.labs.catalogue(),
        are_all_mine=True, names_suffice=False,
    )  # fmt: skip

    taken = journal.imports.take(fhir.open_source(source))

    assert "The unit is not clear" in taken.problems[0].reason
    assert len(journal.labs.read_all()) == 1


def test_results_in_another_unit_go_out_as_printed(bring, journal) -> None:
    bring(glucose("95", "mg/dL", "2025-03-04"))
    journal.labs.add_unit(GLUCOSE, "mmol/L", Decimal("18.02"))
    bring(glucose("5.0", "mmol/L", "2025-03-05"))

    document = json.loads(
        exporter.write(
            journal.read_diary(), journal.labs.catalogue(), journal.setting("journal_id")
        ),
        parse_float=Decimal,
    )
    values = [
        entry["resource"]["valueQuantity"]
        for entry in document["entry"]
        if "valueQuantity" in entry["resource"]
    ]
    assert [(value["value"], value["unit"], value["code"]) for value in values] == [
        (Decimal(95), "mg/dL", "mg/dL"), (Decimal("5.0"), "mmol/L", "mmol/L"),
    ]  # fmt: skip
    assert str(values[1]["value"]) == "5.0"

    with ZipFile(BytesIO(csv_set.write_zip(journal.read_tables()))) as archive:
        tables = {name: archive.read(name).decode() for name in archive.namelist()}
    assert any("5.0" in text and "mmol/L" in text and "90.100" in text for text in tables.values())
    assert any("18.02" in text for text in tables.values())
