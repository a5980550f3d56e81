"""The file is replaced, deleted, renamed or overwritten under an open journal: nothing is lost."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from moodlab.domain.errors import JournalMoved, JournalUnusable
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.engine import connect
from moodlab.store.journal import FOREVER, Journal
from tests.journals import check_file
from tests.moments import TODAY, Clock

KEY = Key(bytes(range(32)), bytes(range(128, 144)))
NOBODY = 65534
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows moves no open file")


def replace_by_older(path: Path) -> None:
    """As a sync program does it: a new file, renamed over the old one."""
    draft = path.with_name("sync.tmp")
    shutil.copy(path.with_name("older.moodlab"), draft)
    draft.replace(path)


def replace_by_nonsense(path: Path) -> None:
    draft = path.with_name("sync.tmp")
    draft.write_bytes(b"conflict " * 1000)
    draft.replace(path)


def replace_by_nothing(path: Path) -> None:
    draft = path.with_name("sync.tmp")
    draft.touch()
    draft.replace(path)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def rename(path: Path) -> None:
    path.rename(path.with_name("renamed.moodlab"))


def rename_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("other"))


ACTS: dict[str, Callable[[Path], None]] = {
    "replaced by an older one": replace_by_older,
    "replaced by something else": replace_by_nonsense,
    "replaced by an empty file": replace_by_nothing,
    "emptied": empty,
    "deleted": Path.unlink,
    "renamed": rename,
    "its folder renamed": rename_folder,
}
BETWEEN = ("after opening", "after reading", "after a save")
WITHIN = ("within a step", "before the commit")
# Emptying the file in the very milliseconds of a save is left out: only a lock that others heed
# could stop that.
CASES = [(act, moment) for act in ACTS for moment in BETWEEN] + [
    (act, moment) for act in ACTS if act != "emptied" for moment in WITHIN
]


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> Key | None:
    return request.param


@pytest.fixture
def path(tmp_path: Path, key: Key | None) -> Path:
    """A journal in a folder of its own, with an older state of it beside it."""
    path = tmp_path / "folder" / "journal.moodlab"
    with Journal.create(path, key=key, clock=Clock()) as journal:
        journal.days.rate(TODAY, "mood", 1000)
    shutil.copy(path, path.with_name("older.moodlab"))
    return path


@posix_only
@pytest.mark.parametrize(("act", "moment"), CASES)
def test_a_save_into_a_file_that_is_no_longer_there_is_refused(
    act: str, moment: str, path: Path, key: Key | None
) -> None:
    with Journal.open(path, key=key, clock=Clock()) as journal:
        if moment == "after reading":
            journal.read_diary()
        elif moment == "after a save":
            journal.days.rate(TODAY - timedelta(days=1), "mood", 2000)
        with pytest.raises(JournalUnusable) as refusal:  # noqa: PT012 - moments within a step
            if moment in BETWEEN:
                ACTS[act](path)
            with journal.ledger.batch("log"):
                if moment == "within a step":
                    ACTS[act](path)
                journal.days.rate(TODAY, "mood", 7000)
                if moment == "before the commit":
                    ACTS[act](path)

        assert "not saved" in refusal.value.sentence or "can't" in refusal.value.sentence
        assert not journal.ledger.connection.in_transaction


@posix_only
def test_a_writer_that_waited_while_the_file_was_replaced_is_told_to_try_again(
    path: Path, key: Key | None
) -> None:
    """`encrypt` holds the lock, puts the new file in its place, and lets go."""
    with Journal.open(path, key=key, clock=Clock()) as journal:
        holder = connect(path, key=key)
        holder.execute("BEGIN IMMEDIATE")
        mend, asked = journal.ledger.held_file.refuse_another, []

        def replaced_after_the_first_look() -> None:
            mend()
            if not asked:
                asked.append(True)
                replace_by_older(path)
                holder.close()

        journal.ledger.held_file.refuse_another = replaced_after_the_first_look
        with pytest.raises(JournalMoved, match="Try again in a moment"):
            journal.days.rate(TODAY, "mood", 7000)


@posix_only
def test_a_file_that_comes_back_takes_saves_again(path: Path, key: Key | None) -> None:
    with Journal.open(path, key=key, clock=Clock()) as journal:
        rename(path)
        with pytest.raises(JournalMoved, match="moved or deleted"):
            journal.days.rate(TODAY, "mood", 7000)
        path.with_name("renamed.moodlab").rename(path)
        journal.days.rate(TODAY, "mood", 7000)

    assert check_file(path, key=key) == ()


@posix_only
def test_the_file_that_is_there_now_takes_saves_once_opened(path: Path, key: Key | None) -> None:
    with Journal.open(path, key=key, clock=Clock()) as journal:
        replace_by_older(path)
        with pytest.raises(JournalMoved, match="Open the journal again"):
            journal.days.rate(TODAY, "mood", 7000)
    with Journal.open(path, key=key, clock=Clock()) as again:
        again.days.rate(TODAY, "mood", 7000)

    assert check_file(path, key=key) == ()


def test_another_moodlab_saving_into_the_same_file_is_no_trouble(
    path: Path, key: Key | None
) -> None:
    with Journal.open(path, key=key, clock=Clock()) as one:
        with Journal.open(path, key=key, clock=Clock()) as two:
            for number in range(5):
                one.days.rate(TODAY - timedelta(days=number), "mood", 3000)
                two.days.rate(TODAY - timedelta(days=number), "fatigue", 4000)
        assert len(one.days.read_ratings(FOREVER.first, FOREVER.last)["fatigue"]) == 5


@posix_only
def test_a_page_that_could_not_be_read_for_a_while_is_read_again(
    path: Path, key: Key | None
) -> None:
    """A cable was loose: the disk gives nonsense, then again what is there."""
    with Journal.open(path, key=key, clock=Clock()) as journal:
        content = path.read_bytes()
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (len(content) - 4096))
        with pytest.raises(JournalUnusable):
            journal.days.rate(TODAY, "mood", 7000)
        with path.open("r+b") as file:
            file.write(content)
        journal.days.rate(TODAY, "mood", 8000)
        assert journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 8000

    assert check_file(path, key=key) == ()


READ_ONLY = """
import os, sys
from datetime import date
from pathlib import Path
from moodlab.domain.errors import JournalUnusable
from moodlab.store.encryption.crypto import Key
from moodlab.store.journal import Journal

