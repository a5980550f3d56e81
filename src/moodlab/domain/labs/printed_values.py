"""A lab value as it is printed or typed: a number, a bound, or a result in words.

`<0.3` is a bound and stays one. A sign that may separate thousands is asked about, never guessed:
no text that is accepted means ten or a thousand times more in another country.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from moodlab.domain.digits import western_digits
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.i18n import translate

_COMPARATORS = {"<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">="}
# Programs write out all digits of a number: 4.5218477625820015.
NUMBER = r"[0-9]{1,12}(?:[.,][0-9]{1,24})?"
_COMPARED = rf"(?P<comparator><=|>=|<|>|≤|≥)?\s*(?P<number>{NUMBER})"
_FLAG = r"\(?[HLN*+↑↓]{1,2}\)?"
# 2+ is a word, 2 + a number with a flag.
_VALUE = re.compile(rf"{_COMPARED}\s*(?P<flag>(?!(?<=[0-9])\+){_FLAG})?", re.IGNORECASE)
# A unit begins with a letter or %, and is one word or two around a slash. An exponent is none, not
# as 10⁹ either, nor is a fraction (½) or a number with a letter in place of a digit.
_RAISED = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u218b\u2460-\u249b"
UNIT = (
    rf"(?!e[+-]?[0-9]|\S*[.,][0-9])(?:[^\W\d_{_RAISED}]|[%\[{{])[^\s↑↓]*(?:\s?/\s?[^\s↑↓]+)?"
    r"(?<!\*)"  # that is a flag
)
_WITH_UNIT = re.compile(
    rf"(?P<value>{_COMPARED})\s*"
    rf"(?:(?P<unit>{UNIT})(?:\s*(?P<flag>(?<=\s){_FLAG}|\({_FLAG}\)|[↑↓*]))?"
    rf"|(?P<first>{_FLAG})\s+(?P<last>{UNIT}))",
    re.IGNORECASE,
)
_LONGEST = 100
_MAY_BE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
# What looks like a number but can't be read as one is never kept as if it were a word.
_LIKE_A_NUMBER = re.compile(
    rf"[<>≤≥=~±+\-−]*\s*[.,]?[0-9][0-9.,'’\s]*(?:e[+-]?[0-9]+)?\s*(?:{UNIT})?", re.IGNORECASE
)

# Results in words, folded: letters, digits and + only, in lower case. N.d., n. n. and the like are
# kept as they stand; what they mean differs from lab to lab.
_WORDS = frozenset((
    "neg", "negative", "pos", "positive", "weaklypositive", "reactive", "nonreactive",
    "notreactive", "weaklyreactive", "detected", "notdetected", "nonedetected", "undetected",
    "detectable", "notdetectable", "undetectable", "nd", "belowdetectionlimit",
    "belowlimitofdetection", "present", "notpresent", "absent", "nil", "trace",
    "traces", "equivocal", "borderline", "indeterminate", "inconclusive", "negativ", "positiv",
    "schwachpositiv", "reaktiv", "nichtreaktiv", "nachweisbar", "nichtnachweisbar",
    "nachgewiesen", "nichtnachgewiesen", "keinnachweis", "unterdernachweisgrenze", "nn", "spur",
    "spuren", "grenzwertig", "fraglich", "vorhanden", "nichtvorhanden", "keine", "+", "++",
    "+++", "++++",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A value as the lab printed it.

    `number` is exact, or None for a result in words; `comparator` is None, <, <=, > or >=.
    """

    text: str
    comparator: str | None
    number: Decimal | None
    flag: str = ""

    @property
    def is_censored(self) -> bool:
        """Whether the number is only a bound."""
        return self.comparator is not None

    @property
    def is_text(self) -> bool:
        """Whether it is a result in words, ``negative``; those are printed and never drawn."""
        return self.number is None

    def with_unit(self, unit: str) -> str:
        """Return ``<0.3 mg/L H``: the value, its unit, and the lab's flag behind both.

        An N that came as a code and not in the text stands for no flag on paper.
        """
        bare = self.text
        is_printed = bool(self.flag) and bare.rstrip(") ").endswith(self.flag)
        if is_printed:
            bare = bare[: bare.rindex(self.flag)].rstrip(" (")
        flag = self.flag if is_printed or self.flag != "N" else ""
        return " ".join(part for part in (bare, unit, flag) if part)


