"""Import and export from the menu: which file, and what is said afterwards."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QMenu

from moodlab.exchange.exporters import Exporter, all_exporters
from moodlab.exchange.outgoing import Outgoing
from moodlab.exchange.recognition import all_importers
from moodlab.i18n import translate, translate_marked
from moodlab.report.files import save_atomically
from moodlab.store.journal import Journal
from moodlab.ui.opening.transition import Import
from moodlab.ui.session import Session
from moodlab.ui.shell.actions import add_action
from moodlab.ui.shell.file_choice import choose_file, choose_new_file
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.ui.shell.window import AppWindow


def ask_what_to_import(main: "AppWindow", session: Session, page: str) -> None:
    """Ask for a file, and leave the journal for a look at it; `page` is opened afterwards."""
    if session.why_read_only is not None:
        main.bars.tell(session.why_read_only)
        return
    suffixes = sorted({suffix for importer in all_importers() for suffix in importer.SUFFIXES})
    choose_file(
        main,
        translate("import", "Import a file"),
        _documents(),
        [
            translate("import", "Files that MoodLab reads ({patterns})").format(
                patterns=" ".join(f"*{suffix}" for suffix in suffixes)
            ),
            translate("start", "All files (*)"),
        ],
        lambda path: import_file(session, path, page),
    )


def import_file(session: Session, path: Path, page: str) -> None:
    """Leave the journal for a look at the file."""
    session.leave_for(Import(session.opening_here(page), path))


def fill_export_menu(menu: QMenu, main: "AppWindow", session: Session, worker: Worker) -> None:
    """List what can go out, once."""
    if menu.actions():
        return
    for exporter in all_exporters():
        add_action(
            menu,
            translate("export", "{name}…").format(name=translate_marked(exporter.NAME)),
            partial(_ask_where, exporter, main, session, worker),
        )


def _ask_where(exporter: Exporter, main: "AppWindow", session: Session, worker: Worker) -> None:
    name = f"moodlab-{exporter.FORMAT}-{session.journal.today().isoformat()}{exporter.SUFFIX}"
    choose_new_file(
        main,
        translate("export", "Export: the file will not be encrypted"),
        _documents() / name,
        f"*{exporter.SUFFIX}",
        lambda target: export_to(exporter, target, main, worker),
    )


def export_to(exporter: Exporter, target: Path, main: "AppWindow", worker: Worker) -> None:
    """Write the journal there, beside the window."""

    def work(journal: Journal, _progress: object) -> Path:
        outgoing = Outgoing(
            journal.read_tables,
            journal.read_diary,
            journal.labs.catalogue,
            journal.setting("journal_id"),
        )
        # The dialog asked about an existing file.
        save_atomically(target, exporter.write_file(outgoing), overwrite=True)
        return target

    worker.run(
        work,
        lambda saved: main.bars.tell(
            translate("export", "Saved {name}. It is not encrypted.").format(name=saved.name)
        ),
        lambda error: main.bars.tell(error.sentence),
    )


def _documents() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return folder if folder.is_dir() else Path.home()
