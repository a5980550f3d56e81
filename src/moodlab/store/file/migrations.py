"""The schema, one function per released step. Steps are never edited after a release.

TO CHANGE THE SCHEMA: add a function and its entry in `STEPS`, and before that a sample file of the
last schema to tests/data. The tables are described for other programs in docs/file-format.md.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

_RECORDED = """
    recorded_at TEXT NOT NULL,
    offset_minutes INTEGER NOT NULL,
    recorded_day TEXT NOT NULL"""

_DAY = "CHECK ({0} IS NULL OR ({0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'))"


def _day(column: str, rule: str = "NOT NULL") -> str:
    return f"{column} TEXT {rule} {_DAY.format(column)}"


INITIAL = (
    """CREATE TABLE journal (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE day (
    {_day("day", "PRIMARY KEY NOT NULL")},
    state TEXT CHECK (state IN ('unwell', 'paused')),
    note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
    note_for_doctor INTEGER NOT NULL DEFAULT 0 CHECK (note_for_doctor IN (0, 1)),
    left_empty INTEGER NOT NULL DEFAULT 0 CHECK (left_empty IN (0, 1)),{_RECORDED}
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE metric (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('scale', 'number', 'duration', 'yes_no')),
    direction TEXT NOT NULL CHECK (direction IN ('higher_worse', 'higher_better', 'neutral')),
    unit TEXT NOT NULL DEFAULT '',
    low_anchor TEXT NOT NULL DEFAULT '',
    high_anchor TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    is_custom INTEGER NOT NULL DEFAULT 0 CHECK (is_custom IN (0, 1))
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE metric_span (
    id TEXT PRIMARY KEY,
    metric TEXT NOT NULL REFERENCES metric (id),
    {_day("first_day", "")},
    {_day("last_day", "")}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE rating (
    {_day("day")},
    metric TEXT NOT NULL REFERENCES metric (id),
    value_thousandths INTEGER,
    state TEXT NOT NULL CHECK (state IN ('value', 'unable')),
    source TEXT NOT NULL DEFAULT 'manual',
    source_value TEXT,
    source_scale TEXT,{_RECORDED},
    PRIMARY KEY (day, metric),
    CHECK ((state = 'value') = (value_thousandths IS NOT NULL))
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE lab_result (
    id TEXT PRIMARY KEY,
    {_day("collected")},
    {_day("reported", "")},
    analyte TEXT NOT NULL,
    assay TEXT,
    loinc TEXT NOT NULL DEFAULT '',
    specimen TEXT NOT NULL DEFAULT '',
    printed TEXT NOT NULL,
    comparator TEXT CHECK (comparator IN ('<', '<=', '>', '>=')),
    value TEXT,
    unit TEXT NOT NULL,
    canonical_value TEXT CHECK ((canonical_value IS NULL) = (value IS NULL)),
    canonical_unit TEXT NOT NULL,
    range_text TEXT NOT NULL DEFAULT '',
    flag TEXT NOT NULL DEFAULT '',
    lab TEXT NOT NULL DEFAULT '',
    method TEXT NOT NULL DEFAULT '',
    context TEXT NOT NULL DEFAULT '',
    excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1)),
    note TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT 'manual',
    identifier TEXT NOT NULL DEFAULT '',{_RECORDED}
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX lab_result_by_day ON lab_result (collected)",
    f"""CREATE TABLE analyte (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    loinc TEXT NOT NULL DEFAULT '',
    units TEXT NOT NULL CHECK (json_valid(units)),{_RECORDED}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE treatment (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (
        kind IN ('medicine', 'supplement', 'therapy', 'lifestyle', 'device', 'other')),
    {_day("last_day", "")},
    end_reason TEXT NOT NULL DEFAULT '',
    noticed TEXT NOT NULL DEFAULT '',{_RECORDED}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE dose (
    id TEXT PRIMARY KEY,
    treatment TEXT NOT NULL REFERENCES treatment (id) DEFERRABLE INITIALLY DEFERRED,
    {_day("first_day")},
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE as_needed (
    id TEXT PRIMARY KEY,
    treatment TEXT NOT NULL REFERENCES treatment (id) DEFERRABLE INITIALLY DEFERRED,
    {_day("day")},
    text TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE event (
    id TEXT PRIMARY KEY,
    {_day("first_day")},
    {_day("last_day", "")},
    kind TEXT NOT NULL DEFAULT 'event' CHECK (kind IN ('event', 'appointment')),
    text TEXT NOT NULL,{_RECORDED}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE question (
    id TEXT PRIMARY KEY,
    {_day("asked_day")},
    text TEXT NOT NULL,
    is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1)),{_RECORDED}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE measure (
    id TEXT PRIMARY KEY,
    {_day("day")},
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    source TEXT NOT NULL,{_RECORDED},
    UNIQUE (day, kind, source)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE questionnaire (
    id TEXT PRIMARY KEY,
    {_day("day")},
    name TEXT NOT NULL,
    total TEXT NOT NULL,
    lowest TEXT NOT NULL DEFAULT '',
    highest TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT 'manual',{_RECORDED}
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE pin (
    id TEXT PRIMARY KEY,
    conditions TEXT NOT NULL CHECK (json_valid(conditions)),{_RECORDED}
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE batch (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    undoes TEXT REFERENCES batch (id),
    undone_by TEXT REFERENCES batch (id) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    f"""CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    batch TEXT NOT NULL REFERENCES batch (id),
    row_table TEXT NOT NULL,
    row_key TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after)),{_RECORDED}
) STRICT""",
    "CREATE INDEX change_by_row ON change (row_table, row_key, number)",
    "CREATE INDEX change_by_batch ON change (batch)",
)


class Step(NamedTuple):
    """One released change of the schema.

    `run` gets a sqlite_utils Database inside a transaction. sqlite-utils' ``transform`` drops a
    table's triggers, so whatever a step takes away on purpose is named in `removes`; and it can't
    rebuild tables WITHOUT ROWID, most of ours: there a step says in SQL what is to be done.
    """

    name: str
    run: Callable[[Any], None]
    removes: frozenset[str] = frozenset()


def _create_tables(db: Any) -> None:
    for statement in INITIAL:
        db.execute(statement)


# The sentences with which the first version kept a lab's status, among the person's own notes.
_SAID = "The lab calls it {}."


def _add_lab_words(db: Any) -> None:
    """Give a lab's status, its moment and what else the lab says columns of their own."""
    for column in ("status", "issued", "remark"):
        db.execute(f"ALTER TABLE lab_result ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    for status in ("preliminary", "corrected", "amended", "appended"):
        db.execute(
            "UPDATE lab_result SET status = :status,"
            " note = trim(replace(replace(note, :said, ''), '  ', ' '))"
            " WHERE source = 'fhir' AND instr(note, :said)",
            {"status": status, "said": _SAID.format(status)},
        )


def _add_visits(db: Any) -> None:
    """Keep what was said to a question and when, whether it is printed, and whom one meets."""
    answered = f"answered_day TEXT {_DAY.format('answered_day')}"
    printed = "on_page INTEGER NOT NULL DEFAULT 1 CHECK (on_page IN (0, 1))"
    for column in (answered, "answer TEXT NOT NULL DEFAULT ''", printed):
        db.execute(f"ALTER TABLE question ADD COLUMN {column}")
    db.execute("ALTER TABLE event ADD COLUMN whom TEXT NOT NULL DEFAULT ''")


STEPS = (
    Step("m001_initial", _create_tables),
    Step("m002_lab_words", _add_lab_words),
    Step("m003_visits", _add_visits),
)
SCHEMA_VERSION = len(STEPS)


def apply_all(database: Any, migrations_class: type, steps: tuple[Step, ...] | None = None) -> None:
    """Bring `database` (a sqlite_utils Database) to the newest schema in one transaction.

    Or to that of an earlier version, which its `steps` lead to.
    """
    wanted = STEPS if steps is None else steps
    migrations = migrations_class("moodlab")
    for step in wanted:
        migrations(name=step.name)(step.run)
    with database.atomic():
        migrations.apply(database)
        database.execute(f"PRAGMA user_version = {len(wanted)}")


# The columns that identify a row, table by table, in the order in which the history names them.
# `metric` is seeded from code and has no history of its own; custom metrics do.
KEYS: dict[str, tuple[str, ...]] = {
    "journal": ("key",),
    "day": ("day",),
    "metric": ("id",),
    "metric_span": ("id",),
    "rating": ("day", "metric"),
    "analyte": ("id",),
    "lab_result": ("id",),
    "treatment": ("id",),
    "dose": ("id",),
    "as_needed": ("id",),
    "event": ("id",),
    "question": ("id",),
    "measure": ("id",),
    "questionnaire": ("id",),
    "pin": ("id",),
}
