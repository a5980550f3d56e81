"""Trouble that can be told to a person in one sentence; anything else is a defect."""

from typing import ClassVar


class MoodLabError(Exception):
    """Expected trouble. `sentence` says what happened and what to do next, without jargon.

    `code` names the kind for scripts (``--json``), where sentences may change.
    """

    code: ClassVar[str] = "trouble"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(MoodLabError):
    """What was given cannot be taken as it stands; nothing was written."""

    code = "refused"


class NeedsConfirmation(Refused):
    """What was given is possible but unlikely, so a person is asked before it is written."""

    code = "needs_confirmation"


class AlreadyThere(NeedsConfirmation):
    """What was given is there already, and may be meant a second time."""


class JournalUnusable(MoodLabError):
    """The journal file cannot be opened or written; it was left as it was."""

    code = "journal_unusable"


class JournalBusy(JournalUnusable):
    """Another program is writing to the journal; in a moment it may be free."""


class JournalLocked(JournalUnusable):
    """The journal is encrypted and no key was given."""

    code = "journal_locked"


class WrongPassphrase(JournalLocked):
    """The passphrase or key that was given is not this journal's."""

    code = "wrong_passphrase"


class JournalDamaged(JournalUnusable):
    """The file is a journal, and its passphrase fits, but a part of it can't be read any more."""

    code = "journal_damaged"


class JournalMoved(JournalUnusable):
    """The file that is open is no longer the one at its place; opening it again shows which is."""

    code = "journal_moved"
