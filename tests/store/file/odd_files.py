"""Journals that somebody crafted or damaged: each is a name and what is done to a sound one."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from moodlab.store.file.engine import sqlite

PAGE = 4096
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
DEEP = "[" * 100_000
Craft = Callable[[Path], object]


def raw(path: Path) -> Any:
    """Open a file as any other program would, without MoodLab's care."""
    return sqlite.connect(str(path), isolation_level=None)


def run(*statements: str) -> Craft:
    def craft(path: Path) -> None:
        with closing(raw(path)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            for statement in statements:
                connection.execute(statement)

    return craft


def instead(table: str, made: str) -> Craft:
    """Put something else in the place of one of the tables."""
    return run(f"ALTER TABLE {table} RENAME TO former_{table}", made)


def put(table: str, column: str, value: object, where: str = "1") -> Craft:
    def craft(path: Path) -> None:
        with closing(raw(path)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            done = connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE {where}", (value,)
            ).rowcount
            assert done, f"no row in {table}"

    return craft


def setting(key: str, value: str) -> Craft:
    def craft(path: Path) -> None:
        with closing(raw(path)) as connection:
            connection.execute("INSERT OR REPLACE INTO journal VALUES (?, ?)", (key, value))

    return craft


def draft(**parts: object) -> Craft:
    return setting("draft", json.dumps({"page": "today", "place": "", "pages": {}} | parts))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def rewrite_schema(find: str, replace: str) -> Craft:
    """Change the text of a table's own definition, which nothing in SQLite checks."""
    return run(
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, {_quoted(find)}, {_quoted(replace)})",
        "PRAGMA writable_schema = RESET",
    )


def lead_back(table: str) -> Craft:
    """Make a table's first page lead to itself many times, so that it has rows without end."""

    def craft(path: Path) -> None:
        with closing(raw(path)) as connection:
            (root,) = connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
            ).fetchone()
        content = bytearray(path.read_bytes())
        at = (root - 1) * PAGE
        cell = (root).to_bytes(4, "big") + b"\x01"
        cells = 300
        start = PAGE - len(cell) * cells
        page = bytearray(PAGE)
        page[0:12] = (b"\x05\0\0" + cells.to_bytes(2, "big") + start.to_bytes(2, "big") + b"\0"
                      + root.to_bytes(4, "big"))  # fmt: skip
        for number in range(cells):
            place = start + number * len(cell)
            page[12 + 2 * number : 14 + 2 * number] = place.to_bytes(2, "big")
            page[place : place + len(cell)] = cell
        content[at : at + PAGE] = page
        path.write_bytes(content)

    return craft


def many_metrics(path: Path) -> None:
    with closing(raw(path)) as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO metric (id, label, kind, direction, position, is_custom)"
            " VALUES (?, ?, 'scale', 'neutral', 1, 1)",
            [(f"own_{number}", f"own {number}") for number in range(20_000)],
        )
        connection.execute("COMMIT")


def sparse(path: Path) -> None:
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size + 10**10)


