"""What real files of labs hold: ranges with words beside them, equal names, units, performers."""

from pathlib import Path
from typing import Any

import pytest

from moodlab.domain.errors import Refused
from moodlab.domain.intake import Taken
from moodlab.domain.labs.analytes import BY_ID, display_unit
from moodlab.domain.labs.reference_ranges import Position
from moodlab.domain.labs.units import fold_unit
from moodlab.exchange.importers import fhir
from moodlab.exchange.recognition import recognise
from moodlab.exchange.source import Source
from moodlab.store.journal import Journal
from tests.exchange.fhir.fhir_files import (
    LOINC,
    bundle,
    concept,
    observation,
    one_line,
    quantity,
    save,
)
from tests.exchange.fhir.test_fhir_import import only, take
from tests.moments import TODAY


@pytest.fixture
def bring(journal: Journal, tmp_path: Path):
    """Takes in resources as one Bundle."""

    def bring_all(*resources: dict[str, Any], confirmed: bool = False) -> Taken:
        path = save(tmp_path / "bundle.json", bundle(resources))
        return take(journal, path, confirmed=confirmed)

    return bring_all


# Ranges


@pytest.mark.parametrize(
    ("given", "printed", "position", "remark"),
    [
        ({"low": quantity("0"), "high": quantity("5"), "text": "fasting"},
         "0–5 mg/L · fasting", Position.ABOVE, ""),
        ({"low": quantity("0"), "high": quantity("15"), "text": "goal under treatment <= 7,0"},
         "0–15 mg/L · goal under treatment <= 7,0", Position.WITHIN, ""),
        ({"low": {"value": 0}, "high": {"value": 15}, "text": "0-15"}, "0-15", Position.WITHIN, ""),
        ({"high": quantity("5"), "text": "5"}, "≤5 mg/L · 5", Position.ABOVE, ""),
        ({"text": "fasting"}, "fasting", Position.CANNOT_BE_PLACED, ""),
        ({"low": quantity("0"), "high": quantity("5"), "type": concept("normal", "Normal Range")},
         "0–5 mg/L", Position.ABOVE, ""),
        ({"high": quantity("7"), "type": concept("treatment", "Treatment Range")},
         "", None, "Treatment Range: ≤7 mg/L."),
        ({"high": quantity("7"), "type": concept("recommended", "Recommended Range")},
         "", None, "Recommended Range: ≤7 mg/L."),
        ({"high": quantity("7"), "type": {"text": "therapeutic"}},
         "", None, "therapeutic: ≤7 mg/L."),
    ],
)  # fmt: skip
def test_limits_are_the_range_and_words_stand_beside_them(
    bring, journal, given: dict[str, Any], printed: str, position: Position | None, remark: str
) -> None:
    bring(observation("12", referenceRange=[given]))

    kept = only(journal)
    assert (kept.range_text, kept.position, kept.remark) == (printed, position, remark)


def test_a_range_for_treatment_does_not_hide_the_labs_own(bring, journal) -> None:
    ranges = [
        {"low": quantity("0"), "high": quantity("5"), "type": concept("normal")},
        {"high": quantity("50"), "type": concept("critical", "Critical")},
    ]
    bring(observation("12", referenceRange=ranges))

    assert (only(journal).range_text, only(journal).position) == ("0–5 mg/L", Position.ABOVE)


# Equal names


def labels(journal: Journal) -> dict[str, str]:
    return {result.value.text: result.label for result in journal.labs.read_all()}


def curve(code: str, value: str, unit: str) -> dict[str, Any]:
    return observation(value, code=code, name="60' after 75 g", unit=unit)


def local(code: str, value: str, name: str, **more: Any) -> dict[str, Any]:
    coded = {"coding": [{"system": "https://lab.example", "code": code}], "text": name}
    return observation(value, unit="mmol/L", **({"code": None} | more)) | {"code": coded}


