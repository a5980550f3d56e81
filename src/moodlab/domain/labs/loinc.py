"""LOINC codes: digits, a hyphen, and a check digit that shows a mistyped one."""

import re

# Parts (LP…), answers (LA…) and groups (LG…) are no codes of observations.
_CODE = re.compile(r"([0-9]{1,7})-([0-9])")


def is_loinc(code: str) -> bool:
    """Whether `code` is written as a LOINC code and its mod-10 check digit holds."""
    match = _CODE.fullmatch(code)
    return match is not None and int(match[2]) == _check_digit(match[1])


def _check_digit(digits: str) -> int:
    """Return what makes the sum a multiple of ten, every other digit doubled from the right."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return -sum(number // 10 + number % 10 for number in doubled) % 10
