"""``backup``, ``restore`` and the copy on a day's first change, as scripts meet them."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell, answer, refused


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def copies(moodlab: Shell) -> list[dict]:
    return answer(moodlab("backup", "--list", "--json"))["copies"]


def test_a_backup_is_a_journal_that_holds_the_same(moodlab: Shell, tmp_path: Path) -> None:
    assert moodlab("log", "today", "mood=3").status == 0
    out = tmp_path / "out.moodlab"

    done = moodlab("backup", str(out), "--json")

    assert done.status == 0, done.err
    assert json.loads(done.out) == {"copy": str(out), "days": 1}
    assert moodlab("check", journal=out).status == 0
    assert "already exists" in refused(moodlab("backup", str(out)))


def test_a_backup_without_a_name_goes_among_the_copies(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=3")
    assert moodlab("backup").status == 0

    (made,) = copies(moodlab)

    assert made["reason"] == "by-hand"
    assert made["days"] == 1
    assert Path(made["copy"]).parent.name == "journal.moodlab.copies"


def test_restore_brings_back_and_keeps_what_was_there(moodlab: Shell, tmp_path: Path) -> None:
    out = tmp_path / "out.moodlab"
    moodlab("log", "today", "mood=3")
    moodlab("backup", str(out))
    moodlab("log", "today", "mood=8")

    done = moodlab("restore", str(out), "--json")

    assert done.status == 0, done.err
    kept = json.loads(done.out)["kept"]
    assert Path(kept).name.startswith("before-restore-")
    assert moodlab.report("--from", "today")["metrics"][3]["lowest"] == 3
    again = moodlab("restore", Path(kept).name)
    assert again.status == 0, again.err
    assert moodlab.report("--from", "today")["metrics"][3]["lowest"] == 8


def test_restore_works_where_the_journal_is_gone(moodlab: Shell, tmp_path: Path) -> None:
    out = tmp_path / "out.moodlab"
    moodlab("backup", str(out))
    moodlab.journal.unlink()

    assert moodlab("restore", str(out)).status == 0
    assert moodlab("check").status == 0


def test_what_cannot_be_restored_changes_nothing(moodlab: Shell, tmp_path: Path) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_text("Dear diary " * 1000)
    before = moodlab.journal.read_bytes()

    for given in (odd, tmp_path, tmp_path / "gone", moodlab.journal):
        refused(moodlab("restore", str(given)))

    assert moodlab.journal.read_bytes() == before
    assert names(tmp_path) == ["journal.moodlab", "odd.txt"]


def test_a_backup_of_what_is_no_journal_is_refused(moodlab: Shell, tmp_path: Path) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_text("Dear diary " * 1000)

    refused(moodlab("backup", str(tmp_path / "out"), journal=odd))
    refused(moodlab("backup", str(tmp_path / "out"), journal=tmp_path / "gone"))
    refused(moodlab("backup", str(tmp_path / "no" / "folder" / "out.moodlab")))

    assert names(tmp_path) == ["journal.moodlab", "odd.txt"]


def test_a_days_first_change_makes_one_copy(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=3")
    assert copies(moodlab) == []  # there was nothing yet
    moodlab("log", "today", "mood=4")
    moodlab("log", "today", "mood=5")
    moodlab("undo")

    assert [copy["reason"] for copy in copies(moodlab)] == ["automatic"]


def test_a_copy_that_cannot_be_made_is_told_and_the_value_is_saved(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=3")
    moodlab.journal.with_name("journal.moodlab.copies").write_text("in the way")

    done = moodlab("log", "today", "mood=4")

    assert done.status == 0
    assert len(done.err.splitlines()) == 1
    assert moodlab.report("--from", "today")["metrics"][3]["lowest"] == 4


def test_an_import_is_preceded_by_a_copy(moodlab: Shell, tmp_path: Path) -> None:
    moodlab("log", "today", "mood=3")
    out = tmp_path / "journal.json"
    assert moodlab("export", str(out)).status == 0

    assert moodlab("import", str(out), "--dry-run").status == 0
    assert copies(moodlab) == []
    assert moodlab("import", str(out)).status == 0

    assert [copy["reason"] for copy in copies(moodlab)] == ["before-import"]


def test_the_second_folder_gets_the_copy_too(moodlab: Shell, tmp_path: Path) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick"
    data.mkdir()
    stick.mkdir()
    (data / "settings.json").write_text(json.dumps({"second_copies": str(stick)}))
    for value in (3, 4):
        done = moodlab("log", "today", f"mood={value}", "--data-dir", str(data))
        assert done.status == 0, done.err

    (folder,) = stick.glob("journal-*.moodlab.copies")
    assert len(names(folder)) == 1


@pytest.mark.parametrize("wrong", [("restore",), ("backup", "a", "b"), ("restore", "a", "b")])
def test_a_wrong_number_of_arguments_is_wrong_use(moodlab: Shell, wrong: tuple[str, ...]) -> None:
    assert moodlab(*wrong).status == 2


def test_check_names_copies_that_cannot_be_read(moodlab: Shell) -> None:
    moodlab("log", "today", "mood=3")
    moodlab("backup")
    moodlab("backup")
    bad = Path(copies(moodlab)[0]["copy"])
    content = bytearray(bad.read_bytes())
    content[8192:40960] = b"\xff" * 32768
    bad.write_bytes(content)

    done = moodlab("check", "--json")

    assert done.status == 1
    (problem,) = json.loads(done.out)["problems"]
    assert problem["what"] == "copy"
    assert problem["where"] == bad.name
    assert problem["sentence"].startswith("1 of 2 backups")