@dataclass(frozen=True, slots=True)
class TypedValue:
    """What was typed into the field for a value, taken apart: the text, and the unit behind it.

    `value` is None where the text can't be read, or only after a question.
    """

    text: str
    unit: str
    value: PrintedValue | None

    @property
    def number(self) -> Decimal | None:
        """The number in the value; None for words, and for what can't be read yet."""
        return None if self.value is None else self.value.number


def parse_value(text: str, *, confirmed: bool = False) -> PrintedValue:
    """Read a value as printed: ``0,31``, ``<0.3``, ``≤5``, ``>300``, ``5.0 H``, ``negative``.

    Raises Refused for anything else, NeedsConfirmation for 0 and for a comma or point that may
    separate thousands.
    """
    printed = " ".join(western_digits(text).split())
    if not printed:
        raise Refused(translate("labs", "Enter the value first, for example 3.1 or <0.3."))
    match = _VALUE.fullmatch(printed)
    if match is None:
        if is_result_in_words(printed):
            return PrintedValue(printed, None, None)
        raise Refused(
            translate(
                "labs", "I can't read “{text}” as a lab value. Enter it like 3.1 or <0.3."
            ).format(text=printed if len(printed) <= _LONGEST else printed[:_LONGEST] + "…")
        )
    number = read_number(match["number"], printed, confirmed=confirmed)
    comparator = _COMPARATORS[match["comparator"]] if match["comparator"] else None
    if not number and comparator is None and not confirmed:
        raise NeedsConfirmation(
            translate(
                "labs", "Does the report say 0 or “less than”? For “less than”, enter it as <0.3."
            )
        )
    if not number and comparator in ("<", "<="):
        raise Refused(translate("labs", "A lab value can't be below zero. Did you mean <0.3?"))
    return PrintedValue(printed, comparator, number, (match["flag"] or "").strip("()"))


@lru_cache(maxsize=16)
def read_typed_value(text: str) -> TypedValue:
    """Read a value as it is typed, ``<0.3 mg/L``: once, though field, echo and entry ask for it."""
    bare, unit = split_unit(text)
    try:
        value = parse_value(bare)
    except Refused:
        value = None
    return TypedValue(bare, unit, value)


def read_number(digits: str, printed: str, *, confirmed: bool) -> Decimal:
    """Return the number in `digits`, a `NUMBER` that was printed within `printed`.

    Raises NeedsConfirmation for a comma or point that may separate thousands.
    """
    if _MAY_BE_THOUSANDS.fullmatch(digits) and not confirmed:
        decimal, whole = digits.replace(",", "."), re.sub("[.,]", "", digits)
        raise NeedsConfirmation(
            translate(
                "labs",
                "“{text}” can be read as {decimal} or as {whole}. Keep it for {decimal}, or write"
                " {whole}.",
            ).format(text=printed, decimal=decimal, whole=whole)
        )
    return Decimal(digits.replace(",", "."))


def split_unit(text: str) -> tuple[str, str]:
    """Return value and unit of a text such as ``<0.3 mg/L H``: ``<0.3 H`` and ``mg/L``.

    A text without a unit, or that is no number, comes back whole with an empty unit.
    """
    printed = " ".join(western_digits(text).split())
    # Longer texts are no value with a unit, and would take their time to be found so.
    match = _WITH_UNIT.fullmatch(printed) if len(printed) <= _LONGEST else None
    if match is None or _VALUE.fullmatch(printed):
        return printed, ""
    flag = match["flag"] or match["first"] or ""
    return f"{match['value']} {flag}".rstrip(), match["unit"] or match["last"]


def is_result_in_words(text: str) -> bool:
    """Whether `text` is one of the words that labs print in place of a number."""
    folded = "".join(sign for sign in text.casefold() if sign.isalnum() or sign == "+")
    is_known = folded in _WORDS or re.fullmatch(r"[1-5]\+", folded) is not None
    return is_known and not any(sign in text for sign in "<>≤≥=")


def looks_like_a_number(text: str) -> bool:
    """Whether `text` is digits and signs of numbers, with a unit or without."""
    printed = " ".join(western_digits(text).split())
    if len(printed) > _LONGEST:
        return False
    return any(shape.fullmatch(printed) for shape in (_VALUE, _WITH_UNIT, _LIKE_A_NUMBER))
