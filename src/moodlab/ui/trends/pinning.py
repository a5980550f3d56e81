"""Pinning Days when: what is pinned is counted on the page."""

from moodlab.charts.days_when import conditions_of
from moodlab.domain.diary import Pin
from moodlab.domain.ids import new_id
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.session import Session


def find_pin(journal: Journal, subject: str) -> Pin | None:
    """Return the pin that has these conditions; None where they are not pinned."""
    conditions = conditions_of(subject)
    pins = journal.questionnaires.read_pins()
    return next((pin for pin in pins if pin.conditions == conditions), None)


def toggle_pin(session: Session, subject: str) -> str:
    """Pin these conditions, or take the pin away; return what was done.

    Raises MoodLabError where the journal can't be written.
    """
    pin = find_pin(session.journal, subject)
    if pin is not None:
        session.apply(lambda journal: journal.questionnaires.delete("pin", pin.id))
        return translate("trends", "No longer pinned.")
    made = Pin(new_id(), conditions_of(subject))
    session.apply(lambda journal: journal.questionnaires.pin(made))
    return translate("trends", "Pinned: the page counts it.")
