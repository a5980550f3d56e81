"""Text that a spreadsheet would run as a formula, made harmless in a CSV cell and restored.

A program that takes semicolons for separators begins a cell after each, and some read full-width
signs as plain ones. An apostrophe goes before the sign; where apostrophes stand already, one more,
so that taking one away always gives the text back.
"""

import re

_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
# Signs that a program may strip, or that nobody sees, hide no formula behind them.
_BEGIN = r"""((?:^|[;\t\r\n])[\s"\x01-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff]*)"""
_SIGN = "(?='*[=+\\-@＝＋－＠])"
_GUARDED = re.compile(rf"{_BEGIN}{_SIGN}|^(?='*[\t\r])")
_GUARD = re.compile(rf"{_BEGIN}'{_SIGN}|^'(?='*[\t\r])")


def guard(text: str) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula; numbers stay."""
    return text if _NUMBER.fullmatch(text) else _GUARDED.sub(r"\g<0>'", text)


def restore(cell: str) -> str:
    """Return the text that was guarded."""
    return _GUARD.sub(lambda found: found[1] or "", cell)