SCHEMAS: dict[str, Craft] = {
    "a trigger that undoes each rating": run(
        "CREATE TRIGGER t AFTER INSERT ON rating BEGIN DELETE FROM rating WHERE day = new.day; END"
    ),
    "a trigger that undoes each change": run(
        "CREATE TRIGGER t AFTER UPDATE ON rating BEGIN DELETE FROM rating; END"
    ),
    "a trigger on the history": run(
        "CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM change; END"
    ),
    "a trigger that ignores": run(
        "CREATE TRIGGER t BEFORE INSERT ON rating BEGIN SELECT raise(IGNORE); END"
    ),
    "a trigger without an end": run(
        "CREATE TRIGGER t AFTER INSERT ON batch BEGIN DELETE FROM rating WHERE day IN"
        " (SELECT value FROM json_each('[1]'), (SELECT count(*) FROM pragma_table_list)); END"
    ),
    "a view": run("CREATE VIEW v AS SELECT 1"),
    "an endless view": run(f"CREATE VIEW v AS {ENDLESS} SELECT x FROM n"),
    "an endless view for ratings": instead(
        "rating", f"CREATE VIEW rating AS {ENDLESS} SELECT '2026-03-01' AS day, 'mood' AS metric,"
        " x AS value_thousandths, 'value' AS state, 'manual' AS source, NULL AS source_value,"
        " NULL AS source_scale, '2026-03-01T10:00:00.000Z' AS recorded_at, 0 AS offset_minutes,"
        " '2026-03-01' AS recorded_day FROM n"
    ),
    "an endless view for settings": instead(
        "journal", f"CREATE VIEW journal AS {ENDLESS} SELECT 'key' AS key, 'x' AS value FROM n"
    ),
    "an endless view for the history": instead(
        "change", f"CREATE VIEW change AS {ENDLESS} SELECT x AS number FROM n"
    ),
    "an endless view for steps": instead(
        "batch", f"CREATE VIEW batch AS {ENDLESS} SELECT x AS number, 'a' AS id, 'b' AS kind FROM n"
    ),
    "a view of views": run(
        "CREATE VIEW v0 AS SELECT 1 AS a UNION ALL SELECT 2",
        *(f"CREATE VIEW v{n} AS SELECT a.a FROM v{n - 1} a, v{n - 1} b" for n in range(1, 5)),
    ),
    "a generated column": rewrite_schema(
        "source_scale TEXT,", "source_scale TEXT, big TEXT AS (hex(zeroblob(500000000))),"
    ),
    "a generated column in notes": rewrite_schema(
        "state IN ('unwell', 'paused')),",
        "state IN ('unwell', 'paused')), big TEXT AS (hex(zeroblob(900000000))),",
    ),
    "a table of its own": run("CREATE TABLE stray (a)"),
    "a table with quotes": run('CREATE TABLE "a"" ; DROP TABLE rating; --" (a)'),
    "a table with a name to run": run('CREATE TABLE "x"" UNION SELECT 1 FROM ""rating" (a)'),
    "a virtual table": run("CREATE VIRTUAL TABLE f USING fts5(a)"),
    "a virtual table for ratings": instead(
        "rating", "CREATE VIRTUAL TABLE rating USING fts5(day, metric, value_thousandths)"
    ),
    "an index of its own": run("CREATE INDEX i ON rating (hex(zeroblob(length(day) * 1000000)))"),
    "an index gone": run("DROP INDEX change_by_row"),
    "a table gone": run("DROP TABLE pin"),
    "the history gone": run("DROP TABLE change"),
    "all tables gone": run("DROP TABLE rating", "DROP TABLE day", "DROP TABLE journal"),
    "a column more": run("ALTER TABLE rating ADD COLUMN more TEXT"),
    "a column with another name": run("ALTER TABLE rating RENAME COLUMN source TO origin"),
    "a column gone": run("ALTER TABLE rating DROP COLUMN source_scale"),
    "a table without its types": instead(
        "event", "CREATE TABLE event (id, first_day, last_day, kind, text, recorded_at,"
        " offset_minutes, recorded_day)"
    ),
    "a costly rule": instead(
        "event", "CREATE TABLE event (id TEXT, first_day TEXT, last_day TEXT, kind TEXT, text TEXT,"
        " recorded_at TEXT, offset_minutes INT, recorded_day TEXT,"
        " CHECK (length(hex(zeroblob(400000000))) > 0))"
    ),
    "a rule without its limits": rewrite_schema("length(note) <= 1000", "length(note) <> 1000"),
    "a schema that can't be read": rewrite_schema("CREATE TABLE pin", "CREATE TABLE pin pin"),
    "an older version than the first": run("PRAGMA user_version = 0"),
    "a version below zero": run("PRAGMA user_version = -5"),
}  # fmt: skip

