"""Text that a spreadsheet would run as a formula, made harmless in a CSV cell and restored.

A program that takes semicolons for separators begins a cell after each, and some read full-width
signs as plain ones. An apostrophe goes before the sign; where apostrophes stand already, one more,
so that taking one away always gives the text back.
"""

import re

_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
_BEGIN = r"""((?:^|[;\t\r\n])[\s"]*)"""
_SIGN = "(?='*[=+\\-@＝＋－＠])"
_GUARDED = re.compile(rf"{_BEGIN}{_SIGN}|^(?='*[\t\r])")
_GUARD = re.compile(rf"{_BEGIN}'{_SIGN}|^'(?='*[\t\r])")


def guard(text: str) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula; numbers stay."""
    return text if _NUMBER.fullmatch(text) else _GUARDED.sub(r"\g<0>'", text)


def restore(cell: str) -> str:
    """Return the text that was guarded."""
    return _GUARD.sub(lambda found: found[1] or "", cell)
