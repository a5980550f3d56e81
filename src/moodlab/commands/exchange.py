"""``import`` and ``export``: read files of other programs, write the whole journal."""

from collections.abc import Iterator
from pathlib import Path

from moodlab.commands.command import Answer, Place, argument, command, flag, option
from moodlab.commands.saving import overwrite_flag, save_file, save_folder
from moodlab.domain.errors import Refused
from moodlab.domain.intake import Intake, JournalIntake, TableSummary, Taken
from moodlab.exchange.exporters import all_exporters, csv_set, journal_json
from moodlab.exchange.importers.mapped_csv import NeedsMapping
from moodlab.exchange.outgoing import Outgoing
from moodlab.exchange.recognition import UnknownFormat, find_importer, recognise
from moodlab.exchange.source import Source, translated_file_errors
from moodlab.exchange.table.words import table_words
from moodlab.i18n import translate
from moodlab.store.backups.backup import BEFORE_IMPORT, back_up_before
from moodlab.store.journal import Journal

LISTED_PROBLEMS = 20


@command(
    "import",
    [
        argument("file"),
        option(
            "--format", "ID", "json, csv, tables, fhir or apple; otherwise detected from the file."
        ),
        option("--map", "FILE.toml", "Mapping file for the columns of a CSV table."),
        flag("--dry-run", "Show what would be imported, and write nothing."),
        option(
            "--on-conflict",
            "keep|replace",
            "What to do with entries that differ from the journal (keep).",
        ),
    ],
)
def import_(place: Place, file: str, dry_run: bool, **texts: str | None) -> Answer:
    """Import a file: a MoodLab export, lab results in FHIR, or a CSV table."""
    path = Path(file)
    replaces = _choose_conflict(texts["on_conflict"])
    with place.open_journal() as journal, translated_file_errors(path):
        intake = _read(journal, path, texts["format"], texts["map"], confirmed=place.confirmed)
        if dry_run:
            journal.ledger.before_step = None
        else:
            back_up_before(journal, BEFORE_IMPORT, confirmed=place.confirmed)
        taken = journal.imports.take_any(intake, replaces=replaces, is_dry_run=dry_run)
        if not isinstance(intake, JournalIntake):
            _refuse_nothing(taken, path)
        return _answer(taken, dry_run)


def _read(
    journal: Journal, path: Path, format_id: str | None, map_file: str | None, *, confirmed: bool
) -> Intake | JournalIntake:
    source = Source(
        path,
        journal.calendar_today(),
        journal.labs.catalogue(),
        journal.day_end_minutes,
        map_file=None if map_file is None else Path(map_file),
        are_all_mine=confirmed,
        names_suffice=confirmed,
        takes_out=confirmed,
        known_people=journal.imports.known_people(),
    )
    try:
        importer = find_importer(format_id) if format_id else recognise(path)
        return importer.open_source(source)
    except UnknownFormat as error:
        raise Refused(
            translate("import", "{problem} Name it with --format.").format(problem=error.sentence)
        ) from error
    except NeedsMapping as error:
        raise Refused(
            translate("import", "{problem}\n\nGive it with --map FILE.toml.").format(
                problem=error.sentence
            )
        ) from error


def _refuse_nothing(taken: Taken, path: Path) -> None:
    if taken == Taken(left_out=taken.left_out, table=taken.table):
        raise Refused(
            translate("import", "{name} contains nothing that MoodLab can import.").format(
                name=path.name
            )
        )


