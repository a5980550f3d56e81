"""New…, Open… and Open recent: from this journal to another one, and a way back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from moodlab.i18n import translate
from moodlab.ui.opening.transition import Opening
from moodlab.ui.session import Session
from moodlab.ui.shell.actions import add_action
from moodlab.ui.shell.file_choice import choose_file

if TYPE_CHECKING:
    from moodlab.ui.shell.window import AppWindow


def ask_what_to_open(main: "AppWindow", session: Session) -> None:
    """Ask for a journal, and open it in place of this one."""
    choose_file(
        main,
        translate("start", "Choose a journal"),
        _own(session).paths.journal.parent,
        [translate("start", "Journals (*.moodlab)"), translate("start", "All files (*)")],
        partial(open_another, main, session),
    )


def open_another(main: "AppWindow", session: Session, path: Path) -> None:
    """Open the journal at `path` in place of this one, unless it is this one."""
    if path == session.journal.path:
        main.tell(translate("window", "{name} is open already.").format(name=path.name))
        return
    here = _here(main, session)
    paths = here.paths._replace(journal=path, is_remembered=True)
    session.leave_for(Opening(paths, back=here))


def begin_another(main: "AppWindow", session: Session) -> None:
    """Begin another diary, under a name that is free beside this one."""
    here, own = _here(main, session), _own(session).paths
    stem, suffix = own.journal.stem, own.journal.suffix
    number = 2
    while (path := own.journal.with_name(f"{stem}-{number}{suffix}")).exists():
        number += 1
    paths = own._replace(journal=path, is_remembered=True)
    session.leave_for(Opening(paths, back=here, begins_anew=True))


def fill_recent_menu(menu: QMenu, main: "AppWindow", session: Session) -> None:
    """List the journals that were opened here, the latest first, and a way to clear the list."""
    menu.clear()
    for path in recent_others(session):
        folder = str(path.parent).replace(str(Path.home()), "~", 1)
        words = translate("menu", "{name} in {folder}").format(name=path.name, folder=folder)
        add_action(menu, words.replace("&", "&&"), partial(open_another, main, session, path))
    menu.addSeparator()
    add_action(menu, translate("menu", "&Clear this list"), lambda: session.prefer(recent=()))


def recent_others(session: Session) -> list[Path]:
    """Return the journals that were opened here before, but for the one that is open."""
    here = _own(session).paths.journal
    return [Path(each) for each in session.settings.recent if Path(each) != here]


def _here(main: "AppWindow", session: Session) -> Opening:
    return session.opening_here(main.page.ID if main.page is not None else "")


def _own(session: Session) -> Opening:
    """Return the opening of the person's journal, also while a backup or example is shown."""
    here = session.opening_here("")
    return here.back or here
