"""Looking inside a copy without changing it, whatever schema it has."""

from pathlib import Path

from moodlab.domain.days import Clock, local_now
from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.atomic_replace import drop_draft, new_draft
from moodlab.store.file.contents import verify_file
from moodlab.store.file.database import locked
from moodlab.store.file.header import examine
from moodlab.store.file.migrations import STEPS
from moodlab.store.file.upgrading import upgrade_draft
from moodlab.store.file.verified_copy import write_verified
from moodlab.store.journal import Journal


class Look:
    """A copy opened for reading only; `journal` reads it. Use it as a context, or `close` it.

    A copy of an older schema is read from a draft brought up to date, which goes when it is closed.
    Raises JournalUnusable for what can't be read.
    """

    def __init__(self, copy: Path, key: Key | None = None, *, clock: Clock = local_now) -> None:
        if examine(copy) is None:
            key = None
        elif key is None:
            raise locked(copy)
        self._draft: Path | None = None
        path = copy
        if verify_file(copy, key).schema < len(STEPS):
            path = self._draft = _bring_up_to_date(copy, key)
        try:
            self.journal = Journal.open(path, key=key, read_only=True, clock=clock)
        except JournalUnusable:
            self._drop()
            raise

    def close(self) -> None:
        """Close the copy."""
        self.journal.close()
        self._drop()

    def __enter__(self) -> Journal:
        return self.journal

    def __exit__(self, *_: object) -> None:
        self.close()

    def _drop(self) -> None:
        if self._draft is not None:
            drop_draft(self._draft)


def _bring_up_to_date(copy: Path, key: Key | None) -> Path:
    try:
        draft = new_draft(copy.parent)
    except OSError as error:
        raise JournalUnusable(
            translate(
                "copies", "{name} is from an older version of MoodLab and can't be shown here."
            ).format(name=copy.name)
        ) from error
    try:
        write_verified(copy, key, draft, only_read=True)
        upgrade_draft(draft, key)
    except JournalUnusable:
        drop_draft(draft)
        raise
    return draft
