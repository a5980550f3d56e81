"""Shapes in which hospitals, portals and national guides really write their results."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from moodlab.domain.errors import Refused
from moodlab.domain.intake import Taken
from moodlab.exchange.importers import fhir
from moodlab.exchange.recognition import recognise
from moodlab.exchange.source import Source
from moodlab.store.journal import Journal
from tests.exchange.fhir.fhir_files import (
    LOINC,
    UCUM,
    apple_export,
    bundle,
    concept,
    observation,
    one_line,
    quantity,
    save,
)
from tests.exchange.fhir.test_fhir_import import only, reason
from tests.moments import TODAY

SODIUM = "Sodium [Moles/volume] in Serum or Plasma"
Bring = Callable[..., Taken]


@pytest.fixture
def bring(journal: Journal, tmp_path: Path) -> Bring:
    """Takes in resources as one Bundle, by their addresses where they are given with one."""

    def bring_all(*resources: Any) -> Taken:
        content = bundle(each for each in resources if isinstance(each, dict))
        content["entry"] += [
            {"fullUrl": each[0], "resource": each[1]}
            for each in resources
            if isinstance(each, tuple)
        ]
        path = save(tmp_path / "bundle.json", content)
        source = Source(path, TODAY, journal.labs.catalogue())
        return journal.imports.take(fhir.open_source(source))

    return bring_all


# Numbers and units


@pytest.mark.parametrize("number", ["4.5218477625820015", "1.2345678901234567e-05", "12e-1"])
def test_all_digits_that_a_program_writes_are_kept(bring, journal, number: str) -> None:
    bring(observation(number))

    assert only(journal).value.number == Decimal(number)
    assert Decimal(only(journal).value.text) == Decimal(number)


def test_a_ratio_of_amounts_keeps_its_units(bring, journal) -> None:
    """15 mg in 24 h is no titre of 15:24."""
    held = {
        "valueRatio": {"numerator": quantity("15", "mg"), "denominator": quantity("24", "h")},
    }
    bring(observation(held, code="1755-8", name="Albumin"))

    assert only(journal).value.text == "15 mg/24 h"


@pytest.mark.parametrize(
    ("unit", "code"), [("mg/dL", "mg/L"), ("mg/L", "mmol/L"), ("g/L", "ug/mL"), ("mg/dL", "mg/mL")]
)
@pytest.mark.parametrize("test", [("1988-5", "CRP"), ("2951-2", "Sodium")])
def test_a_unit_and_a_code_that_contradict_each_other_are_refused(
    bring, test: tuple[str, str], unit: str, code: str
) -> None:
    held = {"valueQuantity": quantity("3", unit) | {"code": code}}

    assert "is not clear" in reason(bring(observation(held, code=test[0], name=test[1])))


@pytest.mark.parametrize(
    ("unit", "code"),
    [("mmol/l", "mmol/L"), ("mcg/mL", "ug/mL"), ("U/L", "[IU]/L"), ("x10*9/L", "10*9/L")],
)
def test_two_spellings_of_a_unit_do_not_contradict_each_other(
    bring, journal, unit: str, code: str
) -> None:
    held = {"valueQuantity": quantity("3", unit) | {"code": code}}
    bring(observation(held, code="2951-2", name="Sodium"))

    assert only(journal).unit == unit


@pytest.mark.parametrize(
    "held",
    [
        {"value": Decimal(3), "code": "mg/dL"},
        {"value": Decimal(3), "code": "mg/dL", "system": "https://www.unitsofmeasure.org/"},
        {"value": Decimal(3), "units": "mg/dL"},
    ],
)
def test_a_unit_is_found_where_it_stands(bring, journal, held: dict[str, Any]) -> None:
    bring(observation({"valueQuantity": held}))

    assert (only(journal).unit, only(journal).canonical) == ("mg/dL", Decimal(30))


def test_a_number_for_a_unit_is_no_unit(bring) -> None:
    held = {"value": Decimal(3), "code": "258797006", "system": "http://snomed.info/sct"}

    assert "unit is missing" in reason(bring(observation({"valueQuantity": held})))


def test_micro_units_are_read_as_american_labs_print_them(bring, journal) -> None:
    bring(observation("3.548", code="3016-3", name="TSH", unit="mcU/mL"))

    assert (only(journal).catalogue_id, only(journal).canonical) == ("tsh", Decimal("3.548"))


@pytest.mark.parametrize(
    ("text", "number", "printed"),
    [
        ("12.3 High", Decimal("12.3"), "12.3 High"),
        ("<0,3 erniedrigt", Decimal("0.3"), "<0,3 erniedrigt"),
        ("12.3 positive", None, "12.3 positive"),
        ("12.3 U/mL", Decimal("12.3"), "12.3 U/mL"),
    ],
)
def test_a_word_behind_a_number_is_not_taken_for_its_unit(
    bring, journal, text: str, number: Decimal | None, printed: str
) -> None:
    bring(observation({"valueString": text}, code="5048-4", name="ANA"))

    assert (only(journal).value.number, only(journal).printed_with_unit) == (number, printed)
    assert only(journal).unit == ("U/mL" if "U/mL" in text else "")


# Which test it is, and whether it is one


@pytest.mark.parametrize(
    "system", ["https://loinc.org", "http://loinc.org/", "http://www.loinc.org"]
)
def test_loinc_is_known_by_any_of_its_addresses(bring, journal, system: str) -> None:
    bring(observation() | {"code": concept("1988-5", "c", system)})

    assert only(journal).catalogue_id == "crp"


def test_codes_of_two_tests_are_refused(bring) -> None:
    codes = [{"system": LOINC, "code": code} for code in ("1988-5", "30522-7")]

    assert "is not clear" in reason(bring(observation() | {"code": {"coding": codes}}))


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [(SODIUM, True), ("Hematocrit [Volume Fraction] of Blood", True), ("Heart rate", False),
     ("Oxygen saturation in Arterial blood by Pulse oximetry", False)],
)  # fmt: skip
def test_without_a_category_a_loinc_name_says_whether_it_is_of_a_sample(
    bring, name: str, *, is_taken: bool
) -> None:
    taken = bring(observation("3", code="2951-2", name=name, category=None))

    assert (taken.added, taken.refused) == ((1, 0) if is_taken else (0, 1))


@pytest.mark.parametrize("code", ["26436-6", "18719-5", "108252007", "HM"])
def test_the_laboratory_sections_of_reports_are_laboratory(bring, code: str) -> None:
    assert bring(observation(category=[concept(code, "", "urn:any")])).added == 1


def test_a_result_with_an_unknown_modifier_is_refused_and_names_it(bring) -> None:
    modifier = [{"url": "http://lab.example/not-measured", "valueBoolean": True}]

    assert "not-measured" in reason(bring(observation(modifierExtension=modifier)))


def test_what_a_german_lab_says_against_a_result_is_noted(bring, journal) -> None:
    base = "https://www.medizininformatik-initiative.de/fhir/core/modul-labor/StructureDefinition"
    url = f"{base}/InterpretationsbeeinflussendeEigenschaft"
    bring(observation(modifierExtension=[{"url": url, "valueCoding": {"display": "Hämolytisch"}}]))

    assert only(journal).remark == "Hämolytisch"


def test_a_result_about_somebody_else_is_refused(bring) -> None:
    assert "someone" in reason(bring(observation(focus=[{"reference": "Patient/child"}])))


# Ranges and flags


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ([{"high": quantity("5", comparator="<")}], "<5 mg/L"),
        ([{"low": quantity("5", comparator=">")}], ">5 mg/L"),
        ([{"low": quantity("3", "mg/L"), "high": quantity("1", "mg/dL")}], "3 mg/L–1 mg/dL"),
        ([{"low": {"value": "0,5"}, "high": quantity("5")}], ""),
        ([{"low": quantity("1"), "high": quantity("5"), "type": concept("normal")}], "1–5 mg/L"),
        ([{"high": quantity("5"), "appliesTo": [concept("", "Men")]},
          {"high": quantity("9"), "appliesTo": [concept("", "Women")]}],
         "Men: ≤5 mg/L; Women: ≤9 mg/L"),
        ([{"high": quantity("5"), "appliesTo": [concept("", "Men")]}], "≤5 mg/L"),
    ],
)  # fmt: skip
def test_a_range_says_no_more_than_the_file(bring, journal, given: Any, printed: str) -> None:
    bring(observation("3", referenceRange=given))

    assert only(journal).range_text == printed


def test_no_result_is_placed_against_a_range_for_something_else(bring, journal) -> None:
    critical = [{"high": quantity("50"), "type": concept("critical", "Critical")}]
    bring(observation("30", referenceRange=critical))

    assert (only(journal).position, only(journal).range_text) == (None, "")
    assert only(journal).remark == "Critical: ≤50 mg/L."


@pytest.mark.parametrize(
    ("interpretation", "flag", "note"),
    [
        (concept("H", "High"), "H", ""),
        (concept("166698001", "Much above", "http://snomed.info/sct"), "Much above", ""),
        (concept("", "Slightly above the usual"), "Slightly above the usual", ""),
        (concept("", "To be judged by the level of the kidney's function"), "",
         "To be judged by the level of the kidney's function"),
    ],
)  # fmt: skip
def test_a_flag_is_what_a_lab_prints(bring, journal, interpretation, flag, note) -> None:
    bring(observation(interpretation=[interpretation]))

    assert (only(journal).value.flag, only(journal).remark) == (flag, note)


# Days


@pytest.mark.parametrize(
    "moment", ["2025-03-04T23:30:00+0100", "2025-03-04 08:00:00", "2025-03-04T08:00:00.123456z"]
)
def test_a_day_is_read_however_its_time_is_written(bring, journal, moment: str) -> None:
    bring(observation(on=moment))

    assert only(journal).collected == date(2025, 3, 4)


@pytest.mark.parametrize("is_inside", [True, False])
def test_the_day_is_that_of_the_specimen_where_the_result_has_none(
    bring, journal, *, is_inside: bool
) -> None:
    blood = {
        "resourceType": "Specimen",
        "id": "s",
        "type": concept("", "Blood"),
        "collection": {"collectedDateTime": "2025-03-04T07:10:00+01:00"},
    }
    given = observation(
        on=None,
        issued="2025-03-06T08:00:00Z",
        specimen={"reference": "#s" if is_inside else "Specimen/s"},
        **({"contained": [blood]} if is_inside else {}),
    )
    bring(given, *([] if is_inside else [blood]))

    assert (only(journal).collected, only(journal).reported) == (
        date(2025, 3, 4), date(2025, 3, 6)
    )  # fmt: skip
    assert (only(journal).specimen, only(journal).note) == ("Blood", "")


# Panels


def panel(**more: Any) -> dict[str, Any]:
    return observation(
        {},
        code="58410-2",
        name="Blood count",
        performer=[{"reference": "Organization/lab"}],
        specimen={"display": "EDTA blood"},
        **more,
    )


def bare(name: str, number: str) -> dict[str, Any]:
    return observation(number, code="", name=name, category=None, on=None, unit="g/L")


@pytest.mark.parametrize("is_before_r4", [True, False])
def test_a_panel_says_what_its_members_leave_out(bring, journal, *, is_before_r4: bool) -> None:
    member = {"reference": "Observation/m"}
    link = (
        {"related": [{"type": "has-member", "target": member}]}
        if is_before_r4
        else {"hasMember": [member]}
    )
    # The laboratory's name stands last of all.
    lab = {"resourceType": "Organization", "id": "lab", "name": "City Lab"}
    taken = bring(panel(**link), bare("Hb", "140") | {"id": "m"}, lab)

    assert (taken.added, taken.left_out, taken.refused) == (1, 2, 0)
    kept = only(journal)
    assert (kept.collected, kept.lab, kept.specimen) == (
        date(2025, 3, 4), "City Lab", "EDTA blood"
    )  # fmt: skip


def test_a_report_speaks_for_the_members_of_its_panels(bring, journal) -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "category": [concept("LAB")],
        "code": concept("", "Blood tests"),
        "effectiveDateTime": "2025-02-01",
        "result": [{"reference": "urn:uuid:panel"}],
    }
    head = observation({}, code="", name="Count", category=None, on=None,
                       hasMember=[{"reference": "urn:uuid:hb"}])  # fmt: skip
    bring(("urn:uuid:hb", bare("Hb", "140")), ("urn:uuid:panel", head), ("urn:uuid:r", report))

    assert only(journal).collected == date(2025, 2, 1)


def test_panels_that_name_each_other_end(bring) -> None:
    one = panel(hasMember=[{"reference": "Observation/b"}]) | {"id": "a"}
    other = panel(hasMember=[{"reference": "Observation/a"}]) | {"id": "b"}

    assert bring(one, other).left_out == 2


def test_the_members_that_a_panel_contains_are_taken(bring, journal) -> None:
    inside = [bare("Hb", "140") | {"id": "m"}]
    taken = bring(panel(contained=inside, hasMember=[{"reference": "#m"}]))

    assert (taken.added, taken.left_out, taken.refused) == (1, 1, 0)
    assert only(journal).collected == date(2025, 3, 4)


def test_a_member_that_is_not_in_the_file_is_told_and_a_panel_needs_no_day(bring) -> None:
    taken = bring(panel(on=None, hasMember=[{"reference": "Observation/gone"}]))

    assert [problem.reason for problem in taken.problems] == [
        "Its result Observation/gone is not in the file."
    ]


def test_two_results_of_one_test_under_one_identifier_are_two(bring, journal) -> None:
    """The hours of a glucose curve carry one code, and stand in one Observation."""
    curve = observation(
        {},
        code="2345-7",
        name="Glucose",
        identifier=[{"system": "urn:lab", "value": "7"}],
        component=[
            {"code": concept("2345-7", "Glucose"), "valueQuantity": quantity(number, "mg/dL")}
            for number in ("85", "160", "120")
        ],
    )

    assert (bring(curve).added, bring(curve).unchanged) == (3, 3)
    assert sorted(str(result.value.number) for result in journal.labs.read_all()) == [
        "120", "160", "85"
    ]  # fmt: skip


@pytest.mark.parametrize("given", [[], [{"system": "urn:lab", "value": "7"}]])
def test_a_correction_in_the_same_file_is_the_same_result(bring, journal, given: list[Any]) -> None:
    earlier = observation("31", id="o", identifier=given)
    taken = bring(earlier, observation("3.1", id="o", status="corrected", identifier=given))

    assert (taken.added, taken.replaced) == (1, 1)
    assert (only(journal).value.text, only(journal).status) == ("3.1", "corrected")
    assert only(journal).note == ""


# Who measured


@pytest.mark.parametrize(
    "person",
    [
        {
            "reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1",
            "display": "Dr A",
        },
        {"type": "Practitioner", "display": "Dr A"},
        {"reference": "urn:uuid:dr", "display": "Dr A"},
    ],
)
def test_a_physician_is_no_laboratory(bring, journal, person: dict[str, Any]) -> None:
    physician = {"resourceType": "Practitioner"}
    bring(observation(performer=[person, {"display": "City Lab"}]), ("urn:uuid:dr", physician))

    assert only(journal).lab == "City Lab"


def test_which_of_a_reports_specimens_a_result_is_from_is_not_guessed(bring, journal) -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "category": [concept("LAB")],
        "code": concept("", "Blood tests"),
        "specimen": [{"display": "Blood"}, {"display": "Urine"}],
        "result": [{"reference": "Observation/o"}],
    }
    bring(report, observation(id="o"))

    assert only(journal).specimen == ""


def test_ucum_annotations_are_printed_as_they_stand(bring, journal) -> None:
    unit = {"value": Decimal("0.30"), "unit": "mg/L{FEU}", "system": UCUM, "code": "mg/L{FEU}"}
    bring(observation({"valueQuantity": unit}, code="48065-7", name="D-dimer"))

    assert only(journal).printed_with_unit == "0.30 mg/L{FEU}"


# What costs only itself


def read_file(journal: Journal, path: Path) -> Taken:
    source = Source(path, TODAY, journal.labs.catalogue())
    return journal.imports.take(recognise(path).open_source(source))


def in_a_bundle(*entries: bytes) -> bytes:
    return b'{"resourceType": "Bundle", "entry": [' + b",".join(entries) + b"]}"


@pytest.mark.parametrize(
    "odd",
    [
        b'{"resource": {"resourceType": "Binary", "data": "' + b"QUJD" * 3_000_000 + b'"}}',
        b'{"a": "' + rb"\"}],\\" * 1_500_000 + b'", "b": [{}, {"c": "]"}]}',
        b'{"resource": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"resource": [' + b"0," * 2_000_000 + b"0]}",
    ],
    ids=["long", "signs", "deep", "parts"],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_an_entry_beyond_all_bounds_costs_only_itself(
    journal: Journal, tmp_path: Path, odd: bytes, *, is_last: bool
) -> None:
    """A portal's Bundle may hold a scanned report of any length."""
    fine = b'{"resource": ' + one_line(observation()) + b"}"
    entries = [fine, odd] if is_last else [odd, fine]
    taken = read_file(journal, save(tmp_path / "b.json", in_a_bundle(*entries)))

    (problem,) = taken.problems
    assert (taken.added, taken.refused, problem.line) == (1, 1, 2 if is_last else 1)
    assert "too large for a single result" in problem.reason


