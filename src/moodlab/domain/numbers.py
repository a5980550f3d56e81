"""Bounds of decimal numbers: what is read and written out stays as short as a person's number.

``1e999999999`` takes twelve bytes to store and a gigabyte to write out.
"""

from decimal import Decimal, InvalidOperation

from moodlab.domain.errors import Refused
from moodlab.i18n import translate

# A printed value has 36 digits at most, a product of two exact numbers 60.
_LONGEST = 2000
_MOST_PLACES = 1000


def read_decimal(text: str) -> Decimal:
    """Return the number in `text`. Raises ValueError for none, Refused for an absurd one."""
    if not isinstance(text, str):
        raise ValueError("no number")  # noqa: TRY004 - the file is wrong, not the program
    if len(text) > _LONGEST:
        raise _unbounded()
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("no number") from error
    # NaN and the like cost nothing; the gate and `check` name them.
    if number.is_finite() and not is_bounded(number):
        raise _unbounded()
    return number


def is_bounded(number: Decimal) -> bool:
    """Whether a number can be written out in at most some thousand signs."""
    if not number.is_finite():
        return False
    return number.adjusted() <= _MOST_PLACES and int(number.as_tuple().exponent) >= -_MOST_PLACES


def plain(number: Decimal) -> str:
    """Return a decimal without exponent, and with just the digits that it has.

    Raises Refused for one that would fill the memory.
    """
    if not is_bounded(number):
        raise _unbounded()
    return format(number, "f")


def _unbounded() -> Refused:
    return Refused(translate("labs", "The number is too large or has too many decimals."))
