"""Lab results from FHIR files: what is taken, what is left, what is refused and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.intake import ArrivingLab, LeftOut, RowProblem, Taken
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.results import LabResult
from moodlab.exchange.exporters import journal_json
from moodlab.exchange.importers import fhir
from moodlab.exchange.source import Source
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.exchange.fhir.fhir_files import (
    TESTS,
    apple_export,
    bundle,
    concept,
    lines,
    observation,
    patient_record,
    quantity,
    save,
)
from tests.moments import TODAY

DRAWN = date(2025, 3, 4)


def take(journal: Journal, path: Path, *, confirmed: bool = False, **options: bool) -> Taken:
    source = Source(
        path,
        TODAY,
        journal.labs.catalogue(),
        are_all_mine=confirmed,
        names_suffice=confirmed,
        takes_out=confirmed,
        known_people=journal.imports.known_people(),
    )
    intake = fhir.open_source(source)
    return journal.imports.take(intake, **options)


@pytest.fixture
def bring(journal: Journal, tmp_path: Path):
    """Takes in resources as one Bundle."""

    def bring_all(*resources: dict[str, Any], confirmed: bool = False, **options: bool) -> Taken:
        path = save(tmp_path / "bundle.json", bundle(resources))
        return take(journal, path, confirmed=confirmed, **options)

    return bring_all


def only(journal: Journal) -> LabResult:
    (result,) = journal.labs.read_all()
    return result


def reason(taken: Taken) -> str:
    (problem,) = taken.problems
    assert (taken.added, taken.refused) == (0, 1)
    return problem.reason


# What a result becomes


def test_a_result_keeps_the_digits_sign_range_and_places_of_the_file(bring, journal) -> None:
    taken = bring(
        observation(
            "0.30", comparator="<", code="30522-7", name="CRP hs", dstu2=False,
            issued="2025-03-06T07:00:00Z",
            referenceRange=[{"low": quantity("0"), "high": quantity("3.0"), "text": "0 - 3,0"}],
            interpretation=[concept("L", "Low")], performer=[{"display": "City Lab"}],
            method={"text": "Immunoturbidimetry"}, specimen={"display": "Serum"},
            identifier=[{"system": "urn:city", "value": "77"}],
        )
    )  # fmt: skip

    assert (taken.added, taken.refused) == (1, 0)
    kept = only(journal)
    assert (kept.value.text, kept.value.comparator, kept.value.flag) == ("<0.30", "<", "L")
    assert (kept.value.number, kept.unit, kept.canonical) == (
        Decimal("0.30"), "mg/L", Decimal("0.30"),
    )  # fmt: skip
    assert (kept.analyte, kept.assay, kept.loinc) == ("crp", "hs", "30522-7")
    assert (kept.collected, kept.reported) == (DRAWN, date(2025, 3, 6))
    assert (kept.range_text, kept.lab) == ("0 - 3,0", "City Lab")
    assert (kept.method, kept.specimen) == ("Immunoturbidimetry", "Serum")
    assert (kept.source, kept.identifier) == ("fhir", "urn:city|77")
    assert kept.printed_with_unit == "<0.30 mg/L L"


@pytest.mark.parametrize("dstu2", [False, True])
def test_both_versions_say_the_same(bring, journal, dstu2: bool) -> None:
    flag = concept("H", "High", "http://hl7.org/fhir/v2/0078")
    bring(observation("12", dstu2=dstu2, interpretation=flag if dstu2 else [flag]))

    assert only(journal).printed_with_unit == "12 mg/L H"


@pytest.mark.parametrize(
    ("code", "name", "unit", "ucum", "canonical"),
    [
        ("1988-5", "CRP", "mg/dL", "mg/dL", "31 mg/L"),
        ("76485-2", "CRP", "nmol/L", "nmol/L", "0.3255 mg/L"),
        ("4537-7", "Sed rate", "mm/hr", "mm/h", "3.1 mm/h"),
        ("3016-3", "TSH", "uIU/mL", "u[IU]/mL", "3.1 mIU/L"),
        ("4548-4", "HbA1c", "% of total Hgb", "%", "10.383 mmol/mol"),
        ("62292-8", "Vitamin D", "ng/mL", "ng/mL", "7.7376 nmol/L"),
        ("1988-5", "CRP", "milligram per liter", "mg/L", "3.1 mg/L"),
    ],
)
def test_codes_and_units_meet_the_catalogue(
    bring, journal, code: str, name: str, unit: str, ucum: str, canonical: str
) -> None:
    value = quantity("3.1", unit) | {"code": ucum}
    bring(observation({"valueQuantity": value}, code=code, name=name))

    assert only(journal).canonical_text == canonical
    assert only(journal).loinc == code


@pytest.mark.parametrize(
    ("held", "printed", "is_text"),
    [
        ({"valueString": "<0.3 mg/L"}, "<0.3 mg/L", False),
        ({"valueString": "3,1 mg/l H"}, "3,1 mg/l H", False),
        ({"valueString": "Negative"}, "Negative", True),
        ({"valueString": "see comment"}, "see comment", True),
        ({"valueString": "1:40"}, "1:40", True),
        ({"valueCodeableConcept": concept("260385009", "Negative", "snomed")}, "Negative", True),
        ({"valueBoolean": False}, "no", True),
        ({"valueRatio": {"numerator": quantity("1"), "denominator": quantity("40")}}, "1:40", True),
        ({"valueRange": {"low": quantity("1"), "high": quantity("2")}}, "1–2 mg/L", True),
    ],
)  # fmt: skip
def test_text_is_a_number_only_where_it_certainly_is(
    bring, journal, held: dict[str, Any], printed: str, is_text: bool
) -> None:
    bring(observation(held))

    assert (only(journal).printed_with_unit, only(journal).value.is_text) == (printed, is_text)


@pytest.mark.parametrize(
    ("field", "moment", "day"),
    [
        ("effectiveDateTime", "2025-03-04", DRAWN),
        ("effectiveDateTime", "2025-03-04T23:30:00-05:00", DRAWN),
        ("effectiveDateTime", "2025-03-04T00:10:00.123+13:00", DRAWN),
        ("effectiveInstant", "2025-03-04T10:00:00Z", DRAWN),
        ("effectivePeriod", {"start": "2025-03-04T08:00:00Z", "end": "2025-03-05"}, DRAWN),
        ("effectivePeriod", {"end": "2025-03-05"}, date(2025, 3, 5)),
    ],
)
def test_the_day_is_the_files_own(bring, journal, field: str, moment: Any, day: date) -> None:
    bring(observation(on=None, **{field: moment}))

    assert only(journal).collected == day


def test_where_only_the_report_has_a_day_it_stands_in_and_says_so(bring, journal) -> None:
    bring(observation(on=None, issued="2025-03-06T07:00:00Z"))

    assert only(journal).collected == date(2025, 3, 6)
    assert "day is the day of the report" in only(journal).remark


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ([{"low": quantity("3.6"), "high": quantity("10.0")}], "3.6–10.0 mg/L"),
        ([{"high": quantity("5")}], "≤5 mg/L"),
        ([{"low": quantity("50", "nmol/L")}], "≥50 nmol/L"),
        ([{"text": "men <5"}, {"text": "women <7"}], "men <5; women <7"),
        ([{"low": {"value": "x"}}], ""),
        ("0-5", ""),
    ],
)
def test_a_range_stands_as_printed(bring, journal, given: Any, printed: str) -> None:
    bring(observation(referenceRange=given))

    assert only(journal).range_text == printed


def test_a_panel_is_its_parts(bring, journal) -> None:
    panel = {
        **observation({}, code="24356-8", name="Panel", identifier=[{"value": "9"}]),
        "component": [
            {"code": concept("1988-5", "CRP"), "valueQuantity": quantity("3.1"),
             "referenceRange": [{"text": "<5"}]},
            {"code": concept("2276-4", "Ferritin"), "valueQuantity": quantity("80", "ng/mL")},
            {"code": concept("2345-7", "Glucose"), "valueQuantity": {"value": True}},
        ],
    }  # fmt: skip

    taken = bring(panel)

    assert (taken.added, taken.refused) == (2, 1)
    assert taken.problems[0].reason.startswith("Glucose, 2025-03-04: ")
    assert {result.label: result.range_text for result in journal.labs.read_all()} == {
        "CRP": "<5", "Ferritin": "",
    }  # fmt: skip


def test_a_panel_that_only_names_its_members_is_no_result(bring) -> None:
    panel = observation({}, name="Panel", hasMember=[{"reference": "Observation/1"}])

    taken = bring(panel, observation(id="1"))

    assert (taken.added, taken.left_out, taken.tests) == (1, 1, (("CRP", 1),))
    assert [result.value.text for result in taken.first_new] == ["3.1"]


# Reports


def report(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "category": [concept("LAB", "Laboratory")],
        "code": concept("", "Blood"),
        "effectiveDateTime": "2025-03-04",
        "issued": "2025-03-06T07:00:00Z",
        **more,
    }


def test_a_report_says_what_its_results_leave_out(bring, journal) -> None:
    bare = observation(on=None, id="1", category=None, code="2345-7", name="Glucose", unit="mg/dL")
    bring(
        bare,
        {"resourceType": "Organization", "id": "lab", "name": "City Lab"},
        report(
            result=[{"reference": "https://x.example/fhir/Observation/1/_history/2"}],
            performer=[{"reference": "Practitioner/d", "display": "Dr. X"},
                       {"reference": "Organization/lab"}],
        ),
    )  # fmt: skip

    kept = only(journal)
    assert (kept.collected, kept.reported, kept.lab) == (DRAWN, date(2025, 3, 6), "City Lab")


@pytest.mark.parametrize("category", [concept("LAB"), [concept("LAB")], None])
def test_contained_results_are_taken(bring, journal, category: Any) -> None:
    inner = observation(on=None, id="r", category=None, performer=[{"reference": "#org"}])
    holder = report(
        category=category,
        contained=[inner, {"resourceType": "Organization", "id": "org", "name": "Inner Lab"}],
        result=[{"reference": "#r"}],
    )

    taken = bring(holder)

    assert (taken.added, taken.refused) == (1, 0)
    assert (only(journal).collected, only(journal).lab) == (DRAWN, "Inner Lab")


def test_contained_results_of_other_reports_are_left(bring) -> None:
    holder = report(category=[concept("RAD")], contained=[observation(category=None)])

    assert bring(observation(), holder).left_out == 1


def test_a_result_that_a_report_names_and_nobody_brings_is_told(bring) -> None:
    taken = bring(observation(), report(result=[{"reference": "Observation/gone"}]))

    assert [problem.reason for problem in taken.problems] == [
        "Its result Observation/gone is not in the file."
    ]


# What is left and what is refused


@pytest.mark.parametrize("code", ["vital-signs", "social-history", "survey", "imaging", "exam"])
def test_other_observations_are_left_out_and_counted(bring, code: str) -> None:
    other = observation(category=[concept(code)])

    assert (bring(observation(), other).left_out, bring(other, observation()).added) == (1, 0)


@pytest.mark.parametrize(
    ("resource", "why"),
    [
        (observation(status="entered-in-error"), "entered in error"),
        (observation(status="cancelled"), "cancelled"),
        (observation({}), "no value"),
        (observation({}, dataAbsentReason=concept("not-performed", "Not performed")),
         "Not performed"),
        (observation({"valueQuantity": quantity("3"), "valueString": "4"}), "more than one value"),
        (observation({"valueSampledData": {}}), "valueSampledData"),
        (observation({"valueString": ""}), "empty"),
        (observation({"valueString": "x" * 300}), "long text"),
        (observation({"valueString": "1.234,5 mg/L"}), "can't read"),
        (observation({"valueString": "1,234 mg/L"}), "1234"),
        (observation({"valueString": "3.1"}), "unit is missing"),
        (observation("3.1", unit="mmol/L"), "mmol/L"),
        (observation({"valueQuantity": quantity("3", "mg/dL") | {"code": "mg/L"}}),
         "mg/dL and mg/L"),
        (observation({"valueQuantity": {"value": Decimal(3)}}), "unit is missing"),
        (observation("-3"), "below zero"),
        (observation("0", comparator="<"), "below zero"),
        (observation("3", comparator="~"), "~"),
        (observation("1E+999999"), "too large"),
        (observation("1E-999999"), "too many decimals"),
        (observation("9" * 5000), "too large"),
        (observation({"valueQuantity": {"value": "NaN", "unit": "mg/L"}}), "not a number"),
        (observation({"valueQuantity": {"value": "3.100", "unit": "mg/L"}}), "not a number"),
        (observation({"valueQuantity": [quantity("3")]}), "not a quantity"),
        (observation(on=None), "no collection date"),
        (observation(on="2025-03"), "2025-03"),
        (observation(on="2025-02-30"), "2025-02-30"),
        (observation(on="1825-02-03"), "1900"),
        (observation(on="2999-01-01"), "in the future"),
        (observation(category=None, code="29463-7", name="Body weight", unit="kg"),
         "does not say whether"),
        (observation(code="1988-6"), "no LOINC code"),
        (observation(code="", name="hs-CRP"), "no LOINC code. Is it hs-CRP"),
        (observation(code="", name=""), "neither a code nor a name"),
        (observation(code="3074-2", name="Fibrinogen", unit="g/L"), "g/L"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_refused_with_the_reason(
    bring, journal, resource: dict[str, Any], why: str
) -> None:
    assert why in reason(bring(resource))
    assert journal.labs.read_all() == ()
    assert journal.imports.is_empty()


def test_a_refusal_names_test_day_and_place(bring) -> None:
    taken = bring(observation(), observation("3", unit="mmol/L"))

    (problem,) = taken.problems
    assert (problem.line, problem.place) == (2, "entry")
    assert problem.reason.startswith("CRP, 2025-03-04: ")


@pytest.mark.parametrize("text", ["a\x00b", "half \ud800"])
def test_text_that_can_not_be_kept_costs_only_its_own_result(journal, tmp_path, text: str) -> None:
    content = lines([observation(), observation("4", performer=[{"display": "@"}])])
    escaped = b"".join(b"\\u%04x" % ord(sign) for sign in text)
    path = save(tmp_path / "x.ndjson", content.replace(b"@", escaped))

    taken = take(journal, path)

    assert (taken.added, taken.refused) == (1, 1)
    assert "character" in taken.problems[0].reason


def test_results_of_several_people_are_asked_about(bring, journal) -> None:
    pair = [observation(str(n), subject={"reference": f"Patient/{n}"}) for n in (1, 2)]

    with pytest.raises(NeedsConfirmation, match="2 people"):
        bring(*pair)
    assert journal.labs.read_all() == ()
    assert bring(*pair, confirmed=True).added == 2


# Tests of one's own


def test_an_unknown_code_becomes_a_test_of_ones_own(bring, journal) -> None:
    bring(
        observation("95", code="2345-7", name="Glucose", unit="mg/dL"),
        observation("5.1", code="2345-7", name="Glucose [Moles]", unit="mmol/L"),
        observation("99", code="2345-7", name="GLUCOSE", unit="mg/dl", on="2025-04-05"),
        observation({"valueString": "YELLOW"}, code="5778-6", name="Color of urine"),
        observation("1.1", code="", name="Local ratio", unit=""),
        observation("-2.1", code="1925-7", name="Base excess", unit="mmol/L"),
    )

    results = {(result.analyte, result.printed_with_unit) for result in journal.labs.read_all()}
    assert results == {
        ("loinc_2345_7", "95 mg/dL"), ("loinc_2345_7", "99 mg/dl"),
        ("loinc_2345_7_mmol_l", "5.1 mmol/L"), ("loinc_5778_6", "YELLOW"),
        ("own_local_ratio", "1.1"), ("loinc_1925_7", "-2.1 mmol/L"),
    }  # fmt: skip
    labels = {analyte.id: analyte.label for analyte in journal.labs.catalogue().own}
    assert labels["loinc_2345_7"] == "Glucose"
    assert labels["loinc_2345_7_mmol_l"] == "Glucose (mmol/L)"
    assert check_journal(journal) == ()


def test_a_test_first_seen_in_words_takes_the_unit_of_its_first_number(bring, journal) -> None:
    words = observation({"valueString": "negative"}, code="5778-6", name="X")
    bring(words)
    bring(observation("3", code="5778-6", name="X", unit="mg/dL"))
    bring(words, observation("4", code="5778-6", name="X", unit="mg/dL", on="2025-05-05"))

    assert [analyte.canonical_unit for analyte in journal.labs.catalogue().own] == ["mg/dL"]
    assert len(journal.labs.read_all()) == 3


def test_a_name_stands_for_a_known_test_only_when_confirmed(bring, journal) -> None:
    bring(observation(code="", name="CRP"), confirmed=True)

    assert (only(journal).analyte, only(journal).loinc) == ("crp", "1988-5")


# Again, and back


def exported(journal: Journal) -> bytes:
    return journal_json.write(journal.read_tables())


@pytest.mark.parametrize("dstu2", [False, True])
@pytest.mark.parametrize("kind", ["searchset", "collection", "document", "lines"])
def test_counts_in_are_counts_out_and_twice_changes_nothing(
    journal: Journal, journal_path: Path, tmp_path: Path, kind: str, dstu2: bool
) -> None:
    record = patient_record(5, dstu2=dstu2)
    content = lines(record) if kind == "lines" else bundle(record, kind)
    path = save(tmp_path / ("x.ndjson" if kind == "lines" else "x.json"), content)
    before = exported(journal)

    dry = take(journal, path, is_dry_run=True)
    assert exported(journal) == before
    taken = take(journal, path)

    assert dry == taken
    assert taken.added + taken.left_out + taken.refused == len(record)
    assert (taken.added, taken.left_out) == (200, 52)
    assert dict(taken.tests).keys() == {
        "CRP", "hs-CRP", "IL-6", "Ferritin", "TSH", "HbA1c", "Glucose", "Creatinine",
        "Hemoglobin", "Leukocytes",
    }  # fmt: skip
    assert sorted(result.loinc for result in journal.labs.read_all()) == sorted(
        code for code, *_ in TESTS for _ in range(20)
    )
    bytes_after = journal_path.read_bytes()
    assert take(journal, path) == Taken(unchanged=200, left_out=52)
    assert take(journal, path, replaces=True) == Taken(unchanged=200, left_out=52)
    assert journal_path.read_bytes() == bytes_after
    assert check_journal(journal) == ()

    journal.undo()

    assert exported(journal) == before
    assert journal.labs.catalogue().own == ()
    assert take(journal, path).added == 200


def test_the_same_result_is_recognised_in_another_file(bring, journal) -> None:
    def at(system: str, value: str) -> list[dict[str, str]]:
        return [{"system": system, "value": value}]

    first = bring(observation(identifier=at("urn:a", "1")))
    elsewhere = bring(observation(identifier=at("urn:b", "77")), observation())
    another = bring(observation(identifier=at("urn:a", "2")))

    assert (first.added, elsewhere.unchanged, another.added) == (1, 2, 1)


def test_a_result_typed_in_before_is_there_already(bring, journal, tmp_path) -> None:
    typed = read_entry(LabEntry(DRAWN, "crp", "0,31", "mg/dL", note="mine"), "typed")
    journal.labs.save(typed)

    taken = bring(observation("3.10"), observation("3.2"), observation("3.1", comparator="<"))

    assert (taken.unchanged, taken.added) == (1, 2)


def test_a_correction_takes_the_place_of_the_result_it_corrects(bring, journal) -> None:
    name = [{"system": "urn:a", "value": "1"}]
    final = observation("48", identifier=name)
    corrected = observation("4.8", identifier=name, status="corrected", on="2025-03-05")
    bring(final)
    own = {"note": "my note", "context": ("infection",), "excluded": True}
    journal.labs.save(replace(only(journal), **own))

    taken = bring(corrected, corrected)

    assert (taken.replaced, taken.added, taken.unchanged) == (1, 0, 1)
    kept = only(journal)
    assert (kept.value.text, kept.collected) == ("4.8", date(2025, 3, 5))
    assert (kept.note, kept.context, kept.excluded) == ("my note", ("infection",), True)
    assert bring(corrected).unchanged == 1
    assert bring(final, corrected) == Taken(unchanged=2)
    assert bring(final) == Taken(unchanged=1)


def test_another_value_under_the_same_identifier_is_kept_out_unless_asked_for(
    bring, journal
) -> None:
    name = [{"system": "urn:a", "value": "1"}]
    bring(observation("3.1", identifier=name))

    assert bring(observation("3.2", identifier=name)).kept == 1
    assert only(journal).value.text == "3.1"
    assert bring(observation("3.2", identifier=name), replaces=True).replaced == 1
    assert only(journal).value.text == "3.2"


def test_what_was_deleted_here_does_not_come_back(bring, journal) -> None:
    bring(observation())
    journal.labs.delete(only(journal).id)

    assert bring(observation()).kept == 1
    assert journal.labs.read_all() == ()


# Files


def arrivals(path: Path) -> list[Any]:
    return list(fhir.open_source(Source(path, TODAY)).labs)


def kinds(found: Iterable[Any]) -> list[type]:
    return [type(each) for each in found]


def test_a_file_may_be_one_resource_an_array_or_bundles_in_bundles(tmp_path: Path) -> None:
    one = observation()
    for content in (one, [one], bundle([bundle([one])]), {**bundle([]), **bundle([one])}):
        assert kinds(arrivals(save(tmp_path / "x.json", content))) == [ArrivingLab]
    two_lines = lines([bundle([one]), one])
    assert kinds(arrivals(save(tmp_path / "x.json", two_lines))) == [ArrivingLab] * 2
    with_mark = b"\xef\xbb\xbf" + lines([one])
    assert kinds(arrivals(save(tmp_path / "x.json", with_mark))) == [ArrivingLab]


def test_the_entries_may_stand_before_what_the_file_is(tmp_path: Path) -> None:
    backwards = dict(reversed(bundle([observation(), {"resourceType": "Patient"}]).items()))

    assert kinds(arrivals(save(tmp_path / "x.json", backwards))) == [ArrivingLab, LeftOut]


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    good = lines([observation()])
    bad = [
        b"{not json", b'{"resourceType": "Observation", "id": 1, "id": 2}', b"\xff\xfe{}",
        b"[" * 5000 + b"]" * 5000, b'{"a": [' + b"1," * 300_000 + b"1]}", b"3", b'"text"',
        b'{"a": "' + b"x" * 9_000_000 + b'"}',
    ]  # fmt: skip
    path = save(tmp_path / "x.ndjson", good + b"\n".join(bad) + b"\n\n" + good)

    found = arrivals(path)

    assert kinds(found) == [ArrivingLab, *[RowProblem] * len(bad), ArrivingLab]
    assert [each.line for each in found] == [*range(1, len(bad) + 2), len(bad) + 3]
    assert all(each.reason for each in found if isinstance(each, RowProblem))


def test_an_entry_that_names_a_field_twice_is_refused(tmp_path: Path) -> None:
    twice = save(tmp_path / "x.json", bundle([observation("3.1"), observation("4.5")])).read_bytes()
    path = save(tmp_path / "x.json", twice.replace(b'"value": 3.1', b'"value": 3.1, "value": 31'))

    problem, good = arrivals(path)

    assert (problem.line, "twice" in problem.reason) == (1, True)
    assert good.result.value.text == "4.5"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"  ", b"null", b"3", b'"x"', b"{", b'{"resourceType": "Bundle", "entry": [',
        b'{"resourceType": "Bundle", "entry": [{}', b'{"resourceType": "Bundle", "entry": [{},]}',
        b'{"entry": [{"resource": {"resourceType": "Observation"}}]}',
        b'{"resourceType": "List", "entry": [{}]}', b'{"resourceType": "Bundle"} trailing',
        b'{"resourceType": "Bundle", "resourceType": "Bundle", "entry": []}',
        b"\xff\xfe{\x00}\x00", b'{"resourceType": "Bundle", "entry": [' + b"[" * 200_000,
        b'{"resourceType": "Bundle", "entry": [' + b"{}," * 10 + b'{"a": [' + b"1," * 900_000,
        b'{"a": "' + b"x" * 20_000_000,
    ],
)  # fmt: skip
def test_a_file_that_is_broken_writes_nothing_at_all(
    journal: Journal, tmp_path: Path, content: bytes
) -> None:
    path = save(tmp_path / "x.json", content)

    with pytest.raises(Refused) as refusal:
        take(journal, path)

    assert refusal.value.sentence.strip()
    assert journal.imports.is_empty()


def test_what_breaks_off_in_the_middle_is_never_taken_in_part(journal, tmp_path: Path) -> None:
    whole = save(tmp_path / "x.json", bundle(patient_record(5))).read_bytes()
    for length in range(1000, len(whole) - 3, 20_011):
        with pytest.raises(Refused):
            take(journal, save(tmp_path / "x.json", whole[:length]))

    assert journal.labs.read_all() == ()


def test_numbers_keep_their_digits_however_long_the_file(journal, tmp_path: Path) -> None:
    """Pieces are cut from chunks: no result may be cut where a chunk ends."""
    padding = "x" * 131_000
    values = [f"{number}.{number % 10}0" for number in range(1, 60)]
    path = save(
        tmp_path / "x.json",
        bundle(
            observation(
                value, on=f"20{10 + n // 12}-{n % 12 + 1:02d}-01", extra=padding[: n * 2221]
            )
            for n, value in enumerate(values)
        ),
    )

    take(journal, path)

    assert sorted(result.value.text for result in journal.labs.read_all()) == sorted(values)


def test_an_apple_export_is_no_bundle(tmp_path: Path) -> None:
    path = apple_export(tmp_path / "x.json", [observation()])

    with pytest.raises(Refused):
        arrivals(path)
