"""Ratings: a value, an explicit zero, "could not say", or nothing at all. Missing is never zero."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from moodlab.domain.days import Period, Recorded, Timeliness, timeliness
from moodlab.domain.digits import western_digits
from moodlab.domain.errors import Refused
from moodlab.domain.metrics import SLEEP_HOURS, THOUSAND, Kind, Metric
from moodlab.domain.texts import LONGEST_NOTE
from moodlab.i18n import translate

# How an answer came: given in MoodLab, or typed from a sheet that was filled in by hand.
MANUAL, PAPER = "manual", "paper"


class DayState(StrEnum):
    """What a person said about a whole day instead of rating it."""

    UNWELL = "unwell"
    PAUSED = "paused"


class Rating(NamedTuple):
    """One answer for one day.

    `value` is in thousandths of the metric's unit, so that decimals stay exact; ``None`` means that
    the person answered "could not say". No rating at all means that the question is open.
    `recorded` is None where nobody knows when it was written.
    `source` is ``manual``, ``paper``, ``import`` or ``example``; an import keeps the source's own
    value and scale beside ours.
    """

    day: date
    metric: str
    value: int | None
    recorded: Recorded | None
    source: str = MANUAL
    source_value: str | None = None
    source_scale: str | None = None

    @property
    def timeliness(self) -> Timeliness:
        """Same day, next day, later, or unknown."""
        return timeliness(self.day, self.recorded and self.recorded.day)


class Answer(NamedTuple):
    """A rating's value by itself, in thousandths; None for "could not say".

    No answer at all means that the question is open.
    """

    value: int | None
    imported: bool = False

    @property
    def button(self) -> int | None:
        """The whole number from 0 to 10 that it is, if it is one; a button stands for each."""
        if self.value is None or self.value % THOUSAND:
            return None
        return self.value // THOUSAND

    def in_words(self) -> str:
        """Return it as it is read out."""
        if self.value is None:
            return translate("today", "could not say")
        if self.imported:
            return translate("today", "{value}, imported").format(value=number_text(self.value))
        return number_text(self.value)


class DayRecord(NamedTuple):
    """What is kept about a whole day beside its ratings."""

    day: date
    state: DayState | None = None
    note: str = ""
    note_for_doctor: bool = False
    left_empty: bool = False
    recorded: Recorded | None = None


NOTE_LENGTH = LONGEST_NOTE


def within(ratings: Sequence[Rating], period: Period) -> Sequence[Rating]:
    """Return the ratings that describe days of `period`; `ratings` are by day.

    A page over decades asks this for each draw and dose, so it does not look at all of them.
    """
    first = bisect_left(ratings, period.first, key=_day_of)
    return ratings[first : bisect_right(ratings, period.last, first, key=_day_of)]


def _day_of(rating: Rating) -> date:
    return rating.day


def parse_rating(metric: Metric, text: str) -> int:
    """Read one typed value and return it in thousandths of the metric's unit.

    Raises Refused when it is not a number, not on the scale, or finer than can be kept.
    """
    if metric.kind is Kind.DURATION:
        return parse_duration_minutes(text, is_sleep=metric.id == SLEEP_HOURS) * THOUSAND
    if metric.kind is Kind.YES_NO and text.strip().lower() in ("yes", "no"):
        return THOUSAND if text.strip().lower() == "yes" else 0
    thousandths = _to_thousandths(metric, text)
    _refuse_outside(metric, thousandths, text.strip())
    if metric.kind in (Kind.SCALE, Kind.YES_NO) and thousandths % THOUSAND:
        raise Refused(
            translate("ratings", "{label} is rated in whole numbers, such as 6 or 7.").format(
                label=metric.label
            )
        )
    return thousandths


def refuse_odd_value(metric: Metric, thousandths: int | None) -> None:
    """Raise Refused for a value that no save of this metric can hold; None is "could not say"."""
    if thousandths is None:
        return
    if type(thousandths) is not int:
        raise Refused(
            translate("ratings", "{label} takes up to three decimals. {text} has more.").format(
                label=metric.label, text=thousandths
            )
        )
    in_words = str if abs(thousandths) > 10**15 else number_text
    _refuse_outside(metric, thousandths, in_words(thousandths)[:20])


def refuse_long_note(text: str) -> None:
    """Raise Refused over 1000 characters."""
    if len(text) > NOTE_LENGTH:
        raise Refused(
            translate(
                "days", "A note can have up to {most} characters. This one has {count}."
            ).format(most=NOTE_LENGTH, count=len(text))
        )


def _refuse_outside(metric: Metric, thousandths: int, text: str) -> None:
    if not metric.minimum <= thousandths <= metric.maximum:
        raise Refused(
            translate(
                "ratings", "{label} goes from {low} to {high}. {text} is outside that."
            ).format(
                label=metric.label,
                low=number_text(metric.minimum),
                high=f"{number_text(metric.maximum)} {metric.unit}".rstrip(),
                text=text,
            )
        )


def _to_thousandths(metric: Metric, text: str) -> int:
    # Here, as the window opens without it.
    from decimal import Decimal, InvalidOperation

    plain = western_digits(text).strip().replace(",", ".")
    try:
        if not re.fullmatch(r"[-−+]?[0-9]{1,9}(\.[0-9]+)?", plain):
            raise InvalidOperation
        thousandths = Decimal(plain.replace("−", "-")) * THOUSAND
    except InvalidOperation:
        raise Refused(
            translate(
                "ratings", "I can't read “{text}” as a number for {label}. Try {example}."
            ).format(text=text, label=metric.label, example=example_of(metric))
        ) from None
    if thousandths != int(thousandths):
        raise Refused(
            translate("ratings", "{label} takes up to three decimals. {text} has more.").format(
                label=metric.label, text=text.strip()
            )
        )
    return int(thousandths)


# What a person may well have, where the middle of what is possible is far from it.
_EXAMPLES = {
    "activity_minutes": "30", "weight": "70", "waist": "85", "resting_heart_rate": "65",
    "temperature": "36.6",
}  # fmt: skip


def example_of(metric: Metric) -> str:
    """Return a value that can be typed, for a hint."""
    if metric.kind is Kind.DURATION:
        return "7:30" if metric.id == SLEEP_HOURS else "1:30"
    if metric.kind is Kind.YES_NO:
        return "yes"
    # A number of one's own may count anything.
    return _EXAMPLES.get(
        metric.id,
        "7" if metric.minimum <= 7 * THOUSAND <= metric.maximum else number_text(metric.minimum),
    )


_DURATION = (
    r"(?P<h>[0-9]{1,2})\s*(?:[:h]\s*(?P<m>[0-9]{2}|[0-9](?=\s*min))?\s*(?:min)?)?"
    r"|(?P<decimal>[0-9]{1,2}[.,][0-9]{1,2})\s*h?"
    r"|(?P<hh>[0-9]{1,2})(?P<mm>[0-9]{2})"
)


def parse_duration_minutes(text: str, *, is_sleep: bool = True) -> int:
    """Read ``7``, ``7.5``, ``7,5``, ``7:30``, ``730`` or ``7h30`` as minutes, 0 to 24 hours.

    Raises Refused with an example for anything else.
    """
    from decimal import Decimal

    match = re.fullmatch(_DURATION, western_digits(text).strip().lower())
    minutes: Decimal | None = None
    if match and match["h"] is not None:
        minutes = Decimal(int(match["h"]) * 60 + int(match["m"] or 0))
    elif match and match["decimal"]:
        minutes = Decimal(match["decimal"].replace(",", ".")) * 60
    elif match and match["hh"]:
        minutes = Decimal(int(match["hh"]) * 60 + int(match["mm"]))
    past_the_hour = int((match and (match["m"] or match["mm"])) or 0)
    if minutes is None or past_the_hour > 59 or minutes > 24 * 60:
        sentence = (
            translate(
                "ratings", "I can't read “{text}” as hours of sleep (0 to 24). Try 7:30 or 7.5."
            )
            if is_sleep
            else translate("ratings", "I can't read “{text}” as hours (0 to 24). Try 1:30 or 1.5.")
        )
        raise Refused(sentence.format(text=text))
    # 7.33 h is 439.8 minutes: to the nearest minute, which is finer than anybody knows.
    return int(minutes + Decimal("0.5"))


def duration_text(minutes: int) -> str:
    """Return ``7 h 30 min``."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def number_text(thousandths: int) -> str:
    """Return thousandths as the shortest exact decimal: 7000 → ``7``, 6700 → ``6.7``."""
    whole, rest = divmod(abs(thousandths), THOUSAND)
    sign = "−" if thousandths < 0 else ""
    return f"{sign}{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")


def field_text(metric: Metric, thousandths: int) -> str:
    """Return a value as it is typed into a field: ``71.35``, ``7:30``, ``-2``."""
    if metric.kind is Kind.DURATION:
        minutes = thousandths // THOUSAND
        return f"{minutes // 60}:{minutes % 60:02d}"
    return number_text(thousandths).replace("−", "-")


def answer_text(metric: Metric, answer: Answer) -> str:
    """Return an answer as it is read out: ``7``, ``71.35 kg``, ``yes``, ``could not say``."""
    if answer.value is None or metric.kind is Kind.SCALE:
        return answer.in_words()
    text = value_text(metric, answer.value)
    if answer.imported:
        return translate("today", "{value}, imported").format(value=text)
    return text


def value_text(metric: Metric, thousandths: int) -> str:
    """Return a value as a person reads it: ``7``, ``7 h 30 min``, ``71.35 kg``."""
    if metric.kind is Kind.DURATION:
        return duration_text(thousandths // THOUSAND)
    if metric.kind is Kind.YES_NO:
        return translate("ratings", "yes") if thousandths else translate("ratings", "no")
    return number_text(thousandths) + (f" {metric.unit}" if metric.unit else "")