@pytest.mark.parametrize("end", [b"", b'"', b'"}', b'"}}', b'"}}]'])
def test_a_file_that_ends_in_such_an_entry_is_refused_whole(
    journal: Journal, tmp_path: Path, end: bytes
) -> None:
    fine = b'{"resource": ' + one_line(observation()) + b"}"
    whole = in_a_bundle(fine, b'{"resource": {"data": "' + b"QUJD" * 5_000_000)
    path = save(tmp_path / "b.json", whole.removesuffix(b"]}") + end)

    with pytest.raises(Refused, match="not readable JSON"):
        read_file(journal, path)
    assert journal.labs.read_all() == ()


def test_an_only_entry_may_stand_without_its_list(journal: Journal, tmp_path: Path) -> None:
    whole = b'{"resourceType": "Bundle", "entry": {"resource": ' + one_line(observation()) + b"}}"

    assert read_file(journal, save(tmp_path / "b.json", whole)).added == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_fhir_file_in_utf_16_is_refused_for_what_it_is(
    journal: Journal, tmp_path: Path, encoding: str
) -> None:
    whole = in_a_bundle(one_line(observation())).decode().encode(encoding)

    with pytest.raises(Refused, match=r"It is not (?:UTF-8 text|readable JSON)"):
        read_file(journal, save(tmp_path / "b.json", whole))


