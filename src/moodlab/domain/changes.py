"""Which parts of the journal a write touched, so that only the pages that care are refreshed."""

from enum import Flag, auto


class Changes(Flag):
    """What a write changed; `NOTHING` where it repeated what was there."""

    NOTHING = 0
    DAYS = auto()
    LABS = auto()
    TREATMENTS = auto()
    EVENTS = auto()
    QUESTIONS = auto()
    SETTINGS = auto()
    EVERYTHING = DAYS | LABS | TREATMENTS | EVENTS | QUESTIONS | SETTINGS
