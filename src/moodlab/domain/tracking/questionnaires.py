"""Dated totals of questionnaires, and daily measures that came from elsewhere."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from moodlab.domain.days import Recorded, refuse_future, refuse_odd_day
from moodlab.domain.digits import western_digits
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.texts import refuse_long
from moodlab.i18n import translate


class Questionnaire(NamedTuple):
    """The total of one questionnaire on a day, as decimal text; no bands and no meaning."""

    id: str
    day: date
    name: str
    total: str
    lowest: str = ""
    highest: str = ""
    recorded: Recorded | None = None


class Measure(NamedTuple):
    """What a watch or another app measured on a day, such as steps, as decimal text."""

    id: str
    day: date
    kind: str
    value: str
    unit: str
    source: str


def read_total(text: str) -> str:
    """Read a typed number as decimal text with a point. Raises Refused."""
    plain = western_digits(text).strip().replace(",", ".").replace("−", "-")
    if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", plain):
        raise Refused(
            translate("questionnaires", "I can't read “{text}” as a total. Try 12.").format(
                text=text
            )
        )
    return plain


def question_second_total(given: Questionnaire, known: Iterable[Questionnaire]) -> None:
    """Raise NeedsConfirmation where the day has a total of that name already."""
    if any(
        (each.day, each.name.casefold()) == (given.day, given.name.casefold())
        for each in known
        if each.id != given.id
    ):
        raise NeedsConfirmation(
            translate(
                "questionnaires", "{name} has a total on that day already. Save another?"
            ).format(name=given.name)
        )


def refuse_odd_questionnaire(given: Questionnaire, calendar_today: date) -> None:
    """Raise Refused without a name, for a day to come, and for a total that is none or outside."""
    if not given.name.strip():
        raise Refused(translate("questionnaires", "The questionnaire needs a name."))
    refuse_long(given.name)
    refuse_odd_day(given.day)
    refuse_future(given.day, calendar_today)
    total, low, high = (
        Decimal(read_total(text)) if text else None
        for text in (given.total, given.lowest, given.highest)
    )
    assert total is not None
    if (low is not None and total < low) or (high is not None and total > high):
        raise Refused(
            translate(
                "questionnaires", "{name} goes from {low} to {high}. {total} is outside that."
            ).format(
                name=given.name,
                low=given.lowest or "…",
                high=given.highest or "…",
                total=given.total,
            )
        )
