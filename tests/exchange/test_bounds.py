"""What a file may cost: its size, depth, count and numbers are bounded, and no reading waits."""

import io
import json
import os
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest

from moodlab.domain.errors import Refused
from moodlab.domain.intake import JournalIntake
from moodlab.domain.numbers import plain, read_decimal
from moodlab.exchange import json_pieces, source
from moodlab.exchange.exact_json import write_exactly
from moodlab.exchange.importers import apple_clinical, fhir, journal_csv, journal_json, mapped_csv
from moodlab.exchange.recognition import recognise
from moodlab.exchange.source import Source, read_whole
from moodlab.store.journal import Journal
from tests.cli.shell import Shell
from tests.exchange.fhir.fhir_files import bundle, observation, save
from tests.moments import TODAY

MAPPING = '[file]\ndate = "day"\n\n[columns.mood]\ncolumn = "mood"\nlow = 1\nhigh = 5\n'


def source_of(path: Path, **more: object) -> Source:
    return Source(path, TODAY, **more)  # type: ignore[arg-type]


# Numbers


@pytest.mark.parametrize(
    "text",
    ["5e-99999999", "1e999999999", "1e9999999999999999999", "-1e-999999999", "0e-99999999",
     "9" * 3000, "0." + "9" * 3000, "", "three"],
)  # fmt: skip
def test_an_absurd_number_is_read_nowhere(text: str) -> None:
    with pytest.raises((ValueError, Refused)):
        read_decimal(text)


@pytest.mark.parametrize("text", ["5E-99999999", "1E+999999", "0E-99999999", "NaN"])
def test_an_absurd_number_is_written_out_nowhere(text: str) -> None:
    for write in (plain, write_exactly, lambda number: write_exactly({"value": [number]})):
        with pytest.raises(Refused, match="too large or has too many decimals"):
            write(Decimal(text))


@pytest.mark.parametrize("text", ["0.30", "123456789012." + "1" * 24, "1E-30", "-7"])
def test_a_number_that_a_person_has_keeps_its_digits(text: str) -> None:
    assert Decimal(plain(read_decimal(text))) == Decimal(text)


@pytest.mark.parametrize("number", ["1e9999999999999999999", "1e999999999", "-5e-99999999"])
def test_one_absurd_number_leaves_the_good_results_beside_it(
    number: str, journal: Journal, tmp_path: Path
) -> None:
    content = bundle([observation("4.4"), observation("77"), observation("5.5")])
    path = save(tmp_path / "labs.json", content)
    path.write_bytes(path.read_bytes().replace(b'"value": 77', b'"value": ' + number.encode()))
    assert number.encode() in path.read_bytes()

    taken = journal.imports.take(fhir.open_source(source_of(path)))

    assert (taken.added, taken.refused) == (2, 1)


def test_an_absurd_number_that_is_stored_is_damage_and_costs_nothing(tmp_path: Path) -> None:
    moodlab = Shell(tmp_path)
    assert moodlab("init").status == 0
    assert moodlab("lab", "today", "CRP", "3.1", "mg/L").status == 0
    with Journal.open(moodlab.journal) as journal:
        journal.ledger.connection.execute(
            "UPDATE lab_result SET value = '1e999999999', canonical_value = '1e-999999999'"
        )

    for words in (("export", "out.json", "--format", "fhir"), ("report", "out.pdf")):
        done = moodlab(words[0], str(tmp_path / words[1]), *words[2:])
        assert done.status == 1
        assert "can't be read" in done.err


# Special files


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


ODD: dict[str, Callable[[Path], Path]] = {
    "a pipe": pipe,
    "an endless device": lambda _folder: Path("/dev/zero"),
    "a silent device": lambda _folder: Path("/dev/tty"),
    "a folder": lambda folder: folder,
}


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices")
@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_is_neither_a_table_nor_a_mapping(
    odd: str, journal: Journal, tmp_path: Path
) -> None:
    moodlab = Shell(tmp_path / "here")
    (tmp_path / "here").mkdir()
    assert moodlab("init").status == 0
    path = ODD[odd](tmp_path)
    table = moodlab.write("table.csv", "day,mood\n2025-03-04,3\n")
    mapping = moodlab.write("map.toml", MAPPING)

    for words in ((table, "--map", str(path)), (str(path), "--map", mapping), (str(path),)):
        done = moodlab("import", *words, "--format", "csv")
        assert (done.status, done.out) == (1, ""), done


def test_a_link_to_an_endless_device_is_no_file_either(tmp_path: Path) -> None:
    link = tmp_path / "map.toml"
    link.symlink_to("/dev/zero")

    with pytest.raises(Refused, match="is not a file"):
        read_whole(link)


# Size, count and depth


def test_the_size_is_counted_while_reading_and_told_in_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000)

    with pytest.raises(Refused, match=r"large.csv is larger than 1 MB"):
        read_whole(path, 1)
    assert len(read_whole(path, 2)) == 2_000_000


def test_a_reading_can_be_stopped_and_says_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b" " * 5_000_000)
    seen: list[tuple[int, int]] = []

    def stop_late(done: int, total: int) -> None:
        seen.append((done, total))
        if done > total // 2:
            raise Refused("stopped")

    with pytest.raises(Refused, match="stopped"):
        source_of(path, report_progress=stop_late).read_bytes()
    assert len(seen) == 3