def test_half_an_archive_is_said_to_be_half(journal: Journal, tmp_path: Path) -> None:
    path = apple_export(tmp_path / "export.zip", [observation(method=concept("", "m" * 150))])
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(Refused, match="not a complete zip"):
        read_file(journal, path)


def test_a_device_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "b.json").symlink_to("/dev/zero")

    with pytest.raises(Refused, match="not a file"):
        recognise(tmp_path / "b.json")
    with pytest.raises(Refused, match="not a file"):
        Source(tmp_path / "b.json", TODAY)


ODD = [None, [], {}, "x", 7, True, [None], [[1]], {"coding": "x"}, [{"coding": [7]}],
       {"reference": 7}, [{"reference": ["a"]}], {"collectedDateTime": 7}]  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_a_field_of_another_type_is_never_a_defect(bring, odd: Any) -> None:
    """Each field of each resource is odd once; the result beside them comes in."""
    fields = [*observation(identifier=[]), "issued", "performer", "interpretation", "note",
              "method", "specimen", "referenceRange", "component", "contained", "hasMember",
              "related", "modifierExtension", "focus", "effectivePeriod",
              "effectiveTiming", "subject", "result", "name", "type", "collection",
              "id"]  # fmt: skip
    given = []
    for kind in ("Observation", "DiagnosticReport", "Specimen", "Organization", "Practitioner"):
        for field in fields:
            held = observation(contained=[observation()]) | {"resourceType": kind, field: odd}
            given.append(held)
    taken = bring(*given, observation("7.7", code="2276-4", name="Ferritin", unit="ng/mL"))

    assert ("Ferritin", 1) in taken.tests