def _answer(taken: Taken, dry_run: bool) -> Answer:
    verb = translate("import", "Would import") if dry_run else translate("import", "Imported")
    lines = [
        translate(
            "import", "{verb}: {added} new, {replaced} replaced, {kept} kept, {same} there already."
        ).format(
            verb=verb, added=taken.added, replaced=taken.replaced, kept=taken.kept,
            same=taken.unchanged,
        )
    ]  # fmt: skip
    if taken.tests:
        lines.append(
            translate("import", "New results: {tests}.").format(
                tests=", ".join(f"{label} {n}" for label, n in taken.tests)
            )
        )
    if taken.withdrawn:
        lines.append(translate("import", "Withdrawn by the lab: {n}.").format(n=taken.withdrawn))
    if taken.left_out:
        lines.append(
            translate("import", "Skipped {n} entries that are not lab results.").format(
                n=taken.left_out
            )
        )
    if taken.table is not None:
        lines += table_words(taken.table)
    lines += _list_refused(taken)
    has_taken = bool(
        taken.added or taken.replaced or taken.kept or taken.unchanged or taken.withdrawn
    )
    return Answer(
        "\n".join(lines),
        {
            "dry_run": dry_run,
            "added": taken.added,
            "replaced": taken.replaced,
            "kept": taken.kept,
            "unchanged": taken.unchanged,
            "left_out": taken.left_out,
            "withdrawn": taken.withdrawn,
            "tests": dict(taken.tests),
            "refused": [
                {"line": row.line, "place": row.place, "reason": row.reason}
                for row in taken.problems
            ],
            "refused_in_all": taken.refused,
            **({} if taken.table is None else {"table": _table(taken.table)}),
        },
        is_fine=has_taken or not taken.refused,
        only_tells=dry_run,
    )


def _table(table: TableSummary) -> dict[str, object]:
    days = table.days
    return {
        "rows": table.rows,
        "brought_together": table.together,
        "without_time": table.without_time,
        "unread_time": table.unread_time,
        "from": days and days.first.isoformat(),
        "to": days and days.last.isoformat(),
        "ratings": dict(table.ratings),
    }


def _list_refused(taken: Taken) -> Iterator[str]:
    if not taken.refused:
        return
    yield translate("import", "{n} refused:").format(n=taken.refused)
    for problem in taken.problems[:LISTED_PROBLEMS]:
        yield translate("import", "{place} {line}: {reason}").format(
            place=problem.shown_place, line=problem.line, reason=problem.reason
        )
    if taken.refused > LISTED_PROBLEMS:
        yield translate("import", "and {n} more.").format(n=taken.refused - LISTED_PROBLEMS)
    if any(problem.is_question for problem in taken.problems):
        yield translate("import", "Where a reason is a question, --confirm answers yes.")


def _choose_conflict(given: str | None) -> bool:
    if given not in (None, "keep", "replace"):
        raise Refused(translate("import", "--on-conflict takes keep or replace."))
    return given == "replace"


@command(
    "export",
    [argument("out"), option("--format", "ID", "json, csv or fhir."), overwrite_flag()],
)
def export(place: Place, out: str, format: str | None, overwrite: bool) -> Answer:
    """Write the journal to OUT: .json, CSV tables as .zip or a folder, or FHIR."""
    if not out:
        raise Refused(translate("export", "Name the file or the folder to write to."))
    target = Path(out)
    suffix = target.suffix.lower()
    by_suffix = {".json": journal_json.FORMAT, ".zip": csv_set.FORMAT, "": csv_set.FORMAT}
    kind = (format or by_suffix.get(suffix, "")).lower()
    exporters = {exporter.FORMAT: exporter for exporter in all_exporters()}
    if kind not in exporters:
        raise Refused(
            translate("export", "{name} is not a folder and does not end in .json or .zip.").format(
                name=target.name
            )
        )
    with place.open_journal(read_only=True) as journal:
        if kind == csv_set.FORMAT and suffix != csv_set.SUFFIX:
            tables = csv_set.write_tables(journal.read_tables())
            save_folder(target, tables, overwrite=overwrite)
            return _saved(target, kind)
        content = exporters[kind].write_file(
            Outgoing(
                journal.read_tables,
                journal.read_diary,
                journal.labs.catalogue,
                journal.setting("journal_id"),
            )
        )
    save_file(target, content, overwrite=overwrite)
    return _saved(target, kind)


def _saved(target: Path, kind: str) -> Answer:
    return Answer(
        translate("export", "Saved {name}. It is not encrypted.").format(name=target),
        {"export": str(target), "format": kind},
    )
