"""Lab files on the command line: told by their content, previewed, taken in once, taken back."""

import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from moodlab.domain.labs.catalogue import unit_as_printed
from moodlab.store.journal import Journal
from tests.cli.shell import Shell, answer, refused
from tests.exchange.fhir.fhir_files import (
    apple_export,
    bundle,
    lines,
    observation,
    patient_record,
    save,
)


def test_each_kind_of_file_is_told_by_what_is_in_it(moodlab: Shell, tmp_path: Path) -> None:
    record = patient_record(1, 20)
    odd_names = {
        "a.json": bundle(record),
        "b.ndjson": lines(record),
        "c.txt": bundle(record),
        "d": lines(record),
    }
    for name, content in odd_names.items():
        found = answer(moodlab("import", str(save(tmp_path / name, content)), "--json"))
        assert found["added"] + found["unchanged"] == 20
    archive = apple_export(tmp_path / "export.bin", record)
    assert answer(moodlab("import", str(archive), "--json"))["unchanged"] == 20
    exported = tmp_path / "whole.json"
    moodlab("export", str(exported))
    assert answer(moodlab("import", str(exported), "--json"))["added"] == 0


def test_a_dry_run_shows_counts_and_refusals_and_writes_nothing(
    moodlab: Shell,
    tmp_path: Path,
) -> None:
    bad = observation("4", unit="mmol/L", name="CRP")
    path = save(tmp_path / "x.json", bundle([*patient_record(1, 20), bad]))
    before = moodlab.journal.read_bytes()

    shown = moodlab("import", str(path), "--dry-run")

    assert "Would import: 20 new" in shown.out
    assert "CRP 2" in shown.out
    assert "Skipped 7 entries that are not lab results." in shown.out
    assert "1 refused:\nentry 28: CRP, 2025-03-04: CRP can't be entered in “mmol/L”." in shown.out
    assert moodlab.journal.read_bytes() == before

    found = answer(moodlab("import", str(path), "--json"))
    assert (found["added"], found["left_out"], found["refused_in_all"]) == (20, 7, 1)
    assert found["refused"][0]["line"] == 28
    assert moodlab("undo").status == 0
    assert moodlab("undo").status == 1
    assert answer(moodlab("import", str(path), "--json"))["added"] == 20


def test_when_everything_is_refused_the_status_says_so(moodlab: Shell, tmp_path: Path) -> None:
    path = save(tmp_path / "x.json", observation(unit="mmol/L"))

    assert answer(moodlab("import", str(path), "--json"), 1)["refused_in_all"] == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", bundle([]), bundle([{"resourceType": "Patient"}]),
     b'{"resourceType": "Bundle", "entry": [{}', {"a": 1}, b"\x00" * 100],
)  # fmt: skip
def test_a_file_that_can_not_be_used_is_refused_in_one_sentence(
    moodlab: Shell,
    tmp_path: Path,
    content: Any,
) -> None:
    path = save(tmp_path / "x.json", content)
    before = moodlab.journal.read_bytes()

    refused(moodlab("import", str(path)))
    refused(moodlab("import", str(path), "--format", "fhir"))
    refused(moodlab("import", str(path), "--format", "apple"))
    refused(moodlab("import", str(path), "--format", "hl7"))
    refused(moodlab("import", str(tmp_path)))
    refused(moodlab("import", str(tmp_path / "gone.json")))
    assert moodlab.journal.read_bytes() == before


def test_questions_name_the_way_to_answer_them(moodlab: Shell, tmp_path: Path) -> None:
    people = [observation(str(n), subject={"reference": f"Patient/{n}"}) for n in (1, 2)]
    path = save(tmp_path / "x.json", bundle(people))

    assert "--confirm" in refused(moodlab("import", str(path)))
    assert answer(moodlab("import", str(path), "--confirm", "--json"))["added"] == 2


def test_fhir_goes_out_and_words_are_printed_but_never_figures(
    moodlab: Shell,
    tmp_path: Path,
) -> None:
    assert moodlab("lab", "today", "crp", "neg").status == 0
    assert moodlab("lab", "today", "hs-CRP", "0,31 mg/dL").status == 0
    refused(moodlab("lab", "today", "cortisol", "3", "nmol/L"))
    refused(moodlab("lab", "today", "ferritin", "1.234", "ng/mL"))
    out = tmp_path / "out.json"

    assert moodlab("export", str(out), "--format", "fhir").status == 0
    assert b"neg" in out.read_bytes()
    assert (out.stat().st_mode & 0o777) == 0o600
    report = moodlab.report()
    words, figure = sorted(report["labs"], key=lambda lab: lab["value"] is not None)
    assert (words["printed"], words["value"], words["canonical"]) == ("neg", None, None)
    assert (words["unit"], words["position"], words["comparator"]) == ("", None, None)
    assert figure["canonical"] == {"value": "3.1", "unit": "mg/L"}
    for name in ("page.pdf", "page.txt", "page.html"):
        assert moodlab("report", str(tmp_path / name)).status == 0
    assert "neg" in (tmp_path / "page.txt").read_text()


