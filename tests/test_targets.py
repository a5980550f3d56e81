"""Nothing that MoodLab writes replaces a journal, or a file that it did not write, by mistake."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moodlab.domain.errors import MoodLabError
from moodlab.report.files import save_atomically
from moodlab.report.recovery_sheet import save_sheet
from moodlab.settings import Settings, read_settings, write_settings
from moodlab.store.backups.backup import make_backup, save_backup
from moodlab.store.backups.names import backups_folder
from moodlab.store.encryption.crypto import make_key
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal
from tests.cli.shell import Outcome, Shell

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and pipes")

# How a command is told to write a file of each kind.
COMMANDS: dict[str, tuple[str, ...]] = {
    "export json": ("export", "{}", "--format", "json"),
    "export csv": ("export", "{}", "--format", "csv"),
    "export fhir": ("export", "{}", "--format", "fhir"),
    "report": ("report", "{}"),
    "backup": ("backup", "{}"),
    "init": ("--journal", "{}", "init"),
    "recovery sheet": ("encrypt", "--passphrase-file", "{pw}", "--recovery-sheet", "{}"),
}
CAN_OVERWRITE = ("export json", "export csv", "export fhir", "report")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a journal of a few days, another one, and an encrypted one of an odd name."""
    folder = tmp_path_factory.mktemp("filled")
    make_example(folder / "journal.moodlab")
    make_backup(folder / "journal.moodlab")
    Journal.create(folder / "other.moodlab").close()
    Journal.create(folder / "sealed.data", key=make_key("five random words")).close()
    return folder


@pytest.fixture
def moodlab(filled: Path, tmp_path: Path) -> Shell:
    shutil.copytree(filled, tmp_path / "here")
    (tmp_path / "here" / "pw").write_text("five random words")
    return Shell(tmp_path / "here")


def tell(moodlab: Shell, action: str, target: Path, *more: str) -> Outcome:
    words = COMMANDS[action]
    filled_in = [word.format(target, pw=moodlab.folder / "pw") for word in words]
    return moodlab(*filled_in, *more)


def contents(folder: Path) -> dict[str, bytes | str]:
    """Everything in a folder: files by their bytes, links by where they lead, others by kind."""

    def seen() -> Iterator[tuple[str, bytes | str]]:
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(folder))
            if path.is_symlink():
                yield name, f"link {path.readlink()}"
            elif path.is_file():
                yield name, path.read_bytes()
            else:
                yield name, f"kind {stat.S_IFMT(path.lstat().st_mode)}"

    return dict(seen())


def a_backup(folder: Path) -> Path:
    (backup,) = backups_folder(folder / "journal.moodlab").iterdir()
    return backup


def linked(folder: Path, name: str, to: Path) -> Path:
    link = folder / name
    link.symlink_to(to)
    return link


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.pdf")
    return folder / "pipe.pdf"


def hard_linked(folder: Path) -> Path:
    (folder / "page.pdf").hardlink_to(folder / "journal.moodlab")
    return folder / "page.pdf"


def renamed_copy(folder: Path) -> Path:
    return Path(shutil.copy(folder / "other.moodlab", folder / "thesis.pdf"))


def sealed_copy(folder: Path) -> Path:
    return Path(shutil.copy(folder / "sealed.data", folder / "sealed.pdf"))


def side_file(folder: Path) -> Path:
    (folder / "other.moodlab-journal").write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7")
    return folder / "other.moodlab-journal"


# What no option replaces. Names end in .pdf where they can, so that `report` gets that far.
PROTECTED: dict[str, Callable[[Path], Path]] = {
    "the journal": lambda folder: folder / "journal.moodlab",
    "its backup": a_backup,
    "another journal": lambda folder: folder / "other.moodlab",
    "an encrypted journal of an odd name": lambda folder: folder / "sealed.data",
    "a journal called page": renamed_copy,
    "an encrypted journal called page": sealed_copy,
    "a hard link to the journal": hard_linked,
    "a link to the journal": lambda f: linked(f, "link.pdf", f / "journal.moodlab"),
    "a link to a link to a backup": lambda f: linked(
        f, "further.pdf", linked(f, "link.pdf", a_backup(f))
    ),
    "a link to nothing": lambda folder: linked(folder, "link.pdf", folder / "gone"),
    "a link to a page": lambda f: linked(f, "link.pdf", f / "pw"),
    "a pipe": a_pipe,
    "a device": lambda _folder: Path("/dev/null"),
    "a side file": side_file,
    "a side file that is not there": lambda folder: folder / "journal.moodlab-wal",
    "a side file in capitals": lambda folder: folder / "journal.moodlab-WAL",
    "the lock": lambda folder: folder / ".journal.moodlab.lock",
}


@pytest.mark.parametrize("target", PROTECTED)
@pytest.mark.parametrize("action", COMMANDS)
def test_no_command_writes_over_a_journal_a_link_or_a_device(
    action: str, target: str, moodlab: Shell
) -> None:
    path = PROTECTED[target](moodlab.folder)
    before = contents(moodlab.folder)
    kind = stat.S_IFMT(path.lstat().st_mode) if os.path.lexists(path) else None

    for more in ((), ("--overwrite",)) if action in CAN_OVERWRITE else ((),):
        done = tell(moodlab, action, path, *more)
        assert (done.status, done.out) == (1, ""), done
        assert len(done.err.splitlines()) == 1
        assert contents(moodlab.folder) == before
    assert kind is None or stat.S_IFMT(path.lstat().st_mode) == kind


