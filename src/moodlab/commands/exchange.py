"""``import`` and ``export``: other programs' files in, the whole journal out."""

from pathlib import Path

from moodlab.commands.command import Answer, Place, argument, command, flag, option
from moodlab.domain.errors import Refused
from moodlab.domain.intake import Intake, JournalIntake, Taken
from moodlab.exchange.exporters import csv_set, journal_json
from moodlab.exchange.importers import journal_json as json_importer
from moodlab.exchange.importers import mapped_csv
from moodlab.exchange.mapping import read_mapping
from moodlab.i18n import translate
from moodlab.report.files import NotSaved, save_atomically
from moodlab.store.copies import BEFORE_IMPORT, copy_before
from moodlab.store.journal import Journal

LARGEST_FILE_MB = 256
LISTED_PROBLEMS = 20
FORMATS = ("json", "csv")


@command(
    "import",
    [
        argument("file"),
        option("--format", "ID", "json or csv, if the name does not say."),
        option("--map", "FILE.toml", "Which column is which, for a CSV table."),
        flag("--dry-run", "Say what would come, and write nothing."),
        option("--on-conflict", "keep|replace", "What happens where the journal differs (keep)."),
    ],
)
def import_(place: Place, file: str, dry_run: bool, **texts: str | None) -> Answer:
    """Take in another file: a MoodLab export, or a CSV table with a mapping."""
    path = Path(file)
    kind = _format_of(path, texts["format"])
    replaces = _choose_conflict(texts["on_conflict"])
    content = _read_file(path)
    with place.open_journal() as journal:
        intake = _read(kind, content, path, texts["map"], journal)
        if not dry_run:
            copy_before(journal, BEFORE_IMPORT, confirmed=place.confirmed)
        if isinstance(intake, JournalIntake):
            taken = journal.imports.take_journal(intake, replaces=replaces, is_dry_run=dry_run)
            return _answer(taken, None, dry_run)
        taken = journal.imports.take(intake, replaces=replaces, is_dry_run=dry_run)
        return _answer(taken, intake, dry_run)


def _read(
    kind: str, content: bytes, path: Path, map_file: str | None, journal: Journal
) -> Intake | JournalIntake:
    if kind == "json":
        return json_importer.read(content, path.name)
    if map_file is None:
        raise Refused(
            translate("import", "A CSV table needs --map FILE.toml, which says what is in it.")
        )
    mapping = read_mapping(_read_file(Path(map_file)))
    return mapped_csv.read(content, mapping, journal.day_end_minutes)


def _answer(taken: Taken, intake: Intake | None, dry_run: bool) -> Answer:
    problems = intake.problems if intake else ()
    verb = translate("import", "Would take in") if dry_run else translate("import", "Taken in")
    lines = [
        translate(
            "import", "{verb}: {added} new, {replaced} replaced, {kept} kept, {same} there already."
        ).format(
            verb=verb, added=taken.added, replaced=taken.replaced, kept=taken.kept,
            same=taken.unchanged,
        )
    ]  # fmt: skip
    if problems:
        lines.append(translate("import", "{n} rows refused:").format(n=len(problems)))
        lines += [
            translate("import", "line {line}: {reason}").format(
                line=problem.line, reason=problem.reason
            )
            for problem in problems[:LISTED_PROBLEMS]
        ]
        if len(problems) > LISTED_PROBLEMS:
            more = len(problems) - LISTED_PROBLEMS
            lines.append(translate("import", "and {n} more.").format(n=more))
    return Answer(
        "\n".join(lines),
        {
            "dry_run": dry_run,
            "added": taken.added,
            "replaced": taken.replaced,
            "kept": taken.kept,
            "unchanged": taken.unchanged,
            "refused": [{"line": row.line, "reason": row.reason} for row in problems],
        },
    )


def _format_of(path: Path, given: str | None) -> str:
    kind = (given or "").lower()
    if not kind:
        suffix = path.suffix.lower()
        kind = "json" if suffix in json_importer.SUFFIXES else (
            "csv" if suffix in mapped_csv.SUFFIXES else ""
        )  # fmt: skip
    if kind not in FORMATS:
        raise Refused(
            translate(
                "import", "I don't know the format of {name}. Give --format json or csv."
            ).format(name=path.name)
        )
    return kind


def _choose_conflict(given: str | None) -> bool:
    if given not in (None, "keep", "replace"):
        raise Refused(translate("import", "--on-conflict takes keep or replace."))
    return given == "replace"


def _read_file(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE_MB * 1_000_000:
            raise Refused(
                translate("import", "{name} is larger than {most} MB.").format(
                    name=path.name, most=LARGEST_FILE_MB
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            translate("import", "{name} can't be read: {reason}.").format(
                name=path.name, reason=error.strerror
            )
        ) from error


@command("export", [argument("out"), option("--format", "ID", "json or csv.")])
def export(place: Place, out: str, format: str | None) -> Answer:
    """Write the whole journal to OUT: .json, or CSV tables as .zip or a folder."""
    target = Path(out)
    suffix = target.suffix.lower()
    kind = (format or {".json": "json", ".zip": "csv", "": "csv"}.get(suffix, "")).lower()
    if kind not in FORMATS:
        raise Refused(
            translate("export", "{name} is no folder and does not end in .json or .zip.").format(
                name=target.name
            )
        )
    with place.open_journal(read_only=True) as journal:
        content = journal.read_tables()
    if kind == "json":
        save_atomically(target, journal_json.write(content))
    elif suffix == ".zip":
        save_atomically(target, csv_set.write_zip(content))
    else:
        _save_folder(target, csv_set.write_tables(content))
    return Answer(
        translate("export", "Saved {name}. It is not encrypted.").format(name=target),
        {"export": str(target), "format": kind},
    )


def _save_folder(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise NotSaved(
            translate("export", "{name} can't be made: {reason}.").format(
                name=folder.name, reason=error.strerror
            )
        ) from error
    for name, content in files.items():
        save_atomically(folder / name, content)
