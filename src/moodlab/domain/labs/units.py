"""Lab units: the spellings that are understood, and exact conversions. No float, no guess."""

import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

from moodlab.domain.numbers import plain

# Products of printed numbers and factors stay far below this; Inexact would betray a rounding.
EXACT = Context(prec=60, traps=[Inexact])
_MOST_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Conversion:
    """One accepted unit of an analyte: canonical = value × `factor` + `offset`, exactly.

    `unit` is UCUM, in which µ is written u. `source` says where the figures come from.
    """

    unit: str
    factor: Decimal
    source: str
    offset: Decimal = Decimal(0)

    def to_canonical(self, value: Decimal) -> Decimal:
        """Return `value` in the canonical unit, unrounded, never in exponent notation."""
        product = EXACT.add(EXACT.multiply(value, self.factor), self.offset)
        return Decimal(plain(product))


def is_exact(number: Decimal) -> bool:
    """Whether printed numbers can be multiplied by `number` exactly, and still be read."""
    if not number.is_finite():
        return False
    digits, adjusted = number.as_tuple().digits, number.adjusted()
    return len(digits) <= _MOST_DIGITS and -_MOST_DIGITS <= adjusted <= _MOST_DIGITS


# Spellings of one unit, after case and spaces are gone. E is the German letter for a unit (U).
_SPELLINGS = (
    ("[iu]", "iu"), ("mcg", "ug"), ("/100ml", "/dl"), ("me/l", "mu/l"), ("ue/ml", "uu/ml"),
    ("mcu/", "uu/"), ("mciu/", "uiu/"), ("mie/", "miu/"), ("uie/", "uiu/"), ("mui/", "miu/"),
    ("uui/", "uiu/"),
)  # fmt: skip
_HOUR = re.compile(r"/1?\.?(?:hr|hour|std|stunde|h)\.?(?=$|\W)")
# Where a sedimentation rate is read, the hour in other languages: u is Dutch, ó Hungarian.
_MILLIMETRES = re.compile(
    r"mm/1?\.?(?:u|uur|ó|óra|ora|ore|hora|heure|hod|godz|tim|t|st|sa|saat|ч|час|ώρα)\.?"
)
_ANNOTATION = re.compile(r"\{[^{}]*\}")


def fold_unit(text: str) -> str:
    """Return the spelling by which a printed unit is looked up.

    Both micro signs become u; case, spaces and UCUM's remarks in braces are dropped, and ``[IU]``
    becomes ``IU``: within one analyte's short list no two units then coincide, which a test holds.
    """
    folded = "".join(text.split()).lower().replace("µ", "u").replace("μ", "u")
    # A unit that is nothing but a remark, {ratio}, keeps it.
    folded = _ANNOTATION.sub("", folded) or ("" if folded == "{}" else folded)
    for written, understood in _SPELLINGS:
        folded = folded.replace(written, understood)
    if _MILLIMETRES.fullmatch(folded):
        return "mm/h"
    return _HOUR.sub("/h", folded)
