"""Writes a journal file anew under another key, or none, and makes sure that it holds the same."""

import os
from pathlib import Path
from urllib.parse import quote

from moodlab.atomic_replace import make_private_file
from moodlab.domain.errors import JournalDamaged
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.equality_check import verify_same
from moodlab.store.file.contents import find_damage
from moodlab.store.file.engine import connect


def write_rekeyed(source: Path, source_key: Key | None, target: Path, key: Key | None) -> None:
    """Write what `source` holds to the new file `target`, encrypted with `key`, and compare both.

    The source is only read. `target` is private and not yet durable. Raises JournalDamaged where
    the source can't be read whole, FileExistsError, and what SQLite raises.
    """
    make_private_file(target)
    reading = connect(source, read_only=True, key=source_key)
    try:
        if next(find_damage(reading, source_key), None) is not None:
            raise JournalDamaged(
                translate(
                    "security",
                    "{name} is damaged. Restore a backup first. “moodlab check” shows details.",
                ).format(name=source.name)
            )
        numbers = {
            name: reading.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "application_id")
        }
        reading.execute(
            "ATTACH ? AS target KEY ?",
            (f"file:{quote(os.fspath(target.absolute()))}?mode=rw", key.spelled if key else ""),
        )
        # A file that is dropped after any failure needs no journal; it is synced once, complete.
        reading.execute("PRAGMA target.journal_mode = OFF")
        reading.execute("PRAGMA target.synchronous = OFF")
        reading.execute("SELECT sqlcipher_export('target')")
        for name, number in numbers.items():  # which the export leaves out
            reading.execute(f"PRAGMA target.{name} = {number}")
        reading.execute("DETACH target")
        made = connect(target, read_only=True, key=key)
        try:
            verify_same(reading, made, key)
        finally:
            made.close()
    finally:
        reading.close()