@pytest.mark.parametrize("value", ["{}", "[]", '{"a":[{}]}', "0"])
def test_a_document_of_too_many_values_is_refused_before_it_takes_memory(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_json, "MOST_RECORDS", 10_000)
    monkeypatch.setattr(journal_json, "MOST_VALUES", 10_000)
    content = b'{"days":[' + b",".join([value.encode()] * 100_000) + b"]}"
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="more than 10,000 entries"):
            journal_json.read(content, "many.json")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_the_bounds_hold_a_long_life(tmp_path: Path) -> None:
    """Ten years of a full journal have 150,000 entries, and a history of as many changes."""
    assert source.MOST_RECORDS >= 3 * 300_000
    assert source.MOST_ROWS >= 10 * 366 * 24


@pytest.mark.parametrize("entry", ["{}", '{"resource":{}}', "1", "[]"])
@pytest.mark.parametrize("ending", [".json", ".ndjson"])
def test_endless_entries_of_fhir_end(
    entry: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_pieces, "MOST_ELEMENTS", 1000)
    path = tmp_path / f"many{ending}"
    if ending == ".json":
        path.write_text('{"resourceType":"Bundle","entry":[' + ",".join([entry] * 2000) + "]}")
    else:
        path.write_text(f"{entry}\n" * 2000)

    with pytest.raises(Refused, match="more than 1,000 entries"):
        list(fhir.open_source(source_of(path)).labs)


@pytest.mark.parametrize("depth", [500, 5000, 200_000])
@pytest.mark.parametrize("opening", ['{"contained":[', "[", '{"resource":', '{"entry":['])
def test_a_deep_document_is_told_in_a_sentence(depth: int, opening: str, tmp_path: Path) -> None:
    closing = "".join("]" if sign == "[" else "}" for sign in reversed(opening) if sign in "{[")
    deep = opening * depth + "{}" + closing * depth
    path = tmp_path / "deep.json"
    path.write_text('{"resourceType":"Bundle","entry":[{"resource":' + deep + "}]}")

    for read in (
        lambda: list(fhir.open_source(source_of(path)).labs),
        lambda: journal_json.open_source(source_of(path)),
    ):
        with suppress(Refused):  # and nothing else
            read()


@pytest.mark.parametrize(
    "content",
    ["a" + ".a" * 5000 + " = 1", "a = " + "[" * 5000 + "]" * 5000, "a = " + "9" * 5000,
     "[columns]\nmood = " + "{a=" * 900 + "1" + "}" * 900, "[file]\ndate = 1e999999999",
     MAPPING.replace("high = 5", "high = 1e99999999"), "\0", "[" * 10_000],
)  # fmt: skip
def test_an_odd_mapping_is_told_in_a_sentence(content: str, tmp_path: Path) -> None:
    table, mapping = tmp_path / "table.csv", tmp_path / "map.toml"
    table.write_text("day,mood\n2025-03-04,3\n")
    mapping.write_text(content)

    with pytest.raises(Refused) as refusal:
        mapped_csv.open_source(source_of(table, map_file=mapping))
    assert len(refusal.value.sentence) < 600


def test_a_table_of_too_many_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapped_csv, "MOST_ROWS", 100)
    table, mapping = tmp_path / "table.csv", tmp_path / "map.toml"
    table.write_text("day,mood\n" + "2025-03-04,3\n" * 101)
    mapping.write_text(MAPPING)

    with pytest.raises(Refused, match="more than 100 entries"):
        mapped_csv.open_source(source_of(table, map_file=mapping))


# Archives


def overlapping(path: Path, name: str) -> Path:
    """An archive whose members are all the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b" " * 1_000_000)
    content = packed.getvalue()
    end = content.rindex(b"PK\x05\x06")
    start = content.index(b"PK\x01\x02")
    entry = content[start:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(entry) * 50, start, 0)
    path.write_bytes(content[:start] + entry * 50 + tail)
    return path


@pytest.mark.parametrize("name", ["apple_health_export/clinical-records/1.json", "settings.csv"])
def test_members_that_share_bytes_are_refused(name: str, tmp_path: Path) -> None:
    path = overlapping(tmp_path / "x.zip", name)

    with pytest.raises(Refused, match="overlap"):
        apple_clinical.open_source(source_of(path))
    with pytest.raises(Refused, match="overlap"):
        journal_csv.open_source(source_of(path))
    with pytest.raises(Refused, match="overlap"):
        recognise(path).open_source(source_of(path))


def test_an_archive_of_tables_with_too_many_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_csv, "MOST_RECORDS", 1000)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("settings.csv", "key,value\r\n" + "a,b\r\n" * 600)
        archive.writestr("questions.csv", "id,text\r\n" + "a,b\r\n" * 600)

    with pytest.raises(Refused, match="more than 1,000 entries"):
        journal_csv.open_source(source_of(tmp_path / "x.zip"))


def test_what_is_not_bounded_away_is_still_read(tmp_path: Path) -> None:
    moodlab = Shell(tmp_path)
    moodlab("init")
    moodlab("log", "today", "mood=6")
    for name in ("all.json", "all.zip"):
        assert moodlab("export", str(tmp_path / name)).status == 0
    intake = journal_json.read((tmp_path / "all.json").read_bytes(), "all.json")
    tables = journal_csv.open_source(source_of(tmp_path / "all.zip"))

    assert isinstance(tables, JournalIntake)
    assert len(intake.tables["rating"]) == len(tables.tables["rating"]) == 1
    assert json.loads((tmp_path / "all.json").read_bytes())["format"] == "moodlab-journal"
