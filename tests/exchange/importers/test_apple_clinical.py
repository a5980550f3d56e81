"""The clinical records in an Apple Health export: read in place, whatever the archive claims."""

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from moodlab.domain.errors import Refused
from moodlab.domain.intake import ArrivingLab, RowProblem, Taken
from moodlab.exchange.archive import LARGEST_DIRECTORY
from moodlab.exchange.importers import apple_clinical
from moodlab.exchange.source import Source
from moodlab.store.journal import Journal
from tests.exchange.fhir.fhir_files import (
    apple_export,
    bundle,
    observation,
    patient_record,
)
from tests.moments import TODAY


def take(journal: Journal, path: Path) -> Taken:
    return journal.imports.take(
        apple_clinical.open_source(Source(path, TODAY, journal.labs.catalogue()))
    )


def arrivals(path: Path) -> list[Any]:
    return list(apple_clinical.open_source(Source(path, TODAY)).labs)


def test_records_of_two_providers_and_versions_are_taken_once(
    journal: Journal, tmp_path: Path
) -> None:
    old, new = patient_record(3, dstu2=True), patient_record(4)
    for record in new:
        if "subject" in record:
            record["subject"] = {"reference": "Patient/another-name-for-me"}
    path = apple_export(tmp_path / "export.zip", [*old, *new, *new])

    taken = take(journal, path)

    assert (taken.refused, taken.added + taken.unchanged) == (0, 600)
    assert taken.added == len(journal.labs.read_all())
    assert take(journal, path).added == 0
    journal.undo()
    assert journal.labs.read_all() == ()


def test_only_the_clinical_records_are_read_and_no_name_leads_anywhere(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = apple_export(
        inside / "export.zip",
        [observation()],
        **{
            "apple_health_export/other/Observation-1.json": b"{not json",
            "apple_health_export/clinical-records/readme.txt": b"{not json",
            "../../clinical-records/../evil.json": b"{not json",
            "..\\clinical-records\\evil.json": b"{not json",
            "../clinical-records/x.json": b"{not json",
            "/clinical-records/absolute.json": b"{not json",
        },
    )

    found = arrivals(path)

    assert [type(each) for each in found] == [ArrivingLab, RowProblem, RowProblem]
    assert [each.place for each in found] == ["file"] * 3
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["export.zip", "inside"]


def test_a_bad_member_costs_only_itself(tmp_path: Path) -> None:
    bomb = b'{"a": "' + b"0" * 50_000_000 + b'"}'
    path = apple_export(
        tmp_path / "x.zip", [observation(), b"\xff\xfe", b"{", bomb, bundle([observation("4")])]
    )

    found = arrivals(path)

    assert [type(each) for each in found] == [
        ArrivingLab, RowProblem, RowProblem, RowProblem, ArrivingLab,
    ]  # fmt: skip


def test_a_member_that_is_damaged_encrypted_or_oddly_packed_is_refused(tmp_path: Path) -> None:
    path = apple_export(tmp_path / "x.zip", [observation("1"), observation("2")])
    content = bytearray(path.read_bytes())
    at = content.rindex(b"clinical-records/Observation-0.json")
    central = content.rindex(b"PK\x01\x02", 0, at)
    struct.pack_into("<L", content, central + 16, 0)  # another check sum
    later = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, later + 8, 1)  # encrypted
    path.write_bytes(bytes(content))
    assert [type(each) for each in arrivals(path)] == [RowProblem, RowProblem]

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("clinical-records/1.json", b"{}" * 1000)
    path.write_bytes(packed.getvalue())
    (problem,) = arrivals(path)
    assert "unpacked" in problem.reason


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"x" * 100, b"PK\x05\x06" + b"\0"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)

    with pytest.raises(Refused):
        arrivals(path)


def test_an_archive_cut_short_writes_nothing(journal: Journal, tmp_path: Path) -> None:
    path = apple_export(tmp_path / "x.zip", patient_record(3)[1:])
    whole = path.read_bytes()
    for length in range(100, len(whole), len(whole) // 7):
        path.write_bytes(whole[:length])
        with pytest.raises(Refused):
            take(journal, path)

    assert journal.imports.is_empty()


def test_an_endless_list_of_members_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = apple_export(tmp_path / "x.zip", [observation()])
    content = bytearray(path.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    struct.pack_into("<L", content, end + 12, LARGEST_DIRECTORY + 1)
    path.write_bytes(bytes(content))

    with pytest.raises(Refused, match="too many files"):
        arrivals(path)


def test_an_archive_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apple_clinical, "LARGEST_TOTAL", 5000)
    path = apple_export(tmp_path / "x.zip", [observation(str(n)) for n in range(1, 20)])

    with pytest.raises(Refused, match="larger than any one person"):
        arrivals(path)
