"""Keeps what is half typed over a lock or a close, and puts it back on its page."""

from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.store.records.drafts import keep_draft, read_draft
from moodlab.ui.main_window import MainWindow
from moodlab.ui.session import Session


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
        """Open the page on which something was half typed, and put it back; say if there was."""
        text = "" if self._session.why_read_only else read_draft(self._session.journal.ledger)
        if not text:
            return False
        from moodlab.ui.shell.half_typed import read_draft_text

        draft = read_draft_text(text)
        if not draft:
            return False
        self._was_kept = True
        page = self._main.open_page(draft["page"])
        if draft["place"] and hasattr(page, "go_to_place"):
            page.go_to_place(draft["place"])
        self._waiting = dict(draft["pages"])
        for page_id, opened in self._main.pages.items():
            self._prepare(page_id, opened)
        return True

    def keep(self) -> None:
        """Keep what is half typed now. Raises JournalUnusable where it can't be written."""
        if self._main.page is not None and self._session.why_read_only is None:
            text = self._read()
            if text or self._was_kept:
                keep_draft(self._session.journal.ledger, text)
                self._was_kept = bool(text)

    def _read(self) -> str:
        from moodlab.ui.shell.half_typed import read_half_typed, write_draft

        main = self._main
        found = {page_id: read_half_typed(page) for page_id, page in main.pages.items()}
        typed = {page_id: texts for page_id, texts in found.items() if texts}
        current = next(page_id for page_id, page in main.pages.items() if page is main.page)
        return write_draft(current, getattr(main.page, "place", ""), self._waiting | typed)

    def _prepare(self, page_id: str, page: Any) -> None:
        reason = self._session.why_read_only
        if reason is not None:
            if hasattr(page, "be_read_only"):
                page.be_read_only(reason)
            return
        if page_id in self._waiting:
            from moodlab.ui.shell.half_typed import put_back

            put_back(page, self._waiting.pop(page_id))

    def _follow_changes(self, _changes: Changes) -> None:
        """What was kept and is now saved does not stay in the file."""
        if self._was_kept:
            try:
                self.keep()
            except MoodLabError:
                return