def test_two_codes_of_one_name_are_two_tests_under_two_names(bring, journal) -> None:
    insulin, glucose = curve("72902-0", "1544", "pmol/L"), curve("1507-3", "151", "mg/dL")

    assert bring(insulin, glucose).added == 2
    assert labels(journal) == {"1544": "60' after 75 g", "151": "60' after 75 g (1507-3)"}


def test_a_labs_own_codes_tell_equal_names_apart(bring, journal) -> None:
    blood, urine = local("3511", "5.0", "Glucose"), local("3320", "7.0", "Glucose")
    urine["effectiveDateTime"] = "2025-03-05"

    assert bring(blood, urine).added == 2
    assert labels(journal) == {"5.0": "Glucose", "7.0": "Glucose (3320)"}
    again = local("3320", "8.0", "Glucose")
    assert bring(again).added == 1
    assert labels(journal)["8.0"] == "Glucose (3320)"
    assert len(journal.labs.catalogue().own) == 2


def test_own_codes_of_one_name_stay_apart_in_a_further_unit_too(bring, journal) -> None:
    both = [local("3511", "5.0", "Glucose"), local("3320", "7.0", "Glucose")]
    bring(*both)
    for number, resource in enumerate(both):
        resource["valueQuantity"] = quantity(f"9{number}", "mg/dL")
    bring(*both)

    assert len({result.analyte for result in journal.labs.read_all()}) == 4


def test_a_test_that_was_known_by_its_name_alone_goes_on(bring, journal) -> None:
    bring(observation("5.0", code="", name="Glucose", unit="mmol/L"))
    bring(local("3511", "6.0", "Glucose", on="2025-04-04"))

    assert len(journal.labs.catalogue().own) == 1


def test_without_a_code_panel_and_name_tell_tests_apart(bring, journal) -> None:
    cells = [
        observation(value, code="", name="Erythrocytes", unit="/uL", id=f"e{value}")
        for value in ("12", "34")
    ]
    panels = [
        observation({}, code="", name=name, id=name, hasMember=[{"reference": f"Observation/{at}"}])
        for name, at in (("Ascites", "e12"), ("Pleura", "e34"))
    ]

    bring(*panels, *cells)

    assert labels(journal) == {"12": "Ascites: Erythrocytes", "34": "Pleura: Erythrocytes"}
    assert bring(*panels, *cells).unchanged == 2


# Units


@pytest.mark.parametrize(
    ("test", "unit"),
    [("esr", unit) for unit in ("mm", "mm/u", "mm/óra", "mm/1u", "mm/uur", "mm/hod.", "mm/heure",
                                "mm/1h", "MM/H")]
    + [("tsh", unit) for unit in ("mIE/L", "µIE/mL", "mUI/L", "µUI/mL", "mIU/L", "mE/L")],
)  # fmt: skip
def test_units_as_labs_of_other_countries_print_them(bring, journal, test: str, unit: str) -> None:
    bring(observation({"valueQuantity": {"value": 12, "unit": unit}}, code=BY_ID[test].loinc))

    kept = only(journal)
    assert (kept.analyte, kept.unit, kept.canonical) == (test, unit, 12)


def test_no_two_spellings_of_one_test_are_two_units() -> None:
    assert fold_unit("mm/u") == fold_unit("mm/h") != fold_unit("mm")
    assert fold_unit("g/U") != fold_unit("g/h")


def test_an_empty_remark_is_no_unit(bring, journal) -> None:
    odd = observation(
        {"valueQuantity": {"value": "3.2", "unit": "{}"}}, code="1762-4", name="Ratio",
        interpretation=[concept("H")],
    )  # fmt: skip
    bring(odd)

    assert only(journal).printed_with_unit == "3.2 H"
    assert (display_unit("{}"), display_unit("{ratio}")) == ("", "{ratio}")


# The order of a draw


