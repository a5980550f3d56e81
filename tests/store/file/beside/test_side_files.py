"""Whatever lies beside the journal: it is not harmed, and what lay there is kept."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from moodlab.domain.errors import JournalUnusable
from moodlab.store.backups.backup import make_backup, save_backup
from moodlab.store.backups.restore import restore
from moodlab.store.check import check_journal
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.rekey import remove_passphrase, set_passphrase
from moodlab.store.file.beside.mending import settle_side_files
from moodlab.store.file.beside.side_files import list_kept
from moodlab.store.file.engine import connect_as_it_lies
from moodlab.store.journal import Journal
from tests.cli.shell import Shell
from tests.keys import derive_quickly
from tests.moments import TODAY, Clock, days_ago
from tests.store.backups.test_restore import leave_hot
from tests.store.file.beside.strays import (
    KEY,
    STRAYS,
    cut_off,
    foreign_journal,
    foreign_wal,
    journals_wal,
)

COMMANDS = (
    ("check",), ("report", "page.txt"), ("export", "all.json", "--format", "json"), ("backup",),
    ("backup", "copy.moodlab"), ("log", "2026-03-03", "fatigue=4"), ("ask", "Why?"),
    ("encrypt", "--passphrase-file", "-"),
)  # fmt: skip


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    folder = tmp_path / "aside"
    folder.mkdir()
    return folder


def begin(path: Path, key: Key | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with Journal.create(path, key=key, clock=Clock()) as journal:
        for number in range(1, 30):
            journal.days.rate(days_ago(number), "mood", 3000)
            journal.days.write_note(days_ago(number), f"note {number} " * 40)
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("original") / "journal.moodlab")


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    made = Path(shutil.copy(original, folder / original.name))
    made.chmod(0o600)
    return made


def content(path: Path, key: Key | None = None) -> list[object]:
    with Journal.open(path, key=key, read_only=True) as journal:
        assert check_journal(journal) == ()
        tables = journal.read_tables().tables
        return [row for row in tables["rating"] if row["metric"] == "mood"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("stray", STRAYS)
def test_no_command_harms_the_journal(
    stray: str, command: tuple[str, ...], path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive_quickly(monkeypatch)
    before = content(path)
    STRAYS[stray](path, aside)
    words = [str(path.parent / word) if "." in word else word for word in command]

    done = Shell(path.parent)(*words, stdin=b"a passphrase\n")

    assert done.status == 0, done
    if command[0] == "encrypt":
        done = Shell(path.parent)("decrypt", "--passphrase-file", "-", stdin=b"a passphrase\n")
        assert done.status == 0, done
    assert content(path) == before
    victim = aside / "victim.txt"
    assert not victim.exists() or victim.read_text() == "precious"


KEPT = [name for name in STRAYS if "cut within" not in name and "empty save" not in name
        and "was ended" not in name and "of noise" not in name]  # fmt: skip


@pytest.mark.parametrize("stray", KEPT)
def test_what_does_not_belong_is_kept_and_named(stray: str, path: Path, aside: Path) -> None:
    STRAYS[stray](path, aside)

    done = Shell(path.parent)("check")

    kept = list_kept(path)
    assert kept
    assert all(file.name in done.err for file in kept)
    assert not Path(f"{path}-wal").exists()


@pytest.mark.parametrize(
    "kind", ["foreign log", "journal's log", "own key's log", "journal's save"]
)
def test_an_encrypted_journal_is_not_harmed_either(kind: str, tmp_path: Path, aside: Path) -> None:
    path = begin(tmp_path / "here" / "journal.moodlab", KEY)
    before = content(path, KEY)
    other = Key(bytes(range(1, 33)), bytes(range(129, 145)))
    made, ending = {
        "foreign log": (lambda: foreign_wal(aside), "-wal"),
        "journal's log": (lambda: journals_wal(aside, other), "-wal"),
        "own key's log": (lambda: journals_wal(aside, KEY), "-wal"),
        "journal's save": (lambda: foreign_journal(aside, other), "-journal"),
    }[kind]
    shutil.copy(made(), f"{path}{ending}")

    with Journal.open(path, key=KEY) as journal:
        assert len(journal.said_at_opening) == 1

    assert content(path, KEY) == before
    assert list_kept(path)


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_a_save_that_was_cut_off_is_still_finished(tmp_path: Path, key: Key | None) -> None:
    path = begin(tmp_path / "here" / "journal.moodlab", key)
    before = content(path, key)
    leave_hot(path, key)

    assert content(path, key) == before
    assert not Path(f"{path}-journal").exists()


def test_a_link_to_the_journal_has_its_side_files_at_the_target(
    path: Path, aside: Path, tmp_path: Path
) -> None:
    before = content(path)
    link = tmp_path / "link.moodlab"
    link.symlink_to(path)
    shutil.copy(foreign_wal(aside), f"{path}-wal")

    Journal.open(link).close()

    assert content(link) == before
    assert list_kept(link)


def test_a_log_that_comes_while_the_journal_is_open_is_moved_before_a_save(
    path: Path, aside: Path
) -> None:
    with Journal.open(path, clock=Clock()) as journal:
        shutil.copy(foreign_wal(aside), f"{path}-wal")
        journal.days.rate(TODAY, "mood", 7000)

    assert len(content(path)) == 30
    assert list_kept(path)


def test_what_another_program_logged_in_the_journal_itself_is_not_lost(
    path: Path, tmp_path: Path
) -> None:
    """It was turned to write-ahead logging, and the program died."""
    program = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA journal_mode = WAL')\n"
        "c.execute('PRAGMA wal_autocheckpoint = 0')\n"
        "c.execute(\"UPDATE rating SET source = 'paper'\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("no SIGKILL here")
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert Path(f"{path}-wal").stat().st_size

    with Journal.open(path) as journal:
        assert len(list_kept(path)) == 2
        (said,) = journal.said_at_opening
        assert all(file.name in said for file in list_kept(path))
        rows = journal.ledger.connection.execute("SELECT DISTINCT source FROM rating").fetchall()

    assert rows == [("paper",)]


def test_a_save_under_way_elsewhere_is_left_alone(path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom moodlab.store.file.engine import connect\n"
        "c = connect(Path(sys.argv[1]))\n"
        "c.execute('PRAGMA cache_size = 1')\nc.execute('BEGIN IMMEDIATE')\n"
        "for number in range(300):\n"
        "    c.execute('INSERT INTO journal VALUES (?, ?)', (str(number), 'x' * 900))\n"
        "print('ready', flush=True)\nsys.stdin.readline()\n"
        "c.execute('DELETE FROM journal WHERE length(value) = 900')\n"
        "c.execute('COMMIT')\nprint('done', flush=True)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdin
    assert writer.stdout
    assert writer.stdout.readline() == "ready\n"
    assert Path(f"{path}-journal").stat().st_size

    with pytest.raises(JournalUnusable):
        Journal.open(path, busy_seconds=0.05).days.rate(TODAY, "mood", 3000)
    writer.stdin.write("\n")
    writer.stdin.close()

    assert writer.stdout.readline() == "done\n"
    assert writer.wait() == 0
    writer.stdout.close()
    assert list_kept(path) == ()
    assert len(content(path)) == 29


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
@pytest.mark.parametrize("act", ["restore", "restore over", "init", "encrypt", "decrypt", "move"])
def test_what_a_lost_journal_left_never_reaches_the_new_file(
    act: str, ending: str, tmp_path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive_quickly(monkeypatch)
    key = KEY if act == "decrypt" else None
    path = begin(tmp_path / "here" / "journal.moodlab", key)
    before = content(path, key)
    backup = make_backup(path, key).path
    with Journal.open(path, key=key, clock=Clock()) as journal:
        journal.days.rate(TODAY, "mood", 5000)
    left = cut_off(path, aside, key) if ending == "-journal" else journals_wal(aside, key)
    target = path
    if act in ("restore", "init"):
        path.unlink()
    elif act == "move":
        target = tmp_path / "there.moodlab"
    shutil.copy(left, f"{target}{ending}")

    if act == "init":
        done = Shell(path.parent)("init")
        assert list_kept(path)[0].name in done.err
        assert content(path) == []
    elif act.startswith("restore"):
        restore(path, backup, key=key, backup_key=key)
        assert content(path) == before
    elif act == "encrypt":
        made = set_passphrase(path, "a passphrase").key
        assert len(content(path, made)) == 30
    elif act == "decrypt":
        assert key
        remove_passphrase(path, key)
        assert len(content(path)) == 30
    else:
        save_backup(path, key, target)
        assert len(content(target)) == 30
    assert not Path(f"{target}{ending}").exists()


def test_a_stray_file_that_can_not_be_moved_is_said_and_nothing_changes(
    path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(foreign_wal(aside), f"{path}-wal")
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)

    with pytest.raises(JournalUnusable, match=r"journal\.moodlab-wal"):
        Journal.open(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_a_change_that_ends_by_itself_while_it_is_looked_at_is_nothing_to_tell(
    path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    before = content(path)
    beside = Path(f"{path}{ending}")
    if ending == "-journal":
        shutil.copy(cut_off(path, aside), beside)
    else:
        in_wal_mode(path, aside)
    copy_file = shutil.copyfile

    def ends_first(source: Path, target: Path) -> object:
        if Path(source) == beside:
            beside.unlink(missing_ok=True)  # as the other program does at the end of its save
        return copy_file(source, target)

    monkeypatch.setattr(shutil, "copyfile", ends_first)

    assert settle_side_files(path, None) == ()
    assert not beside.exists()
    if ending == "-journal":
        assert content(path) == before


def in_wal_mode(path: Path, folder: Path) -> None:
    """Leave the journal as another program does that turned it to that mode and crashed."""
    copy = Path(shutil.copy(path, folder / "in-wal.moodlab"))
    connection = connect_as_it_lies(copy, None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE rating SET value_thousandths = 1000")
    shutil.copy(copy, path)
    shutil.copy(f"{copy}-wal", f"{path}-wal")
    connection.close()
