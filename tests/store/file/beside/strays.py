"""Files that may lie beside a journal under the names that SQLite takes for its own."""

import os
import shutil
import sqlite3  # noqa: TID251 - another program, with files of its own
from collections.abc import Callable
from pathlib import Path

import pytest

from moodlab.store.encryption.crypto import Key
from moodlab.store.file.engine import connect, connect_as_it_lies
from moodlab.store.journal import Journal
from tests.moments import TODAY, Clock

KEY = Key(bytes(range(32)), bytes(range(128, 144)))
Lay = Callable[[Path, Path], object]  # beside this journal, made in that folder


def foreign_wal(folder: Path) -> Path:
    """Return the write-ahead log of another program's database, with much in it."""
    database = folder / "other.db"
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE place (url TEXT)")
    for number in range(50):
        connection.execute("INSERT INTO place VALUES (?)", (f"{number} " * 500,))
    kept = Path(shutil.copy(f"{database}-wal", folder / "kept-wal"))
    connection.close()
    return kept


def journals_wal(folder: Path, key: Key | None = None) -> Path:
    """Return the write-ahead log of another journal, with other ratings."""
    path = folder / "second.moodlab"
    with Journal.create(path, key=key, clock=Clock()) as journal:
        journal.days.rate(TODAY, "mood", 9000)
    connection = connect_as_it_lies(path, key)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE rating SET value_thousandths = 1000")
    connection.execute("VACUUM")
    kept = Path(shutil.copy(f"{path}-wal", folder / "kept-wal"))
    connection.close()
    return kept


def cut_off(path: Path, folder: Path, key: Key | None = None) -> Path:
    """Return the rollback journal of a save to `path` that was cut off; `path` stays as it is."""
    copy = Path(shutil.copy(path, folder / "cut-off.moodlab"))
    connection = connect(copy, key=key)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE rating SET value_thousandths = 1000")
    for number in range(300):
        connection.execute("INSERT INTO journal VALUES (?, ?)", (str(number), "x" * 900))
    kept = Path(shutil.copy(f"{copy}-journal", folder / "kept-journal"))
    connection.execute("ROLLBACK")
    connection.close()
    return kept


def foreign_journal(folder: Path, key: Key | None = None) -> Path:
    """Return the rollback journal of a save to another journal."""
    path = folder / "third.moodlab"
    with Journal.create(path, key=key, clock=Clock()) as journal:
        for _ in range(7):
            journal.days.write_note(TODAY, f"{os.urandom(4).hex()} " * 80)
    return cut_off(path, folder, key)


def lay(ending: str, made: Callable[[Path], Path]) -> Lay:
    return lambda path, folder: shutil.copy(made(folder), f"{path}{ending}")


def write(ending: str, content: bytes) -> Lay:
    return lambda path, _: Path(f"{path}{ending}").write_bytes(content)


def name_super_journal(path: Path, folder: Path) -> None:
    """A rollback journal at whose end stands another file, which SQLite would delete."""
    victim = str(folder / "victim.txt").encode()
    Path(folder / "victim.txt").write_text("precious")
    magic = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    content = bytearray(cut_off(path, folder).read_bytes())
    content += bytes(-len(content) % 512)
    total = sum(victim) & 0xFFFFFFFF
    content += (0x40000000 // 4096 + 1).to_bytes(4, "big") + victim
    content += len(victim).to_bytes(4, "big") + total.to_bytes(4, "big") + magic
    Path(f"{path}-journal").write_bytes(content)


def older(path: Path, folder: Path) -> None:
    """The journal of a save to an earlier state of the same file, as after a restored backup."""
    former = cut_off(path, folder)
    for number in range(5):
        with Journal.open(path, clock=Clock()) as journal:
            journal.days.write_note(TODAY, f"later {number} " * 50)
    shutil.copy(former, f"{path}-journal")


def fifo(path: Path, _: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no FIFOs here")
    os.mkfifo(f"{path}-wal")


STRAYS: dict[str, Lay] = {
    "another program's log": lay("-wal", foreign_wal),
    "another journal's log": lay("-wal", journals_wal),
    "an empty log": write("-wal", b""),
    "a log of noise": write("-wal", b"\x37\x7f\x06\x82" + bytes(range(256)) * 64),
    "a folder for a log": lambda path, _: Path(f"{path}-wal").mkdir(),
    "a link for a log": lambda path, folder: Path(f"{path}-wal").symlink_to(foreign_wal(folder)),
    "a broken link for a log": lambda path, _: Path(f"{path}-wal").symlink_to("/nowhere/at/all"),
    "a pipe for a log": fifo,
    "a log with its index": lambda path, folder: (
        shutil.copy(foreign_wal(folder), f"{path}-wal"), write("-shm", bytes(32768))(path, folder),
    ),
    "another journal's save": lay("-journal", foreign_journal),
    "an older save of its own": older,
    "a save that names another file": name_super_journal,
    "a save of noise": write("-journal", bytes(range(1, 250)) * 40),
    "a save cut within its header": write("-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\0\0"),
    "an empty save": write("-journal", b""),
    "a save that was ended": write("-journal", bytes(512)),
    "a folder for a save": lambda path, _: Path(f"{path}-journal").mkdir(),
    "a link for a save": lambda path, folder: Path(f"{path}-journal").symlink_to(
        foreign_journal(folder)
    ),
}  # fmt: skip