def test_a_test_of_ones_own_is_entered_in_each_unit_that_it_knows(moodlab: Shell) -> None:
    with Journal.open(moodlab.journal) as journal:
        own = journal.labs.add_analyte("Calprotectin", [unit_as_printed("mg/L")])
        journal.labs.add_unit(own.id, "mg/dL", Decimal(10))

    for value, unit in (("3,1", "mg/L"), ("0.41", "MG/DL"), ("<0.02 mg/dL", "")):
        assert moodlab("lab", "today", "calprotectin", value, *([unit] if unit else [])).out

    unknown = refused(moodlab("lab", "today", "Calprotectin", "3", "mmol/L"))
    assert unknown == "Calprotectin can't be entered in “mmol/L”. Use mg/L, mg/dL."
    missing = refused(moodlab("lab", "today", "Calprotectin", "3"))
    assert missing == "The unit is missing. Copy it from the report: mg/L, mg/dL."
    unknown = refused(moodlab("lab", "today", "Kalprotektin", "3"))
    assert "HbA1c, Calprotectin." in unknown
    assert unknown.endswith("“Another test…”.")
    labs = moodlab.report()["labs"]
    assert sorted((lab["printed"], lab["unit"], lab["canonical"]["value"]) for lab in labs) == [
        ("0.41", "MG/DL", "4.1"), ("3,1", "mg/L", "3.1"), ("<0.02", "mg/dL", "0.2"),
    ]  # fmt: skip


def test_an_import_that_is_killed_leaves_nothing_behind(moodlab: Shell, tmp_path: Path) -> None:
    moodlab("log", "today", "mood=4")
    path = tmp_path / "x.ndjson"
    path.write_bytes(
        lines(observation(f"{n + 1}", on=f"2025-01-{1 + n % 28:02d}") for n in range(6000))
    )
    arguments = ["--journal", str(moodlab.journal), "import", str(path)]
    with subprocess.Popen([sys.executable, "-m", "moodlab", *arguments]) as running:
        # SQLite's own rollback journal is there while the step is being written.
        waiting = time.monotonic() + 60
        unfinished = Path(f"{moodlab.journal}-journal")
        while not (unfinished.exists() and unfinished.stat().st_size > 20_000):
            assert running.poll() is None
            assert time.monotonic() < waiting
            time.sleep(0.005)
        running.kill()

    assert json.loads(moodlab("check", "--json").out)["ok"]
    assert moodlab.report()["labs"] == []
    assert answer(moodlab("import", str(path), "--json"))["added"] == 6000


READ = """
import sys
from datetime import date
from pathlib import Path
from moodlab.domain.errors import Refused
from moodlab.exchange.importers import fhir
from moodlab.exchange.source import Source
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
before, read = peak(), 0
try:
    for _ in fhir.open_source(Source(Path(sys.argv[1]), date(2026, 1, 1))).labs:
        read += 1
except Refused:
    pass
print(read, peak() - before)
"""


def measure(path: Path) -> tuple[int, int]:
    """How many pieces a file gives, and by how many kB reading it raises the peak of memory."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    read, kilobytes = map(int, done.stdout.split())
    return read, kilobytes


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no peak memory to read")
@pytest.mark.parametrize("is_lines", [True, False])
def test_one_rare_sign_does_not_widen_a_long_piece(tmp_path: Path, is_lines: bool) -> None:
    long = b'{"resourceType": "Observation", "note": "\xf0\x9f\x98\x80' + b"a" * 7_900_000 + b'"}'
    content = long + b"\n" + lines([observation()]) if is_lines else b"[" + long + b"]"
    path = save(tmp_path / "x.ndjson" if is_lines else tmp_path / "x.json", content)

    read, kilobytes = measure(path)

    assert read == (2 if is_lines else 0)
    assert kilobytes < 60_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no peak memory to read")
@pytest.mark.parametrize("is_lines", [True, False])
def test_a_large_file_is_read_in_little_memory(tmp_path: Path, is_lines: bool) -> None:
    path = tmp_path / "x.json"
    one = lines([observation(referenceRange=[{"text": "<5"}])]).strip()
    with path.open("wb") as file:
        if is_lines:
            for _ in range(20_000):
                file.write(one + b"\n")
        else:
            file.write(b'{"resourceType": "Bundle", "entry": [{"resource": ' + one + b"}")
            for _ in range(19_999):
                file.write(b', {"resource": ' + one + b"}")
            file.write(b"]}")
    read, kilobytes = measure(path)

    assert read == 20_000
    assert kilobytes * 1000 < path.stat().st_size


def test_a_withdrawal_waits_for_confirm_and_is_undone(moodlab: Shell, tmp_path: Path) -> None:
    path = save(tmp_path / "a.json", bundle([observation("3.1", id="o")]))
    answer(moodlab("import", str(path), "--json"))
    path = save(
        tmp_path / "b.json", bundle([observation("3.1", id="o", status="entered-in-error")])
    )

    assert moodlab("import", str(path)).status == 1
    taken = answer(moodlab("import", str(path), "--confirm", "--json"))
    assert (taken["withdrawn"], taken["added"], taken["refused"]) == (1, 0, [])
    assert moodlab("undo").status == 0
    assert answer(moodlab("import", str(tmp_path / "a.json"), "--json"))["unchanged"] == 1
