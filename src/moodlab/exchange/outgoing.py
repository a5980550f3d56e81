"""What an exporter may ask of a journal; it reads only what its format needs."""

from collections.abc import Callable
from dataclasses import dataclass

from moodlab.domain.diary import Diary
from moodlab.domain.intake import JournalIntake
from moodlab.domain.labs.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Ways to read the journal; `read_tables` gives all of it with history and bin."""

    read_tables: Callable[[], JournalIntake]
    read_diary: Callable[[], Diary]
    catalogue: Callable[[], Catalogue]
    journal_id: str