VALUES: dict[str, Craft] = {
    "the widest offset": put("rating", "offset_minutes", 2**63 - 1),
    "the widest offset back": put("rating", "offset_minutes", -(2**63)),
    "the widest offset in the history": put("change", "offset_minutes", 2**63 - 1),
    "a day that never ends": setting("day_end_minutes", "999999999999"),
    "a day that ends before it begins": setting("day_end_minutes", "-1"),
    "a day's end in words": setting("day_end_minutes", "noon"),
    "a day's end of 5000 digits": setting("day_end_minutes", "9" * 5000),
    "deep contacts": setting("contacts", DEEP),
    "odd contacts": setting("contacts", "[[1]]"),
    "no list of contacts": setting("contacts", "7"),
    "a list for the metrics' names": setting("metric_names", "[1]"),
    "deep names of metrics": setting("metric_names", '{"a":' * 100_000),
    "deep order of metrics": setting("metric_order", DEEP),
    "people of labs that are none": setting("lab_people", '{"a": 1}'),
    "a long sum over the history": setting("ledger_sum", "f" * 3_000_000),
    "deep conditions": put("pin", "conditions", DEEP),
    "odd conditions": put("pin", "conditions", '["mood", 1]'),
    "deep units": put("analyte", "units", DEEP),
    "odd units": put("analyte", "units", '{"a": []}'),
    "a deep row in the history": put("change", "after", DEEP),
    "a list for a row in the history": put("change", "after", "[]"),
    "a day without a date": put("rating", "day", "9999-99-99", "day = '2026-03-03'"),
    "a note on no day": put("day", "day", "2026-13-45"),
    "a result on no day": put("lab_result", "collected", "0000-00-00"),
    "a course that ends on no day": put("treatment", "last_day", "2026-02-31"),
    "an event on the last day": put("event", "first_day", "9999-12-31"),
    "a moment in words": put("rating", "recorded_at", "yesterday"),
    "a moment far away": put("rating", "recorded_at", "9999-12-31T23:59:59.999Z"),
    "a kind of metric": put("metric", "kind", "feeling"),
    "a direction": put("metric", "direction", "up"),
    "a long label": put("metric", "label", "x" * 2_000_000, "id = 'mood'"),
    "20,000 metrics": many_metrics,
    "the largest rating": put("rating", "value_thousandths", 2**63 - 1),
    "a state of a day": put("day", "state", "away"),
    "an endless note": put("day", "note", "x" * 5_000_000),
    "an endless event": put("event", "text", "x" * 5_000_000),
    "a value in words": put("lab_result", "value", "much"),
    "a value that is none": put("lab_result", "value", "NaN"),
    "a comparator": put("lab_result", "comparator", "~"),
    "bytes for a text": run(
        "PRAGMA ignore_check_constraints = ON", "UPDATE event SET text = CAST(x'ff00fe' AS TEXT)"
    ),
    "a question on no day": put("question", "asked_day", "2026-00-00"),
    "a step that undoes itself for ever": run("UPDATE batch SET undoes = id, undone_by = id"),
    "a span that ends before it begins": run(
        "UPDATE metric_span SET first_day = '2026-03-03', last_day = '2026-03-01'"
    ),
}  # fmt: skip

DRAFTS: dict[str, Craft] = {
    "a draft of brackets": setting("draft", DEEP),
    "a draft of braces": setting("draft", '{"a":' * 100_000),
    "a draft at no day": draft(place="9999-99-99", pages={"today": {"Note": "x"}}),
    "a draft far away": draft(place="0001-01-01"),
    "a draft of no page": draft(page="nowhere", place="x"),
    "a draft of a page that is no text": draft(page=["today"]),
    "a draft without its pages": setting("draft", '{"page": "today"}'),
    "a draft of lists": draft(pages=[[1], [2]]),
    "a draft of numbers": draft(pages={"today": {"Note": 7}}),
    "a long draft": draft(pages={"today": {"Note": "x" * 3_000_000}}),
    "no draft": setting("draft", "null"),
    "a draft of bytes": run(
        "INSERT OR REPLACE INTO journal VALUES ('draft', CAST(x'ff00' AS TEXT))"
    ),
}  # fmt: skip

PAGES: dict[str, Craft] = {
    "ratings that lead back to themselves": lead_back("rating"),
    "settings that lead back to themselves": lead_back("journal"),
    "a history that leads back to itself": lead_back("change"),
    "metrics that lead back to themselves": lead_back("metric"),
    "10 GB of nothing": sparse,
}

ALL = SCHEMAS | VALUES | DRAFTS | PAGES
