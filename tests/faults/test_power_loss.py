"""The power fails at every system call: what was told as saved is there, and nothing is half."""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from moodlab.domain.errors import MoodLabError
from moodlab.store.backups.names import backups_folder, list_backups_in
from moodlab.store.check import check_journal
from moodlab.store.encryption.crypto import Key
from moodlab.store.file import migrations
from moodlab.store.file.contents import verify_file
from moodlab.store.file.engine import Connection, connect, sqlite
from moodlab.store.file.header import examine
from moodlab.store.journal import Journal
from tests.faults import programs
from tests.faults.disk import Disk, digest, lay_out
from tests.faults.programs import FIRST, KINDS, NEW, journal_in, journal_key, key_of, value_of
from tests.faults.trace import Call, needs_strace, record

pytestmark = needs_strace
SAVES = 24
EVER = date(2100, 1, 1)
Judge = Callable[[Path, list[str]], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many states a power cut could leave, and how they were judged."""

    states: int
    verdicts: Counter[str]

    def __str__(self) -> str:
        said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(self.verdicts.items()))
        return f"{self.states} states: {said}"


def cut_everywhere(
    before: Path, calls: Iterable[Call], judge: Judge, *, syncs: bool = True
) -> Outcome:
    """Cut the power after every call and judge each state by what had been told by then."""
    disk, told = Disk(before), list[str]()
    chance = random.Random(4)
    verdicts: Counter[str] = Counter()
    known: dict[tuple[bytes, int], str] = {}
    states = 0
    for call in calls:
        if call.name == "write" and call.handle == 1:
            told += b"".join(call.texts).decode().split()
        elif not disk.apply(call, syncs=syncs):
            continue
        for files in disk.states(chance):
            states += 1
            mark = (digest(files), len(told))
            if mark not in known:
                with scratch_folder(before.name) as place:
                    lay_out(files, before, place)
                    known[mark] = judge(place, told)
            verdicts[known[mark]] += 1
    return Outcome(states, verdicts)


class scratch_folder:  # noqa: N801 - used like a function
    """A folder in memory, of the same name as the real one, gone afterwards."""

    def __init__(self, name: str) -> None:
        shared = Path("/dev/shm")
        self._top = tempfile.mkdtemp(dir=shared if shared.is_dir() else None)
        self._name = name

    def __enter__(self) -> Path:
        place = Path(self._top) / self._name
        place.mkdir()
        return place

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._top)


def look(path: Path, key: Key | None) -> tuple[list[int], str]:
    """Open a journal as the next start would; return the days rated, and what is wrong."""
    try:
        with Journal.open(path, key=key) as journal:
            ratings = journal.days.read_ratings(FIRST, EVER).get("mood", ())
            days = [(rating.day - FIRST).days for rating in ratings]
            if any(rating.value != value_of((rating.day - FIRST).days) for rating in ratings):
                return days, "wrong values"
            problems = [problem for problem in check_journal(journal) if problem.what != "copy"]
            return days, "damaged" if problems else ""
    except (sqlite.DatabaseError, ValueError):
        return [], "damaged"
    except MoodLabError as error:
        return [], f"unusable: {type(error).__name__}"


def judge_saves(place: Path, told: list[str]) -> str:
    days, problem = look(journal_in(place), journal_key(place))
    if problem:
        return problem
    lost = {int(word) for word in told if word.isdigit()} - set(days)
    if lost:
        return "lost an acknowledged save"
    return "sound" if days == list(range(len(days))) else "a gap"


def back_up_before(folder: Path) -> Path:
    """Keep the state before the program ran, from which the disk is replayed."""
    kept = folder.parent / "before" / folder.name
    shutil.copytree(folder, kept)
    return kept


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    def make_folder(kind: str, entries: int = 12) -> Path:
        folder = tmp_path / kind
        programs.prepare(folder, entries)
        return folder

    return make_folder


def run(
    folder: Path, program: str, judge: Judge, *, syncs: bool = True, number: int = 0
) -> Outcome:
    disk_before = back_up_before(folder)
    calls, _ = record(program, folder, number)
    return cut_everywhere(disk_before, renamed(calls, folder, disk_before), judge, syncs=syncs)


def renamed(calls: Iterable[Call], folder: Path, other: Path) -> Iterator[Call]:
    """The same calls on another folder."""
    old, new = _hex(folder), _hex(other)
    return (Call(call.name, call.arguments.replace(old, new), call.result) for call in calls)


def _hex(path: Path) -> str:
    return "".join(f"\\x{byte:02x}" for byte in str(path).encode())


@pytest.mark.parametrize("kind", KINDS)
def test_no_acknowledged_save_is_lost(kind: str, make: Callable[..., Path], say) -> None:
    outcome = run(make(kind), "save", judge_saves, number=SAVES)

    say(f"power loss, {SAVES} saves, {kind}: {outcome}")
    assert set(outcome.verdicts) == {"sound"}
    assert outcome.states >= 4000


def test_saves_that_do_not_wait_for_the_disk_are_found_out(make: Callable[..., Path], say) -> None:
    outcome = run(make("plain"), "save_carelessly", judge_saves, number=4)

    say(f"control, synchronous = OFF: {outcome}")
    assert outcome.verdicts["lost an acknowledged save"]
    assert len(outcome.verdicts) > 2


def judge_backup(place: Path, told: list[str]) -> str:
    days, problem = look(journal_in(place), journal_key(place))
    if problem or days != list(range(12)):
        return problem or "the journal lost days"
    return judge_copies(place, [journal_key(place)]) or (
        "sound" if "done" not in told or list_backups(place) else "a copy told of is not there"
    )


def list_backups(place: Path) -> list[Path]:
    return [copy.path for copy in list_backups_in(backups_folder(journal_in(place)))]


def judge_copies(place: Path, keys: list[Key | None]) -> str:
    """What is wrong with copies that stand under their final name; nothing half may."""
    for path in list_backups(place):
        if not any(is_sound(path, key) for key in keys):
            return "a copy is half"
    return ""


def is_sound(path: Path, key: Key | None) -> bool:
    try:
        verify_file(path, key)
    except (MoodLabError, sqlite.DatabaseError):
        return False
    return True


def judge_restore(place: Path, told: list[str]) -> str:
    key = journal_key(place)
    days, problem = look(journal_in(place), key)
    if problem:
        return problem
    if days not in (list(range(12)), list(range(15))):
        return "neither the old nor the new"
    if "done" in told:
        if len(days) != 12:
            return "told as restored and is not"
        kept = [path for path in list_backups(place) if path.name.startswith("before-restore")]
        if not kept or look(kept[0], key)[0] != list(range(15)):
            return "the journal before it is gone"
    if not [path for path in list_backups(place) if not path.name.startswith("before-")]:
        return "the copy is gone"
    return judge_copies(place, [key]) or ("new" if len(days) == 12 else "old")


def judge_upgrade(place: Path, told: list[str]) -> str:
    path, key = journal_in(place), journal_key(place)
    if not path.exists():
        return "gone"
    try:
        return _judge_upgraded(place, told, connect(path, key=key))
    except sqlite.DatabaseError:
        return "damaged"


def _judge_upgraded(place: Path, told: list[str], connection: Connection) -> str:
    try:
        # Recovers as the next start would.
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
        rated = connection.execute("SELECT count(*) FROM rating").fetchone()[0]
        has_weather = ("weather",) in tables
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    finally:
        connection.close()
    if not sound or rated != 12 or (version == len(migrations.STEPS) + 1) != has_weather:
        return "half"
    if not has_weather:
        return "told as upgraded and is not" if "done" in told else "old"
    if not list_backups(place):
        return "upgraded without a copy"
    return judge_copies(place, [journal_key(place)]) or "new"


def judge_rekeying(new: Key | None) -> Judge:
    def judge(place: Path, told: list[str]) -> str:
        old = journal_key(place)
        path = journal_in(place)
        try:
            salt = examine(path)
        except MoodLabError as error:
            return f"unusable: {type(error).__name__}"
        # A plain file opens with any key, so the file itself says which one it is.
        state, key = ("new", new) if salt == (new and new.salt) else ("old", old)
        days, problem = look(path, key)
        if problem or days != list(range(12)):
            return problem or "the journal lost days"
        if "done" in told and state != "new":
            return "told as changed and is not"
        if not list_backups(place):
            return "the copy is gone"
        return judge_copies(place, [old, new]) or state

    return judge


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_is_whole_or_not_there(kind: str, make: Callable[..., Path], say) -> None:
    outcome = run(make(kind), "back_up", judge_backup)

    say(f"power loss, backup, {kind}: {outcome}")
    assert set(outcome.verdicts) == {"sound"}
    assert outcome.states > 100


def with_older_copy(folder: Path) -> Path:
    programs.back_up(folder, 0)
    programs.save(folder, 3)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_is_the_old_journal_or_the_new_one(
    kind: str, make: Callable[..., Path], say
) -> None:
    outcome = run(with_older_copy(make(kind)), "bring_back", judge_restore)

    say(f"power loss, restore, {kind}: {outcome}")
    assert set(outcome.verdicts) == {"old", "new"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_upgrade_is_the_old_journal_or_the_new_one(
    kind: str, make: Callable[..., Path], say
) -> None:
    outcome = run(make(kind), "upgrade", judge_upgrade)

    say(f"power loss, upgrade, {kind}: {outcome}")
    assert set(outcome.verdicts) == {"old", "new"}


@pytest.mark.parametrize(
    ("kind", "program", "new"),
    [("plain", "encrypt", NEW), ("encrypted", "encrypt", NEW), ("encrypted", "decrypt", None)],
    ids=["encrypt", "change", "decrypt"],
)
def test_a_change_of_the_passphrase_is_the_old_journal_or_the_new_one(
    kind: str, program: str, new: str | None, make: Callable[..., Path], say
) -> None:
    folder = make(kind)
    programs.back_up(folder, 0)

    outcome = run(folder, program, judge_rekeying(new and key_of(new)))

    say(f"power loss, {program} from {kind}: {outcome}")
    assert set(outcome.verdicts) == {"old", "new"}


@pytest.mark.parametrize(
    ("program", "judge"),
    [
        ("back_up", judge_backup),
        ("bring_back", judge_restore),
        ("upgrade", judge_upgrade),
        ("encrypt", judge_rekeying(key_of(NEW))),
    ],
    ids=["backup", "restore", "upgrade", "encrypt"],
)
def test_without_fsync_the_same_judges_find_harm(
    program: str, judge: Judge, make: Callable[..., Path], say
) -> None:
    folder = make("plain")
    if program == "bring_back":
        with_older_copy(folder)
    elif program == "encrypt":
        programs.back_up(folder, 0)

    outcome = run(folder, program, judge, syncs=False)

    say(f"control, {program} with its fsyncs taken out: {outcome}")
    assert set(outcome.verdicts) - {"old", "new", "sound"}