@pytest.mark.parametrize("action", [*CAN_OVERWRITE, "recovery sheet"])
def test_no_document_is_put_among_the_backups(action: str, moodlab: Shell) -> None:
    before = contents(moodlab.folder)

    for target in (backups_folder(moodlab.journal), backups_folder(moodlab.journal) / "new.pdf"):
        done = tell(moodlab, action, target)
        assert (done.status, done.out) == (1, ""), done
        assert contents(moodlab.folder) == before


def test_an_empty_name_is_no_folder(
    moodlab: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As of a variable that a script forgot to set."""
    monkeypatch.chdir(tmp_path)

    done = moodlab("export", "")

    assert (done.status, done.out) == (1, ""), done
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize("action", COMMANDS)
def test_a_file_that_moodlab_did_not_write_stays(action: str, moodlab: Shell) -> None:
    thesis = moodlab.folder / "thesis.pdf"
    thesis.write_bytes(b"%PDF-1.7 two years of work")

    done = tell(moodlab, action, thesis)

    assert (done.status, done.out) == (1, ""), done
    assert "already exists" in done.err
    assert ("--overwrite" in done.err) == (action in CAN_OVERWRITE and action != "export csv")
    assert thesis.read_bytes() == b"%PDF-1.7 two years of work"


@pytest.mark.parametrize("action", [action for action in CAN_OVERWRITE if action != "export csv"])
def test_it_is_replaced_where_overwriting_is_asked_for(action: str, moodlab: Shell) -> None:
    thesis = moodlab.folder / "thesis.pdf"
    thesis.write_bytes(b"%PDF-1.7 a draft")

    assert tell(moodlab, action, thesis, "--overwrite").status == 0
    assert b"a draft" not in thesis.read_bytes()


OWN = ("e.json", "f.json --format fhir", "t.zip", "tables", "r.pdf", "r.txt", "r.html", "r.json")


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("days", ["many", "few"])
def test_a_command_replaces_its_own_earlier_output(own: str, days: str, moodlab: Shell) -> None:
    name, *more = own.split(" ", 1)
    words = [str(moodlab.folder / name), *" ".join(more).split()]
    if name.startswith("r."):
        words = ["report", *words, *(("--from", "yesterday") if days == "few" else ())]
    else:
        words = ["export", *words]
    journal = moodlab.folder / ("journal.moodlab" if days == "many" else "other.moodlab")
    moodlab("log", "today", "mood=6", journal=journal)
    assert moodlab(*words, journal=journal).status == 0

    moodlab("log", "today", "mood=4", journal=journal)
    again = moodlab(*words, journal=journal)

    assert again.status == 0, again


@pytest.mark.parametrize(
    ("earlier", "later"), [("e.json", "report"), ("f.json", "export"), ("r.json", "export")]
)
def test_it_does_not_replace_an_output_of_another_kind(
    earlier: str, later: str, moodlab: Shell
) -> None:
    path = moodlab.folder / earlier
    first = {
        "e.json": ("export", str(path)),
        "f.json": ("export", str(path), "--format", "fhir"),
        "r.json": ("report", str(path)),
    }[earlier]
    assert moodlab(*first).status == 0
    before = path.read_bytes()

    assert moodlab(later, str(path)).status == 1
    assert path.read_bytes() == before


def test_of_tables_for_a_folder_none_is_written_where_one_has_no_place(moodlab: Shell) -> None:
    folder = moodlab.folder / "tables"
    folder.mkdir()
    (folder / "ratings.csv").write_bytes(b"\xef\xbb\xbfday,mood\r\n1 May,3\r\n")

    done = moodlab("export", str(folder))

    assert done.status == 1
    assert "ratings.csv already exists" in done.err
    assert [path.name for path in folder.iterdir()] == ["ratings.csv"]


def save_page(target: Path) -> None:
    save_atomically(target, b"page", overwrite=True)


WINDOW: dict[str, Callable[[Path, Path], object]] = {
    "page or export": lambda _journal, target: save_page(target),
    "recovery sheet as text": lambda _journal, target: save_sheet(target, ("a", "b", "c")),
    "backup": lambda journal, target: save_backup(journal, None, target),
    "preferences": lambda _journal, target: write_settings(target, Settings(theme="dark")),
}


@pytest.mark.parametrize("target", PROTECTED)
@pytest.mark.parametrize("action", WINDOW)
def test_nor_does_the_window(action: str, target: str, moodlab: Shell) -> None:
    if action == "preferences" and "link to" in target and "journal" not in target:
        pytest.skip("a link to the preferences is followed, and stays one")
    path = PROTECTED[target](moodlab.folder)
    before = contents(moodlab.folder)

    with pytest.raises((MoodLabError, OSError)):
        WINDOW[action](moodlab.journal, path)

    assert contents(moodlab.folder) == before


def test_preferences_reached_through_a_link_are_written_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    link = linked(tmp_path, "settings.json", tmp_path / "mine" / "settings.json")

    write_settings(link, Settings(theme="dark"))

    assert link.is_symlink()
    assert read_settings(link).theme == "dark"


@pytest.mark.parametrize("name", ["x" * 250, "x" * 300, "pw/x", "gone/x"])
@pytest.mark.parametrize("action", [*COMMANDS, "restore", "open"])
def test_a_place_that_can_not_be_had_gets_a_sentence(
    action: str, name: str, moodlab: Shell
) -> None:
    target = moodlab.folder / f"{name}.pdf"
    before = contents(moodlab.folder)
    if action == "restore":
        done = moodlab("restore", str(target))
    elif action == "open":
        done = moodlab("check", journal=target)
    else:
        done = tell(moodlab, action, target)

    if done.status:
        assert (done.status, done.out) == (1, ""), done
        assert len(done.err.splitlines()) == 1
        assert contents(moodlab.folder).keys() - {"gone"} == before.keys()
