"""Taking in a file beside the window: reading it, looking what would come, and writing it.

No journal is open meanwhile: an import holds the file for as long as it takes, and a save of the
window would have to wait for it.
"""

from pathlib import Path
from typing import NamedTuple

from moodlab.domain.intake import Intake, JournalIntake, Taken
from moodlab.exchange.recognition import recognise
from moodlab.exchange.source import ReportProgress, Source, translated_file_errors
from moodlab.i18n import Marked
from moodlab.store.backups.backup import BEFORE_IMPORT, back_up_before
from moodlab.store.journal import Journal
from moodlab.ui.opening.transition import Opening
from moodlab.ui.worker import Progress


class Answers(NamedTuple):
    """What the person said about a file so far. With `replaces`, what is here gives way to it."""

    map_file: Path | None = None
    are_all_mine: bool = False
    names_suffice: bool = False
    takes_out: bool = False
    replaces: bool = False
    without_backup: bool = False


class Preview(NamedTuple):
    """What a file is, and what would come of it."""

    kind: Marked
    taken: Taken


def look_at(opening: Opening, path: Path, answers: Answers, progress: Progress) -> Preview:
    """Return what would come; nothing is written.

    Raises Refused for a file that can't be used, NeedsMapping for a table, and NeedsConfirmation
    for results of several people or of another person than before.
    """
    with _open(opening) as journal, translated_file_errors(path):
        kind, intake = _read(journal, path, answers, progress)
        return Preview(kind, journal.imports.take_any(intake, is_dry_run=True))


def take_in(opening: Opening, path: Path, answers: Answers, progress: Progress) -> Taken:
    """Take the file in as one step, after a backup of the journal was made.

    Raises NeedsConfirmation where none can be made.
    """
    with _open(opening) as journal, translated_file_errors(path):
        back_up_before(journal, BEFORE_IMPORT, confirmed=answers.without_backup)
        _kind, intake = _read(journal, path, answers, progress)
        return journal.imports.take_any(intake, replaces=answers.replaces)


def _open(opening: Opening) -> Journal:
    return Journal.open(opening.paths.journal, key=opening.key)


def _read(
    journal: Journal, path: Path, answers: Answers, progress: Progress
) -> tuple[Marked, Intake | JournalIntake]:
    importer = recognise(path)
    source = Source(
        path,
        journal.calendar_today(),
        journal.labs.catalogue(),
        journal.day_end_minutes,
        map_file=answers.map_file,
        are_all_mine=answers.are_all_mine,
        names_suffice=answers.names_suffice,
        takes_out=answers.takes_out,
        known_people=journal.imports.known_people(),
        report_progress=_in_percent(progress),
    )
    return importer.NAME, importer.open_source(source)


def _in_percent(progress: Progress) -> ReportProgress:
    """Tell each percent once: a large file has hundreds of thousands of parts."""
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // max(total, 1)
        if percent != told:
            told = percent
            progress(percent, 100)

    return tell
