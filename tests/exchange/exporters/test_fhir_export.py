"""The Bundle that goes out, held against a reference model of FHIR R4B and read back in."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.results import meaning_of
from moodlab.exchange.exporters import fhir as exporter
from moodlab.exchange.importers import fhir
from moodlab.exchange.source import Source
from moodlab.store.journal import Journal
from tests.examples import one_in
from tests.exchange.fhir.fhir_files import bundle, concept, observation, patient_record, save
from tests.moments import TODAY

DRAWN = date(2026, 2, 3)


def exported(journal: Journal) -> bytes:
    return exporter.write(
        journal.read_diary(), journal.labs.catalogue(), journal.setting("journal_id")
    )


def resources(content: bytes, category: str = "") -> list[dict[str, Any]]:
    document = json.loads(content, parse_float=Decimal)
    found = [entry["resource"] for entry in document["entry"]]
    return [
        resource
        for resource in found
        if not category
        or resource.get("category", [{"coding": [{}]}])[0]["coding"][0].get("code") == category
    ]


def add(journal: Journal, value: str, unit: str = "mg/L", test: str = "crp", **more: Any) -> None:
    entry = LabEntry(DRAWN, test, value, unit, **more)
    result = read_entry(
        entry, journal.ledger.new_id(), catalogue=journal.labs.catalogue(), confirmed=True
    )
    journal.labs.save(result)


def test_a_bound_goes_out_with_its_comparator_unit_and_print(journal: Journal) -> None:
    add(journal, "<0,30", "mg/dl", "hs-CRP", range_text="0-0.5", lab="City", method="CLIA",
        context=("infection",))  # fmt: skip

    (lab,) = resources(exported(journal), "laboratory")

    assert lab["valueQuantity"] == {
        "value": Decimal("0.30"), "comparator": "<", "unit": "mg/dl",
        "system": "http://unitsofmeasure.org", "code": "mg/dL",
    }  # fmt: skip
    assert b'"value": 0.30,' in exported(journal)
    assert lab["code"] == {
        "coding": [{"system": "http://loinc.org", "code": "30522-7"}],
        "text": "hs-CRP",
    }
    assert lab["effectiveDateTime"] == "2026-02-03"
    assert "&lt;0,30 mg/dl" in lab["text"]["div"]
    (limits,) = lab["referenceRange"]
    assert (limits["text"], limits["low"]["value"], limits["high"]["value"]) == (
        "0-0.5", 0, Decimal("0.5"),
    )  # fmt: skip
    assert (lab["performer"], lab["method"]) == ([{"display": "City"}], {"text": "CLIA"})
    assert lab["note"] == [{"text": "Around the draw: infection, left out of summaries"}]


@pytest.mark.parametrize(
    ("unit", "code"),
    [("mmol/L", "mmol/L"), ("10*9/L", "10*9/L"), ("mmol/l", None), ("MG/DL", None)],
)
def test_a_unit_of_an_own_test_has_a_code_only_where_it_is_one_as_printed(
    journal: Journal, tmp_path: Path, unit: str, code: str | None
) -> None:
    record = observation("140.0", code="2951-2", name="Sodium", unit=unit,
                         interpretation=[concept("S", "Susceptible")])  # fmt: skip
    path = save(tmp_path / "x.json", bundle([record]))
    journal.imports.take(fhir.open_source(Source(path, TODAY, journal.labs.catalogue())))

    (lab,) = resources(exported(journal), "laboratory")

    assert (lab["valueQuantity"]["unit"], lab["valueQuantity"].get("code")) == (unit, code)
    assert lab["interpretation"][0]["coding"][0]["code"] == "S"


def test_a_limit_that_does_not_belong_to_its_range_stands_in_the_text_alone(
    journal: Journal,
) -> None:
    add(journal, "3.1", range_text="<5")

    (lab,) = resources(exported(journal), "laboratory")

    assert lab["referenceRange"] == [{"text": "<5"}]


def test_ratings_say_the_day_and_when_they_were_written(journal: Journal) -> None:
    journal.days.rate(DRAWN, "mood", 4000)
    journal.days.rate(DRAWN, "stress", None)
    journal.days.rate(DRAWN, "sleep_hours", 450_000)

    mood, unable, hours = sorted(
        resources(exported(journal), "survey"), key=lambda found: "valueInteger" not in found
    )

    assert (mood["valueInteger"], mood["effectiveDateTime"]) == (4, "2026-02-03")
    assert mood["issued"] == "2026-03-04T21:00:00.000+01:00"
    assert mood["performer"] == [mood["subject"]]
    absent, amount = sorted((unable, hours), key=lambda found: "valueQuantity" in found)
    assert absent["dataAbsentReason"]["coding"][0]["code"] == "asked-unknown"
    assert amount["valueQuantity"]["value"] == 450
    assert amount["valueQuantity"]["code"] == "min"


def test_no_name_note_or_treatment_goes_out(journal: Journal) -> None:
    journal.set_settings({"person_name": "Secret Name", "person_born": "1970"})
    journal.days.write_note(DRAWN, "secret thought", for_doctor=True)
    journal.days.rate(DRAWN, "mood", 4000)
    add(journal, "3.1", note="secret note")

    content = exported(journal)

    assert b"ecret" not in content
    assert b"1970" not in content


def test_the_reference_model_accepts_the_example(example: Journal, tmp_path: Path) -> None:
    path = save(tmp_path / "x.json", bundle(patient_record(7)))
    odd = [
        observation({"valueString": "1:40"}, code="5778-6", name="Colour"),
        observation("1.1", code="", name="Ratio <&\"'", unit="",
                    identifier=[{"value": "x"}], interpretation=[concept("", "odd")]),
    ]  # fmt: skip
    with_odd = save(tmp_path / "odd.json", bundle(odd))
    for file in (path, with_odd):
        example.imports.take(fhir.open_source(Source(file, TODAY, example.labs.catalogue())))
    content = exported(example)

    model = Bundle.model_validate_json(content)

    assert len(model.entry) == len(resources(content))
    urls = [entry.fullUrl for entry in model.entry]
    assert len(set(urls)) == len(urls)
    assert all(url.startswith("urn:uuid:") for url in urls)
    assert b"HTEST" in content
    assert len(resources(content, "laboratory")) == len(example.labs.read_all())


def test_the_same_journal_gives_the_same_bytes(example: Journal, example_path: Path) -> None:
    first = exported(example)
    example.close()
    with Journal.open(example_path) as again:
        assert exported(again) == first


@one_in(8)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([("crp", "mg/dL"), ("hs-CRP", "nmol/L"), ("tsh", "µIU/mL"),
                             ("hba1c", "%"), ("vitamin d", "ng/mL"), ("esr", "mm/h")]),
            st.sampled_from(["", "<", "≤", ">", "≥"]),
            st.decimals(min_value="0.01", max_value=900, places=2),
        ),
        max_size=8, unique_by=lambda given: given[0],
    )
)  # fmt: skip
def test_what_goes_out_comes_in_as_the_same(
    tmp_path_factory: pytest.TempPathFactory, given_labs: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("x")
    with Journal.create(folder / "a") as here, Journal.create(folder / "b") as there:
        for (test, unit), sign, number in given_labs:
            add(here, f"{sign}{number}", unit, test)
        add(here, "negative", "", "il6")
        path = save(folder / "x.json", exported(here))

        taken = there.imports.take(fhir.open_source(Source(path, TODAY, there.labs.catalogue())))

        assert (taken.added, taken.refused) == (len(given_labs) + 1, 0)
        back = {meaning_of(result): result for result in there.labs.read_all()}
        for result in here.labs.read_all():
            assert back[meaning_of(result)].canonical == result.canonical
            assert back[meaning_of(result)].unit == result.unit
        again = here.imports.take(fhir.open_source(Source(path, TODAY, here.labs.catalogue())))
        assert (again.added, again.unchanged) == (0, len(given_labs) + 1)
