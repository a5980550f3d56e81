"""Reads from the journal what stands around one blood draw: its days before, and their events."""

from datetime import date

from moodlab.analysis.draws import set_beside, window_before
from moodlab.domain.diary import Diary
from moodlab.domain.labs.draw_context import Noted, noted_before
from moodlab.domain.labs.lab_status import said_by_lab
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.words import context_words
from moodlab.store.journal import Journal
from moodlab.ui.widgets.lab_words import beside_words


def read_beside(journal: Journal, result: LabResult) -> str:
    """Return who measured a draw, and how the 14 days before it were; no other days are read."""
    window, metrics = window_before(result.collected), journal.read_metrics()
    diary = Diary(metrics, journal.days.read_ratings(window.first, window.last))
    by_id = {tracked.metric.id: tracked.metric for tracked in metrics}
    beside = beside_words(set_beside(diary, result.collected), by_id)
    around = ", ".join(context_words(context) for context in result.context)
    said = (result.lab, result.method, around, said_by_lab(result), result.note)
    about = " · ".join(text for text in said if text)
    return f"{' '.join(about.split())}\n{beside}" if about else beside


def read_noted(journal: Journal, drawn: date | None) -> tuple[Noted, ...]:
    """Return the events noted before a draw; none while its day is unknown."""
    return noted_before(journal.events.read_events(), drawn) if drawn else ()
