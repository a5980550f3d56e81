"""Two periods that the person chooses, side by side."""

import re
from datetime import date, timedelta

from moodlab.analysis.comparison import Comparison, compare
from moodlab.charts.chart import ALL_DAYS, Asked, Chart, Subject
from moodlab.charts.comparison import (
    describe_comparison,
    draw_comparison,
    explain_few_days,
    measure_comparison,
    tabulate_comparison,
)
from moodlab.domain.days import ONE_DAY, Period, span_text
from moodlab.domain.diary import Diary
from moodlab.domain.errors import Refused
from moodlab.domain.typed_days import parse_typed_day
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

PRESETS = (28, 84)
_TO = re.compile(r"\s+(?:to|–|until)\s+|\s*–\s*")
_WITH = re.compile(r"\s+(?:with|and)\s+|\s*;\s*|\s*/\s*(?=[^/]*\bto\b)")


def offer(_diary: Diary, today: date) -> tuple[Subject, ...]:
    """Offer the last weeks and those before, and this month in this year and the last."""
    latest = [
        Subject(
            _id(*_halves(today, days)),
            translate("chart", "the last {n} days with the {n} before").format(n=days),
        )
        for days in PRESETS
    ]
    return (*latest, Subject(_id(*_months(today)), translate("chart", "this month with last year")))


def _halves(today: date, days: int) -> tuple[Period, Period]:
    second = Period.ending(today, days)
    return Period.ending(second.first - ONE_DAY, days), second


def _months(today: date) -> tuple[Period, Period]:
    first = today.replace(day=1)
    year_before = first.replace(year=first.year - 1)
    following = (year_before + timedelta(days=32)).replace(day=1)
    return Period(year_before, following - ONE_DAY), Period(first, today)


def _id(first: Period, second: Period) -> str:
    return " ".join(day.isoformat() for day in (first.first, first.last, second.first, second.last))


def read_typed(text: str, _diary: Diary, today: date) -> Subject:
    """Read ``1 Sep to 30 Sep with 1 Oct to 31 Oct``, or the id that such a text gets.

    Raises Refused with an example for anything else.
    """
    found = re.findall(r"\d{4}-\d{2}-\d{2}", text)
    if len(found) == 4:
        days = [parse_typed_day(each, today) for each in found]
    else:
        days = [
            parse_typed_day(day, today)
            for span in _WITH.split(text.strip())
            for day in _TO.split(span.strip())
        ]
    if len(days) != 4:
        raise Refused(
            translate("chart", "Write two spans, such as “1 Sep to 30 Sep with 1 Oct to 31 Oct”.")
        )
    first, second = Period(days[0], days[1]), Period(days[2], days[3])
    return Subject(
        _id(first, second),
        translate("chart", "{first} with {second}").format(
            first=span_text(first), second=span_text(second)
        ),
    )


def read(diary: Diary, _period: Period, subject: str) -> Comparison:
    """Compare the two periods that `subject` names by their four days."""
    days = [date.fromisoformat(day) for day in subject.split()]
    return compare(diary, Period(days[0], days[1]), Period(days[2], days[3]))


CHART = Chart(
    id="compare",
    name=QT_TRANSLATE_NOOP("chart", "Compare two periods"),
    title=QT_TRANSLATE_NOOP("chart", "Was it different before?"),
    how_to_read=QT_TRANSLATE_NOOP(
        "chart",
        "Each column says on how many days that number was given: outlined in the first period,"
        " filled in the second. The diamond is the middle value, the bar the middle half. A period"
        " needs twelve days with a value. Nothing here shows a cause.",
    ),
    read=read,
    measure=measure_comparison,
    draw=draw_comparison,
    describe=describe_comparison,
    read_day=lambda comparison, _day: describe_comparison(comparison),
    tabulate=tabulate_comparison,
    asked=Asked(
        QT_TRANSLATE_NOOP("chart", "Periods"),
        offer,
        read_typed,
        "1 Sep to 30 Sep with 1 Oct to 31 Oct",
    ),
    explain_empty=explain_few_days,
    days_back=ALL_DAYS,
    follows_range=False,
)
