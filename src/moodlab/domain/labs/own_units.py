"""Units that a person adds to a test of their own, with the exact factor that they were told."""

import re
from dataclasses import replace
from decimal import Decimal

from moodlab.domain.digits import western_digits
from moodlab.domain.errors import Refused
from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.labs.catalogue import is_coded, own_analyte, unit_as_printed
from moodlab.domain.labs.printed_values import NUMBER, looks_like_a_number, read_number
from moodlab.domain.labs.units import EXACT, Conversion, fold_unit, is_exact
from moodlab.i18n import translate

LONGEST_UNIT = 30
AS_TOLD = "as told by the person"


def parse_factor(text: str, *, confirmed: bool = False) -> Decimal:
    """Read how many of one unit another is: ``10``, ``0,1``. Exact, without digits for show.

    Raises Refused for anything but a number above 0, NeedsConfirmation for a comma or point that
    may separate thousands.
    """
    typed = " ".join(western_digits(text).split())
    if re.fullmatch(NUMBER, typed) is None:
        raise Refused(
            translate("labs", "I can't read “{text}” as a number. Try 10 or 0.1.").format(
                text=typed
            )
        )
    number = read_number(typed, typed, confirmed=confirmed)
    if not number:
        raise Refused(translate("labs", "One of a unit can't be 0 of another. Try 10 or 0.1."))
    # 10 is kept as 1E+1, so that 0.31 becomes 3.1 and not 3.10.
    return EXACT.normalize(number)


def refuse_odd_unit(unit: str) -> None:
    """Raise Refused for what stands on no report as a unit: nothing, a number, a long text."""
    if not unit.strip():
        raise Refused(translate("labs", "Enter the unit as it stands on the report."))
    if len(unit) > LONGEST_UNIT:
        raise Refused(
            translate("labs", "A unit has at most {most} characters.").format(most=LONGEST_UNIT)
        )
    if looks_like_a_number(unit):
        raise Refused(
            translate("labs", "“{text}” is a number. Enter only the unit, such as mg/L.").format(
                text=unit
            )
        )


def with_unit(analyte: Analyte, unit: str, factor: Decimal) -> Analyte:
    """Return an own test that knows `unit` too: canonical = value × `factor`.

    The first unit of a test is its canonical one, and stays it; its factor is 1. Raises Refused for
    an odd unit, one that is known already, and a factor that is not above 0 or not exact.
    """
    printed = " ".join(unit.split())
    refuse_odd_unit(printed)
    for known in analyte.conversions:
        if fold_unit(known.unit) == fold_unit(printed):
            raise Refused(
                translate("labs", "{label} already has the unit {unit}.").format(
                    label=analyte.label, unit=display_unit(known.unit)
                )
            )
    if not is_exact(factor) or factor <= 0:
        raise Refused(translate("labs", "The factor between two units is a number above 0."))
    if not analyte.conversions:
        if factor != 1:
            raise Refused(
                translate(
                    "labs",
                    "The other units are converted to the first unit. It can't be changed here.",
                )
            )
        return replace(analyte, conversions=(unit_as_printed(printed),))
    added = Conversion(printed, EXACT.normalize(factor), AS_TOLD)
    return replace(analyte, conversions=(*analyte.conversions, added))


def set_apart(analyte: Analyte, unit: str) -> Analyte:
    """Return the test in which results of an own test stand whose unit it does not know."""
    # A test known by a laboratory's code passes its own id on, since equal names may be two tests.
    code = analyte.id if is_coded(analyte) else ""
    return own_analyte(
        analyte.label, [unit_as_printed(unit)], loinc=analyte.loinc, code=code, apart=unit or "-"
    )
