"""Deleting a whole day, from Today and from History."""

from datetime import date

from moodlab.domain.history.step_words import step_words
from moodlab.i18n import translate
from moodlab.ui.session import Session


def delete_day(session: Session, day: date) -> str:
    """Move what is a day's own to the bin and return what is said. Raises MoodLabError."""
    session.apply(lambda journal: journal.days.delete(day))
    step, names = session.journal.next_undo(), session.journal.step_names()
    words = "" if step is None else step_words(step, names)
    return translate("days", "{words}. Events, treatments and blood results stay.").format(
        words=words
    )