# What is imported later may lie where an ordinary user can't read.
import moodlab.store.encryption.key_check

key, path = eval(sys.argv[1]), Path(sys.argv[2])
if os.getuid() == 0:
    os.setuid(65534)
with Journal.open(path, key=key and Key(*key)) as journal:
    print(journal.why_read_only())
    print(journal.days.read_ratings(date(2026, 3, 4), date(2026, 3, 4))["mood"][0].value)
    try:
        journal.days.rate(date(2026, 3, 4), "mood", 9000)
    except JournalUnusable as error:
        print(error.sentence)
"""


@posix_only
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "reason"),
    [
        (0o555, 0o644, "The folder of journal.moodlab is read-only"),
        (0o777, 0o444, "journal.moodlab is read-only"),
        (0o555, 0o444, "journal.moodlab is read-only"),
    ],
)
def test_what_is_read_only_is_read_and_says_so_on_a_save(
    folder_mode: int, file_mode: int, reason: str, path: Path, key: Key | None, open_folder: Path
) -> None:
    place = open_folder / "journal.moodlab"
    shutil.copy(path, place)
    before = place.read_bytes()
    place.chmod(file_mode)
    open_folder.chmod(folder_mode)
    if os.getuid() == 0:
        os.chown(place, NOBODY, NOBODY)
        os.chown(open_folder, NOBODY, NOBODY)

    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, repr(key and (key.raw, key.salt)), str(place)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    open_folder.chmod(0o700)
    assert done.stderr == ""
    why, value, sentence = done.stdout.splitlines()
    assert why.startswith(reason)
    assert value == "1000"
    assert "written" in sentence
    assert place.read_bytes() == before
    assert [entry.name for entry in open_folder.iterdir()] == [place.name]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user can reach; pytest's own are closed to others than the owner."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
