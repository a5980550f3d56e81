"""What the fault tests do to a journal, each as a process of its own.

    python -m tests.faults.programs NAME FOLDER [NUMBER]

A line on standard output is an acknowledgement: what it says has been told to the person.
"""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from moodlab.domain.errors import MoodLabError
from moodlab.domain.events import Event
from moodlab.store.backups import backup as copies
from moodlab.store.backups.restore import restore
from moodlab.store.encryption import crypto
from moodlab.store.encryption.crypto import Key, derive_key
from moodlab.store.encryption.rekey import remove_passphrase, set_passphrase
from moodlab.store.file import migrations
from moodlab.store.file.migrations import Step
from moodlab.store.journal import Journal
from tests.keys import QUICK

FIRST = date(2000, 1, 1)
OLD, NEW = "the former one", "the next one"
_SALTS = {OLD: b"\x80" * 16, NEW: b"\x81" * 16}
EVENT_ID = "01890000-0000-7000-8000-{:012d}"
KINDS = ("plain", "encrypted")


def key_of(passphrase: str) -> Key:
    """The key that a passphrase has in all fault tests."""
    return derive_key(passphrase, _SALTS[passphrase], QUICK[0])


def journal_in(folder: Path) -> Path:
    return folder / "journal.moodlab"


def journal_key(folder: Path) -> Key | None:
    """The key of the journal in a folder, told by the folder's name."""
    return key_of(OLD) if folder.name == "encrypted" else None


def day_of(number: int) -> date:
    return FIRST + timedelta(days=number)


def value_of(number: int) -> int:
    return number % 11 * 1000


def rate(journal: Journal, number: int) -> None:
    journal.days.rate(day_of(number), "mood", value_of(number))


def tell(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def prepare(folder: Path, entries: int) -> Path:
    """Make a journal with ratings of the first days, and one copy of it."""
    folder.mkdir()
    path, key = journal_in(folder), journal_key(folder)
    with Journal.create(path, key=key) as journal:
        for number in range(entries):
            rate(journal, number)
    return path


def save(folder: Path, number: int, *, synchronous: str | None = None) -> None:
    """Rate `number` more days."""
    with Journal.open(journal_in(folder), key=journal_key(folder)) as journal:
        if synchronous is not None:
            journal.ledger.connection.execute(f"PRAGMA synchronous = {synchronous}")
        begin = len(journal.days.read_ratings(FIRST, date(2100, 1, 1)).get("mood", ()))
        tell("begin")
        for offset in range(number):
            rate(journal, begin + offset)
            tell(begin + offset)


def save_carelessly(folder: Path, number: int) -> None:
    """The control: without waiting for the disk."""
    save(folder, number, synchronous="OFF")


def save_until_refused(folder: Path, number: int) -> None:
    """Save ratings and events; what is refused is told, and tried once more at the end."""
    refused = []
    try:
        journal = Journal.open(journal_in(folder), key=journal_key(folder))
    except MoodLabError as error:
        tell(f"unusable {error.sentence}")
        return
    for offset in range(1, number + 1):
        if not try_to_save(journal, offset):
            refused.append(offset)
    for offset in refused:
        try_to_save(journal, offset)
    if journal.ledger.connection.in_transaction:
        tell("left open")
    journal.close()
    tell("end")


def try_to_save(journal: Journal, number: int) -> bool:
    """Save one thing, always the same for one number; say whether it was acknowledged."""
    try:
        if number % 2:
            rate(journal, 1000 + number)
        else:
            journal.events.save_event(Event(EVENT_ID.format(number), day_of(number), "rain"))
    except MoodLabError as error:
        tell(f"refused {number} {error.sentence}")
        return False
    tell(f"saved {number}")
    return True


def back_up(folder: Path, _: int) -> None:
    tell("begin")
    copies.make_backup(journal_in(folder), journal_key(folder))
    tell("done")


def bring_back(folder: Path, _: int) -> None:
    """Restore the only copy that there is."""
    key = journal_key(folder)
    (copy,) = copies.list_backups(journal_in(folder))
    tell("begin")
    restore(journal_in(folder), copy.path, key=key, backup_key=key)
    tell("done")


def upgrade(folder: Path, _: int) -> None:
    """Open the journal as a MoodLab with one more step of the schema would."""
    every = (*migrations.STEPS, Step("m003_weather", _add_weather))
    migrations.STEPS, migrations.SCHEMA_VERSION = every, len(every)
    tell("begin")
    Journal.open(journal_in(folder), key=journal_key(folder)).close()
    tell("done")


def _add_weather(db: Any) -> None:
    db["batch"].transform(rename={"kind": "sort"})
    db["batch"].transform(rename={"sort": "kind"})
    db.execute("CREATE TABLE weather (day TEXT PRIMARY KEY) STRICT")
    db.execute("INSERT INTO weather SELECT day FROM rating")


def encrypt(folder: Path, _: int) -> None:
    """Set the passphrase, or change it where there is one."""
    tell("begin")
    set_passphrase(journal_in(folder), NEW, journal_key(folder))
    tell("done")


def decrypt(folder: Path, _: int) -> None:
    tell("begin")
    remove_passphrase(journal_in(folder), key_of(OLD))
    tell("done")


def begin(folder: Path, _: int) -> None:
    """Make a new journal, as `init` does."""
    tell("begin")
    Journal.create(journal_in(folder), key=journal_key(folder)).close()
    tell("done")


def merge(folder: Path, _: int) -> None:
    """Take in the other journal that lies beside this one."""
    other, key = folder / "other.moodlab", journal_key(folder)
    with Journal.open(other, key=key, read_only=True) as journal:
        intake = journal.read_tables()
    tell("begin")
    with Journal.open(journal_in(folder), key=key) as journal:
        journal.imports.take_journal(intake)
    tell("done")


PROGRAMS: dict[str, Callable[[Path, int], None]] = {
    program.__name__: program
    for program in (
        save, save_carelessly, save_until_refused, back_up, bring_back, upgrade, encrypt, decrypt,
        begin, merge,
    )
}  # fmt: skip


def use_quick_keys() -> None:
    """Derive keys in no time, with a salt that the test knows."""
    crypto.PROFILES = QUICK
    crypto._new_salt = lambda: _SALTS[NEW]


if __name__ == "__main__":
    use_quick_keys()
    PROGRAMS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
