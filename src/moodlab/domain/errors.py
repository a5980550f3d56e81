"""Trouble that can be told to a person in one sentence; anything else is a defect."""


class MoodLabError(Exception):
    """Expected trouble. `sentence` says what happened and what to do next, without jargon."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(MoodLabError):
    """What was given cannot be taken as it stands; nothing was written."""


class NeedsConfirmation(Refused):
    """What was given is possible but unlikely, so a person is asked before it is written."""


class JournalUnusable(MoodLabError):
    """The journal file cannot be opened or written; it was left as it was."""


class JournalBusy(JournalUnusable):
    """Another program is writing to the journal; in a moment it may be free."""


class JournalLocked(JournalUnusable):
    """The journal is encrypted and no key was given."""


class WrongPassphrase(JournalLocked):
    """The passphrase or key that was given is not this journal's."""


class JournalDamaged(JournalUnusable):
    """The file is a journal, and its passphrase fits, but a part of it can't be read any more."""


class JournalMoved(JournalUnusable):
    """The file that is open is no longer the one at its place; opening it again shows which is."""
