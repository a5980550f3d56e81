"""The schema that MoodLab wrote, version by version, and what in a file is not part of it.

A trigger, a view or a changed table can make a save undo itself or a look endless, so a journal
with anything of its own is never written, and read only as `odd_journal` does.
"""

from functools import cache

from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate
from moodlab.store.file import migrations
from moodlab.store.file.engine import Connection, load_sqlite_utils, sqlite, wrap

# What sqlite-utils and `PRAGMA optimize` of other programs write beside our tables.
_BESIDE = (
    'CREATE TABLE "_sqlite_migrations" ( "id" INTEGER PRIMARY KEY, "migration_set" TEXT,'
    ' "name" TEXT, "applied_at" TEXT ) STRICT',
    'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"'
    ' ON "_sqlite_migrations" ("migration_set", "name")',
)
_STATISTICS = {
    ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("table", "sqlite_stat4", "sqlite_stat4",
     "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
}  # fmt: skip
# Made by SQLite itself for UNIQUE; tables WITHOUT ROWID need none for their keys.
_AUTOMATIC = {("measure", 2), ("batch", 1), ("change", 1)}

Entry = tuple[str, str, str, str | None]


def find_odd(connection: Connection) -> tuple[str, ...]:
    """Return the names of what is in the file and not in MoodLab's schema, or the other way round.

    Empty for a journal as MoodLab made it, in any released version.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    found = _read(connection) - _STATISTICS
    steps = migrations.STEPS[: max(0, version)]
    own = _recall(version) if steps in _KNOWN else _make(steps)
    return tuple(sorted({name for _, name, _, _ in found ^ own}))


def refuse_odd(connection: Connection, name: str) -> None:
    """Raise JournalUnusable for a journal with anything in it that MoodLab did not make."""
    if find_odd(connection):
        raise JournalUnusable(tell_odd(name))


def tell_odd(name: str) -> str:
    """Return the sentence about a journal with something of its own in it."""
    return translate(
        "store",
        "{name} contains something that MoodLab did not make and that could change your entries. "
        "It can only be read. To go on, bring its entries into a new journal: export it as JSON, "
        "and import that file there.",
    ).format(name=name)


def _read(connection: Connection) -> frozenset[Entry]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return frozenset(
        (str(kind), str(name), str(table), None if sql is None else " ".join(str(sql).split()))
        for kind, name, table, sql in rows
    )


@cache
def _recall(version: int) -> frozenset[Entry]:
    """Return what `_make` would, without the 0.1 s that loading sqlite-utils takes."""
    added = [entry for entries in _ADDED[:version] for entry in entries]
    entries: set[Entry] = {
        ("index", f"sqlite_autoindex_{table}_{number}", table, None) for table, number in _AUTOMATIC
    }
    for statement in (*migrations.INITIAL, *_BESIDE):
        folded = " ".join(statement.split())
        # CREATE TABLE name ( … or CREATE INDEX name ON table ( …
        words = folded.replace(" UNIQUE ", " ", 1).replace('"', "").split(" ", 5)
        kind, name = words[1:3]
        table = words[4] if kind == "INDEX" else name
        if columns := [column for where, column in added if where == name]:
            # As SQLite itself writes a column that is added.
            head, _, tail = folded.rpartition(" ) STRICT")
            folded = f"{head} , {', '.join(columns)}) STRICT{tail}"
        entries.add((kind.lower(), name, table, folded))
    return frozenset(entries)


@cache
def _make(steps: tuple[migrations.Step, ...]) -> frozenset[Entry]:
    """Return the rows of `sqlite_master` in a journal that these steps make; none where none do."""
    if not steps:
        return frozenset()
    fresh = sqlite.connect(":memory:", isolation_level=None)
    try:
        migrations.apply_all(wrap(fresh), load_sqlite_utils().Migrations, steps)
        return _read(fresh)
    finally:
        fresh.close()


# TO CHANGE THE SCHEMA: the columns that each step adds. A test compares them with a new journal;
# a step that does more than that is tried out at each start, until this says it too.
_ADDED: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    tuple(("lab_result", f"{name} TEXT NOT NULL DEFAULT ''") for name in
          ("status", "issued", "remark")),
    (
        ("question", "answered_day TEXT CHECK (answered_day IS NULL OR"
         " (answered_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'))"),
        ("question", "answer TEXT NOT NULL DEFAULT ''"),
        ("question", "on_page INTEGER NOT NULL DEFAULT 1 CHECK (on_page IN (0, 1))"),
        ("event", "whom TEXT NOT NULL DEFAULT ''"),
    ),
)  # fmt: skip
_KNOWN = {migrations.STEPS[:number] for number in range(1, len(_ADDED) + 1)}
