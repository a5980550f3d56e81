"""Upgrades an older journal to the present schema: backs it up first, then all or nothing."""

from pathlib import Path

from moodlab.domain.errors import JournalUnusable, MoodLabError
from moodlab.i18n import translate
from moodlab.store.backups.backup import make_backup
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import translated_errors
from moodlab.store.file import migrations
from moodlab.store.file.engine import Connection, connect, load_sqlite_utils, sqlite, wrap

BEFORE_UPGRADE = "before-upgrade"


def upgrade(connection: Connection, path: Path, key: Key | None) -> None:
    """Back up the journal at `path`, then upgrade it over `connection`.

    Raises JournalUnusable if the backup or a step fails; the file is then unchanged.
    """
    try:
        make_backup(path, key, reason=BEFORE_UPGRADE)
    except MoodLabError as error:
        raise JournalUnusable(
            translate(
                "store",
                "{name} is from an older version of MoodLab. It is backed up before it is "
                "updated. {reason} Nothing was changed.",
            ).format(name=path.name, reason=error.sentence)
        ) from error
    bring_up_to_date(connection, path.name)


def upgrade_draft(draft: Path, key: Key | None) -> None:
    """Upgrade a draft that nobody else uses. Raises JournalUnusable."""
    with translated_errors():
        connection = connect(draft, key=key)
        try:
            if _version(connection) < migrations.SCHEMA_VERSION:
                bring_up_to_date(connection, draft.name)
        finally:
            connection.close()


def bring_up_to_date(connection: Connection, name: str) -> None:
    """Apply the missing steps in one transaction and compare the result with a new journal."""
    # sqlite-utils rebuilds tables, which references from others would forbid or follow.
    connection.execute("PRAGMA foreign_keys = OFF")
    database = wrap(connection)
    before = read_schema(connection).keys()
    steps = migrations.STEPS[_version(connection) :]
    try:
        with database.atomic():
            migrations.apply_all(database, load_sqlite_utils().Migrations)
            _refuse_losses(connection, before - {name for step in steps for name in step.removes})
    except sqlite.OperationalError:
        raise  # the disk or a lock, which has its own sentence
    except Exception as error:
        # Whatever a step stumbles over: the person's file is as it was, and that is said.
        raise JournalUnusable(tell_not_updated(name)) from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")


def tell_not_updated(name: str) -> str:
    """Return the sentence about a journal that an upgrade stumbled over."""
    return translate(
        "store",
        "{name} is from an older version of MoodLab and could not be updated. Nothing "
        "was changed. Open it with that version.",
    ).format(name=name)


def _refuse_losses(connection: Connection, names: set[str]) -> None:
    """Raise RuntimeError if a step dropped a trigger or broke a reference without saying so."""
    lost = names - read_schema(connection).keys()
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    differing = differing_names(connection)
    if lost or broken or differing:
        raise RuntimeError(f"the upgrade lost {lost}, broke {broken}, differs in {differing}")


def _version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def read_schema(connection: Connection) -> dict[str, str]:
    """Return the statement behind each table, index and trigger, with its white space folded."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows}


def wanted_schema() -> dict[str, str]:
    """Return the schema of a journal that was made just now."""
    fresh = sqlite.connect(":memory:", isolation_level=None)
    try:
        migrations.apply_all(wrap(fresh), load_sqlite_utils().Migrations)
        return read_schema(fresh)
    finally:
        fresh.close()


def differing_names(connection: Connection) -> list[str]:
    """Return the names of tables, indexes and triggers that differ from a new journal's."""
    wanted, found = wanted_schema(), read_schema(connection)
    return sorted(
        name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
    )
