"""What an exporter can read from a journal. It reads only what its format needs."""

from collections.abc import Callable
from dataclasses import dataclass

from moodlab.domain.diary import Diary
from moodlab.domain.intake import JournalIntake
from moodlab.domain.labs.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Functions that read the journal; `read_tables` returns all of it with history and bin."""

    read_tables: Callable[[], JournalIntake]
    read_diary: Callable[[], Diary]
    catalogue: Callable[[], Catalogue]
    journal_id: str
