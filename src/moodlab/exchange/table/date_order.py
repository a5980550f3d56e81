"""A date format that fits only some of a table's dates: day and month may be the other way."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain, permutations, zip_longest
from zoneinfo import ZoneInfo

from moodlab.domain.days import EARLIEST_DAY
from moodlab.domain.errors import Refused
from moodlab.exchange.table.moments import parse_date
from moodlab.i18n import translate

_PART = re.compile(r"%[dmbByY]")
_PARTS = 3


def refuse_other_order(
    key: str,
    form: str,
    zone: ZoneInfo | None,
    fitting: Collection[str],
    unread: Collection[str],
    calendar_today: date,
) -> None:
    """Raise Refused when `unread` dates fit another order of day, month and year.

    `key` is what names the format in the mapping. The dates are texts, with the time where it has
    one.
    The dates that do fit have to fit it too; else these are days, and the others are slips. A day
    to come counts as unread where day and month stand before the year: 12/11 may be 11/12.
    """

    def fits(text: str, other: str) -> bool:
        try:
            return EARLIEST_DAY <= parse_date(text, other, zone) <= calendar_today
        except ValueError:
            return False

    def is_read(text: str) -> bool:
        try:
            parse_date(text, form, zone)
        except ValueError:
            return False
        return True

    # A time that the format reads, but that lies long before its day, is a slip.
    unread = [text for text in unread if not is_read(text)]
    to_come = [text for text in fitting if calendar_today < parse_date(text, form, zone)]
    for other in _other_orders(form):
        odd = [*unread, *(to_come if _ends_with_year(form) and _ends_with_year(other) else ())]
        moved = sorted(text for text in odd if fits(text, other))
        if moved and all(fits(text, other) for text in fitting):
            raise Refused(
                translate(
                    "import",
                    "Dates that don't fit {form} fit {other}, such as “{text}” ({n} in all), and so"
                    ' do all others. Check the table, and write {key} = "{other}".',
                ).format(key=key, form=form, other=other, text=moved[0], n=len(moved))
            )


def _ends_with_year(form: str) -> bool:
    return _PART.findall(form)[-1:] in (["%Y"], ["%y"])


def _other_orders(form: str) -> Iterator[str]:
    """Yield the format with its parts in other orders, day and month changed over first."""
    parts, between = _PART.findall(form), _PART.split(form)
    if len(parts) != _PARTS:
        return
    # Where two parts changed places before where all three did.
    orders = sorted(permutations(parts), key=lambda order: sum(map(str.__ne__, order, parts)))
    for order in orders:
        for years in (("%Y", "%Y"), ("%y", "%Y"), ("%Y", "%y")):
            renamed = [years[1] if part == years[0] else part for part in order]
            other = "".join(chain(*zip_longest(between, renamed, fillvalue="")))
            if other != form:
                yield other