def test_results_of_one_draw_stand_in_the_order_of_the_tests(bring, journal) -> None:
    bring(
        observation("5", code="2345-7", name="Zinc", unit="mmol/L"),
        observation("5", code="2160-0", name="albumin", unit="g/L"),
        observation("9", code="3016-3", name="TSH", unit="mIU/L", on="2025-03-03"),
        observation("3", code="3016-3", name="TSH", unit="mIU/L"),
        observation("1"),
    )

    found = [result.label for result in journal.labs.read_all()]
    assert found == ["TSH", "CRP", "TSH", "albumin", "Zinc"]


# Performers


@pytest.mark.parametrize(
    ("performer", "more"),
    [
        ({"reference": "Practitioner/1", "display": "A. Bee"}, {}),
        ({"reference": "https://lab.example/fhir/PractitionerRole/1", "display": "A. Bee"}, {}),
        ({"reference": "#doc", "display": "A. Bee"},
         {"contained": [{"resourceType": "Practitioner", "id": "doc"}]}),
        ({"display": "Dr. A. Bee"}, {}),
        ({"display": "Prof. A. Bee"}, {}),
        ({"type": "http://hl7.org/fhir/StructureDefinition/Practitioner", "display": "A. Bee"}, {}),
    ],
)  # fmt: skip
def test_a_person_is_no_laboratory(bring, journal, performer: Any, more: dict[str, Any]) -> None:
    bring(observation(performer=[performer], **more))

    assert only(journal).lab == ""


def test_a_laboratory_may_be_named_after_a_physician(bring, journal) -> None:
    performer = {"reference": "Organization/1", "display": "Dr. Bee & Partners, Laboratory"}
    bring(observation(performer=[performer]))

    assert only(journal).lab == performer["display"]


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_fhir_as_xml_is_named_and_says_what_to_do(tmp_path: Path, encoding: str) -> None:
    text = '<?xml version="1.0"?>\n<!-- lab -->\n<Bundle xmlns="http://hl7.org/fhir"/>'
    path = save(tmp_path / "bundle.xml", text.encode(encoding))

    assert recognise(path) is not None
    with pytest.raises(Refused, match=r"bundle\.xml is FHIR as XML.*Ask for the file as JSON"):
        recognise(path).open_source(Source(path, TODAY))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'{"resourceType": "Bundle",\n "entry": [\n  {"resource": {},}\n ]}', 3),
        (b'{"resourceType": "Bundle",\n\n "entry": [{}]\n "x": 1}', 4),
        (b'{"resourceType": "Bundle", "entry": [\n{"a":\n1}\n', 4),
        (b'{"resourceType": "Bundle"}\n\n]', 3),
    ],
)
def test_what_is_no_json_names_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    path = save(tmp_path / "bundle.json", content)

    with pytest.raises(Refused, match=f"not readable JSON: see line {line}"):
        list(fhir.open_source(Source(path, TODAY)).labs)


def test_the_line_is_right_in_a_long_file_too(tmp_path: Path) -> None:
    entry = one_line({"resource": observation()})
    whole = b'{"resourceType": "Bundle", "entry": [\n' + b",\n".join([entry] * 3000) + b"\noops]}"
    path = save(tmp_path / "bundle.json", whole)

    with pytest.raises(Refused, match="see line 3002"):
        list(fhir.open_source(Source(path, TODAY)).labs)


def test_a_journal_file_that_is_no_json_names_its_line(tmp_path: Path) -> None:
    path = save(tmp_path / "journal.json", b'{"format": "moodlab-journal",\n oops}')

    with pytest.raises(Refused, match="see line 2"):
        recognise(path).open_source(Source(path, TODAY))


def test_loinc_goes_before_a_labs_own_code(bring, journal) -> None:
    coded = observation("3.1")
    coded["code"]["coding"].insert(0, {"system": "https://lab.example", "code": "77"})

    bring(coded)

    assert (only(journal).analyte, only(journal).loinc) == ("crp", "1988-5")
    assert coded["code"]["coding"][1]["system"] == LOINC
