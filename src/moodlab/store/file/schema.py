"""The schema as a file has it, and as it should be."""

from moodlab.store.file import migrations
from moodlab.store.file.engine import Connection, load_sqlite_utils, sqlite, wrap


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
    """Return what is missing, too much or otherwise than MoodLab makes it, by name."""
    wanted, found = wanted_schema(), read_schema(connection)
    return sorted(
        name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
    )
