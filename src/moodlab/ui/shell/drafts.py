"""Keeps what is half typed over a lock or a close, and puts it back on its page.

Texts are read out of the fields, and put back, by the fields' accessible names.
"""

import json
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.ui.main_window import MainWindow
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.widgets.text import NEVER_DRAFTED

# More is not typed.
LONGEST = 2_000_000


class Drafts:
    """What was half typed the last time waits here until its page is opened."""

    def __init__(self, main: MainWindow, session: Session) -> None:
        self._main = main
        self._session = session
        self._waiting: dict[str, dict[str, str]] = {}
        self._was_kept = False
        main.page_loaded.connect(self._prepare)
        session.changed.connect(self._follow_changes)

    def take_up(self) -> bool:
        """Put back what was half typed; say whether its page was left open, and is open again.

        What waits on another page opens no page: the day that stood open then is not the one that
        is to be rated now.
        """
        draft = {} if self._session.why_read_only else self._read_kept()
        if not draft:
            return False
        self._was_kept = True
        is_its_page = draft["page"] in draft["pages"]
        # What was typed before is no reason to keep the journal shut.
        try:
            if is_its_page:
                page = self._main.open_page(draft["page"])
                if draft["place"]:
                    page.go_to_place(draft["place"])
        except (MoodLabError, ValueError, LookupError, ArithmeticError):
            return False
        self._waiting = dict(draft["pages"])
        for page_id, opened in self._main.written_in.items():
            self._prepare(page_id, opened)
        return is_its_page

    def _read_kept(self) -> dict[str, Any]:
        try:
            return read_draft_text(self._session.journal.read_draft())
        except MoodLabError:
            return {}

    def keep(self) -> None:
        """Keep what is half typed now. Raises JournalUnusable where it can't be written."""
        if self._main.page is not None and self._session.why_read_only is None:
            text = self._read()
            if text or self._was_kept:
                self._session.journal.keep_draft(text)
                self._was_kept = bool(text)

    def _read(self) -> str:
        main = self._main
        found = {page_id: read_half_typed(page) for page_id, page in main.written_in.items()}
        typed = {page_id: texts for page_id, texts in found.items() if texts}
        current = next(page_id for page_id, page in main.pages.items() if page is main.page)
        place = main.page.place if main.page is not None else ""
        return write_draft(current, place, self._waiting | typed)

    def _prepare(self, page_id: str, page: QWidget) -> None:
        reason = self._session.why_read_only
        if reason is not None and isinstance(page, Page):
            page.be_read_only(reason)
            return
        if page_id in self._waiting:
            put_back(page, self._waiting.pop(page_id))

    def _follow_changes(self, _changes: Changes) -> None:
        """What was kept and is now saved does not stay in the file."""
        if self._was_kept:
            try:
                self.keep()
            except MoodLabError:
                return


def read_half_typed(page: QWidget) -> dict[str, str]:
    """Return the text of every field in which something was typed, with the choices beside it.

    What is `NEVER_DRAFTED` stays out: a day's note is saved as itself, and a passphrase nowhere.
    """
    typed = {
        field.accessibleName(): field.text()
        for field in page.findChildren(QLineEdit)
        if field.isModified() and field.text() and _is_kept(field)
    }
    typed |= {
        field.accessibleName(): field.toPlainText()
        for field in page.findChildren(QPlainTextEdit)
        if field.document().isModified() and field.toPlainText() and _is_kept(field)
    }
    if not typed:
        return {}
    choices = {
        choice.accessibleName(): choice.currentText()
        for choice in page.findChildren(QComboBox)
        if choice.accessibleName() and not choice.isEditable()
    }
    return choices | typed


def put_back(page: QWidget, typed: dict[str, str]) -> None:
    """Put texts back into the fields they came from; a field that is gone loses nothing else."""
    for choice in page.findChildren(QComboBox):
        if choice.accessibleName() in typed and not choice.isEditable():
            at = choice.findText(typed[choice.accessibleName()])
            if at >= 0:
                choice.setCurrentIndex(at)
    for field in page.findChildren(QLineEdit):
        text = typed.get(field.accessibleName())
        if text and _is_kept(field):
            field.setText(text)
            field.setModified(True)
            field.textEdited.emit(text)
    for editor in page.findChildren(QPlainTextEdit):
        text = typed.get(editor.accessibleName())
        if text and _is_kept(editor):
            editor.setPlainText(text)
            editor.document().setModified(True)


def write_draft(open_page: str, place: str, pages: dict[str, dict[str, str]]) -> str:
    """Return everything half typed as one text; empty where there is nothing."""
    if not pages:
        return ""
    return json.dumps({"page": open_page, "place": place, "pages": pages}, ensure_ascii=False)


def read_draft_text(text: str) -> dict[str, Any]:
    """Return what `write_draft` wrote; empty for anything else."""
    try:
        draft = json.loads(text) if text and len(text) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return draft if _is_draft(draft) else {}


def _is_draft(draft: Any) -> bool:
    if not isinstance(draft, dict) or draft.keys() != {"page", "place", "pages"}:
        return False
    pages = draft["pages"]
    return (
        isinstance(draft["page"], str)
        and isinstance(draft["place"], str)
        and isinstance(pages, dict)
        and all(
            isinstance(typed, dict) and all(isinstance(text, str) for text in typed.values())
            for typed in pages.values()
        )
    )


def _is_kept(field: QWidget) -> bool:
    if not field.accessibleName():
        return False
    within: QWidget | None = field
    while within is not None:
        # A choice's inner line is kept by the choice.
        if within.property(NEVER_DRAFTED) or isinstance(within, QComboBox):
            return False
        within = within.parentWidget()
    return True
