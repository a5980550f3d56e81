"""A lab's second word about a result: preliminary, final, corrected, withdrawn, in any order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodlab.domain.errors import NeedsConfirmation
from moodlab.domain.intake import Taken
from moodlab.domain.labs.lab_status import said_by_lab
from moodlab.domain.labs.results import LabResult
from moodlab.exchange.importers import apple_clinical, fhir
from moodlab.exchange.source import Source
from moodlab.store.journal import Journal
from tests.exchange.fhir.fhir_files import apple_export, bundle, concept, observation, save
from tests.exchange.fhir.test_fhir_import import only, take
from tests.moments import TODAY

NUMBER = [{"system": "urn:lab", "value": "77"}]
Bring = Callable[..., Taken]


@pytest.fixture
def bring(journal: Journal, tmp_path: Path) -> Bring:
    """Takes in a file with these resources."""

    def bring_file(*resources: dict[str, Any], confirmed: bool = False, **options: Any) -> Taken:
        path = save(tmp_path / "bundle.json", bundle(resources))
        return take(journal, path, confirmed=confirmed, **options)

    return bring_file


def word(value: str, status: str, **more: Any) -> dict[str, Any]:
    return observation(value, status=status, **({"id": "1001"} | more))


def values(journal: Journal) -> list[str]:
    return [result.value.text for result in journal.labs.read_all()]


# One result, several words


@pytest.mark.parametrize(
    "known_by", [{"id": "1001"}, {"id": None, "identifier": NUMBER}], ids=["id", "identifier"]
)
@pytest.mark.parametrize("status", ["final", "corrected", "amended", "appended"])
def test_a_later_word_takes_the_place_of_a_preliminary_one(
    bring: Bring, journal: Journal, status: str, known_by: dict[str, Any]
) -> None:
    bring(word("6.0", "preliminary", **known_by))
    assert said_by_lab(only(journal)) == "The lab calls it preliminary."

    taken = bring(word("5.5", status, **known_by))

    assert taken == Taken(replaced=1)
    assert (only(journal).value.text, only(journal).status) == ("5.5", status)
    assert "preliminary" not in said_by_lab(only(journal))
    assert bring(word("6.0", "preliminary", **known_by)) == Taken(unchanged=1)
    assert values(journal) == ["5.5"]


def test_the_earlier_word_stays_in_the_history_and_comes_back_by_undo(
    bring: Bring, journal: Journal
) -> None:
    bring(word("6.0", "preliminary"))
    bring(word("5.5", "final"))

    journal.undo()

    assert (only(journal).value.text, only(journal).status) == ("6.0", "preliminary")


def test_only_the_status_changing_is_a_change(bring: Bring, journal: Journal) -> None:
    bring(word("6.0", "preliminary"))

    assert bring(word("6.0", "final")) == Taken(replaced=1)
    assert only(journal).status == "final"


def test_what_the_lab_says_goes_with_its_word_and_ones_own_note_stays(
    bring: Bring, journal: Journal
) -> None:
    doubt = {"interpretation": [concept("", "Hemolyzed: to be repeated with a new specimen soon")]}
    bring(word("6.0", "preliminary", **doubt))
    assert "Hemolyzed" in only(journal).remark
    journal.labs.save(replace(only(journal), note="mine", context=("infection",), excluded=True))

    bring(word("5.5", "final"))

    kept = only(journal)
    assert (kept.remark, kept.note, kept.context, kept.excluded) == (
        "", "mine", ("infection",), True,
    )  # fmt: skip


def test_two_final_words_that_say_no_moment_are_the_persons_to_decide(
    bring: Bring, journal: Journal
) -> None:
    bring(word("6.0", "final"))

    assert bring(word("5.5", "final")).kept == 1
    assert bring(word("5.5", "final"), replaces=True).replaced == 1


def test_of_two_words_of_one_stage_the_moment_decides(bring: Bring, journal: Journal) -> None:
    early, late = {"issued": "2025-03-05T08:00:00+02:00"}, {"issued": "2025-03-05T07:00:00Z"}
    bring(word("5.5", "corrected", **late))

    assert bring(word("5.0", "corrected", **early)) == Taken(unchanged=1)
    assert values(journal) == ["5.5"]


def test_one_address_of_two_people_is_two_results(bring: Bring, journal: Journal) -> None:
    """Providers count from 1, each of them."""
    bring(word("6.0", "final", subject={"reference": "Patient/a"}))
    bring(word("5.5", "final", subject={"reference": "Patient/b"}), confirmed=True)

    assert sorted(values(journal)) == ["5.5", "6.0"]


def test_contained_results_have_no_address_outside_their_report(
    bring: Bring, journal: Journal
) -> None:
    def report(value: str) -> dict[str, Any]:
        inner = observation(value, id="1")
        return {"resourceType": "DiagnosticReport", "status": "final", "contained": [inner]}

    bring(report("6.0"), report("5.5"))

    assert sorted(values(journal)) == ["5.5", "6.0"]


# Withdrawn


def test_a_withdrawn_result_is_asked_about_and_goes_to_the_bin(
    bring: Bring, journal: Journal
) -> None:
    bring(word("6.0", "final"))
    withdrawn = word("6.0", "entered-in-error")

    asked = bring(withdrawn)

    (problem,) = asked.problems
    assert (asked.refused, problem.is_question, problem.is_withdrawal) == (1, True, True)
    assert problem.reason.endswith("It is in the journal as 6.0 mg/L. Take it out?")
    assert values(journal) == ["6.0"]
    assert bring(withdrawn, confirmed=True) == Taken(withdrawn=1)
    assert values(journal) == []
    assert [item.words for item in journal.bin.read()] == ["CRP 6.0 mg/L, 4 Mar 2025"]
    assert bring(word("6.0", "final")).kept == 1
    assert bring(withdrawn, confirmed=True) == Taken(unchanged=1)


def test_a_withdrawal_that_comes_first_keeps_the_result_out(bring: Bring, journal: Journal) -> None:
    assert bring(word("6.0", "cancelled")) == Taken(withdrawn=1)
    assert bring(word("6.0", "final")).kept == 1
    assert journal.bin.read() == ()


def test_a_withdrawal_needs_no_value(bring: Bring, journal: Journal) -> None:
    bring(word("6.0", "final"))
    bare = observation({}, id="1001", status="entered-in-error")

    assert bring(bare, confirmed=True) == Taken(withdrawn=1)


def test_a_withdrawal_without_a_name_is_refused_unless_the_value_is_here(
    bring: Bring, journal: Journal
) -> None:
    withdrawn = observation("6.0", status="entered-in-error")
    assert "entered in error" in bring(withdrawn).problems[0].reason

    bring(observation("6.0"))
    assert bring(withdrawn, confirmed=True) == Taken(withdrawn=1)


def test_a_withdrawn_report_withdraws_what_it_contains(bring: Bring, journal: Journal) -> None:
    def report(status: str) -> dict[str, Any]:
        inner = observation("6.0", identifier=NUMBER)
        return {"resourceType": "DiagnosticReport", "status": status, "contained": [inner]}

    bring(report("final"))

    assert bring(report("entered-in-error"), confirmed=True) == Taken(withdrawn=1)


def test_a_withdrawal_is_undone_as_one_step(bring: Bring, journal: Journal) -> None:
    bring(word("6.0", "final"))
    bring(word("6.0", "entered-in-error"), confirmed=True)

    journal.undo()

    assert values(journal) == ["6.0"]


# Any order

STATUSES = ("registered", "preliminary", "final", "corrected", "amended", "entered-in-error")
_numbers = count()


@st.composite
def words_of_one_result(draw: st.DrawFn) -> list[dict[str, Any]]:
    """What a lab may say about one result: each word of another stage or moment."""
    said = draw(
        st.lists(
            st.tuples(st.sampled_from(STATUSES), st.integers(8, 11), st.sampled_from("3456")),
            min_size=2,
            max_size=6,
            unique_by=lambda each: ({"amended": "corrected"}.get(each[0], each[0]), each[1]),
        )
    )
    moves = draw(st.booleans()) and all(status != "entered-in-error" for status, _, _ in said)
    return [
        {
            "value": value,
            "status": status,
            "issued": f"2025-06-01T{hour:02}:00:00Z",
            "moves": moves and status in ("corrected", "amended"),
        }
        for status, hour, value in said
    ]


def as_kept(results: Sequence[LabResult]) -> list[tuple[Any, ...]]:
    return [
        (result.collected, result.value.text, result.status, result.issued, result.remark)
        for result in results
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=words_of_one_result(), is_named=st.booleans(), data=st.data())
def test_any_order_of_a_labs_words_gives_the_same_journal(
    journal: Journal,
    tmp_path: Path,
    words: list[dict[str, Any]],
    is_named: bool,
    data: st.DataObject,
) -> None:
    """Each word may come in a file of its own, or with others, and more than once."""
    outcomes = []
    orders = [words, data.draw(st.permutations(words)), data.draw(st.permutations(words))]
    orders[2] = [*orders[2], data.draw(st.sampled_from(words))]
    for order in orders:
        number = next(_numbers)
        day = TODAY - timedelta(days=20 + 2 * number % 9000)
        named = (
            {"identifier": [{"system": "urn:lab", "value": f"n{number}"}]}
            if is_named
            else {"id": f"o{number}"}
        )
        said = [
            observation(
                each["value"], status=each["status"], issued=each["issued"],
                on=(day + timedelta(days=each["moves"] and is_named)).isoformat(), **named,
            )
            for each in order
        ]  # fmt: skip
        cut = data.draw(st.integers(0, len(said)))
        for file in (said[:cut], said[cut:]):
            path = save(tmp_path / "words.json", bundle(file))
            take(journal, path, confirmed=True)
        kept = [
            result
            for result in journal.labs.read_all()
            if day <= result.collected <= day + timedelta(days=1)
        ]
        outcomes.append([(each[0] - day, *each[1:]) for each in as_kept(kept)])
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert len(outcomes[0]) == all(each["status"] != "entered-in-error" for each in words)


# Whose results


def file_of(
    tmp_path: Path, family: str = "", born: str = "", *, given_name: str = "", at: str = "1",
    value: str = "6.0", number: str = "",
) -> Path:  # fmt: skip
    name = {"family": family} | ({"given": [given_name]} if given_name else {})
    patient = {"resourceType": "Patient", "id": at, "name": [name]}
    patient |= {"birthDate": born} if born else {}
    patient |= {"identifier": [{"system": "urn:mrn", "value": number}]} if number else {}
    subject = {"reference": f"Patient/{at}"}
    resources = [observation(value, id="1001", subject=subject)]
    if family:
        resources.append(patient)
    return save(tmp_path / "person.json", bundle(resources))


MOTHER = {"family": "Alba", "given_name": "Maria", "born": "1970-01-01"}


@pytest.mark.parametrize(
    ("other", "is_asked"),
    [
        (MOTHER, False),
        (MOTHER | {"at": "other-lab"}, False),
        (MOTHER | {"family": "Nuova"}, False),
        (MOTHER | {"given_name": "Maria Anna"}, False),
        (MOTHER | {"born": "2005-01-01"}, True),
        (MOTHER | {"given_name": "Luca"}, True),
        ({"family": "Alba"}, False),
        ({"family": "Verdi"}, True),
        ({}, False),
        ({"at": "2"}, True),
    ],
)
def test_another_person_than_before_is_asked_about(
    journal: Journal, tmp_path: Path, other: dict[str, str], is_asked: bool
) -> None:
    take(journal, file_of(tmp_path, **MOTHER))
    path = file_of(tmp_path, **other, value="90")

    if is_asked:
        with pytest.raises(NeedsConfirmation, match="another person"):
            take(journal, path)
        assert values(journal) == ["6.0"]
        take(journal, path, confirmed=True)
    take(journal, path)  # once answered, or never asked


def test_a_question_about_a_person_names_them_and_the_journal_does_not(
    journal: Journal, tmp_path: Path
) -> None:
    take(journal, file_of(tmp_path, **MOTHER))
    with pytest.raises(NeedsConfirmation, match="names Luca Verdi, 1999-09-09, another person"):
        take(journal, file_of(tmp_path, "Verdi", "1999-09-09", given_name="Luca"))

    content = journal.path.read_bytes()
    for secret in (b"Maria", b"Alba", b"maria", b"alba", b"1970-01-01", b"Patient/1"):
        assert secret not in content


def test_who_is_known_is_forgotten_with_the_import(journal: Journal, tmp_path: Path) -> None:
    take(journal, file_of(tmp_path, **MOTHER))
    journal.undo()

    assert take(journal, file_of(tmp_path, "Verdi", "1999-09-09")).added == 1


def test_another_phones_export_is_asked_about_but_not_another_providers_number(
    journal: Journal, tmp_path: Path
) -> None:
    def export(*names: str) -> Source:
        people = [
            {"resourceType": "Patient", "id": name, "name": [{"family": name}]} for name in names
        ]
        results = [observation("6.0", subject={"reference": f"Patient/{name}"}) for name in names]
        path = apple_export(tmp_path / "export.zip", [*people, *results])
        known = journal.imports.known_people()
        return Source(path, TODAY, journal.labs.catalogue(), known_people=known)

    journal.imports.take(apple_clinical.open_source(export("Alba", "Alba")))
    journal.imports.take(apple_clinical.open_source(export("Alba")))
    with pytest.raises(NeedsConfirmation, match="another person"):
        journal.imports.take(apple_clinical.open_source(export("Verdi")))


def test_a_subject_without_a_reference_is_known_by_name(journal: Journal, tmp_path: Path) -> None:
    for name, is_asked in (("Maria Alba", False), ("Alba, Maria", False), ("Luca Verdi", True)):
        content = bundle([observation("6.0", subject={"display": name})])
        source = Source(
            save(tmp_path / "x.json", content), TODAY, known_people=journal.imports.known_people()
        )
        if is_asked:
            with pytest.raises(NeedsConfirmation, match="Luca Verdi"):
                journal.imports.take(fhir.open_source(source))
        else:
            journal.imports.take(fhir.open_source(source))
