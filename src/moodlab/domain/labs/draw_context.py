"""What was noted before a blood draw and may belong to it: offered, never ticked by itself.

An infection or a vaccination moves inflammation markers for some weeks, so the events of the 28
days before a draw are set beside it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from moodlab.domain.days import EARLIEST_DAY, Period
from moodlab.domain.events import Event

NOTED_DAYS = 28

# In English and German, because people write their own words. Hay fever is no infection, a flu jab
# neither, and who grumbles in German (schimpft) was not vaccinated (geimpft).
_VACCINATION = re.compile(
    r"vaccin|immuni[sz]ation|\bjabs?\b|\bboosters?\b|(?<!sch)impf"
    r"|\b(?:flu|covid|corona|rsv|tetanus) shots?\b",
    re.IGNORECASE,
)
_INFECTION = re.compile(
    r"(?<!dis)infect|(?<!des)infekt|\bflu\b|influenza|gripp|covid|corona|norovirus|rotavirus"
    r"|\bcolds?\b(?! (?:shower|water|bath|plunge|weather|therapy))|erkält|verkühl"
    r"|(?<!heu)schnupfen|(?<!hay )(?<!hay)fever|(?<!heu)fieber"
    r"|bronchitis|pneumonia|sinusitis|tonsillitis|cystitis|otitis|gastroenteritis"
    r"|(?:lungen|blasen|mandel|hals|rachen|nebenhöhlen|mittelohr|nierenbecken)entzündung"
    r"|sore throat|halsweh|halsschmerz|angina tonsillaris|stomach bug|magen-?\s?darm"
    r"|abscess|abszess|sepsis|\bstrep|scharlach|shingles|zoster|gürtelrose|mononucle|\buti\b|\brsv\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Noted:
    """An event before a draw. `context` is what its words suggest, or None."""

    event: Event
    context: str | None


def noted_before(events: Iterable[Event], drawn: date) -> tuple[Noted, ...]:
    """Return the events, but not the appointments, of the day of the draw and the 28 before it."""
    if drawn < EARLIEST_DAY:  # only an older version let such a day in
        return ()
    window = Period(drawn - timedelta(days=NOTED_DAYS), drawn)
    return tuple(
        Noted(event, suggested_context(event.text))
        for event in sorted(events, key=lambda event: (event.first_day, event.id))
        if event.touches(window) and not event.is_appointment
    )


def suggested_context(text: str) -> str | None:
    """Return the context that an event's own words suggest: infection, vaccination or None."""
    if _VACCINATION.search(text):
        return "vaccination"
    return "infection" if _INFECTION.search(text) else None
