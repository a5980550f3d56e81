"""Lab units: the spellings that are understood, and exact conversions. No float, no guess."""

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

# Products of printed numbers and factors stay far below this; Inexact would betray a rounding.
EXACT = Context(prec=60, traps=[Inexact])


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
        return Decimal(format(product, "f"))


def fold_unit(text: str) -> str:
    """Return the spelling by which a printed unit is looked up.

    Both micro signs become u, case and spaces are dropped, and ``[IU]`` becomes ``IU``: within one
    analyte's short list no two units then coincide, which a test holds.
    """
    folded = "".join(text.split()).lower().replace("µ", "u").replace("μ", "u")
    for written, understood in (("[iu]", "iu"), ("mcg", "ug"), ("/hr", "/h"), ("/1h", "/h")):
        folded = folded.replace(written, understood)
    return folded
