"""``test``: a blood test of one's own, with the units in which labs print it."""

from collections.abc import Sequence
from decimal import Decimal

from moodlab.commands.command import Answer, Place, argument, command
from moodlab.domain.errors import Refused
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.catalogue import unit_as_printed
from moodlab.domain.numbers import read_decimal
from moodlab.i18n import translate


@command("test", [argument("name"), argument("units", many=True)])
def test(place: Place, name: str, units: Sequence[str]) -> Answer:
    """Add a blood test of your own with its unit; UNIT=FACTOR adds one that converts."""
    with place.open_journal() as journal, journal.ledger.batch("test"):
        known = journal.labs.catalogue().meant_by(name)
        saved: Analyte | None = known
        for unit in units:
            label, equals, factor = unit.rpartition("=")
            if saved is None:
                if equals:
                    raise Refused(
                        translate("labs", "Give the first unit by itself; others convert to it.")
                    )
                saved = journal.labs.add_analyte(name, [unit_as_printed(unit)])
            else:
                saved = journal.labs.add_unit(
                    saved.id, label if equals else unit, _factor(factor if equals else "1")
                )
    assert saved is not None
    printed = [conversion.unit for conversion in saved.conversions]
    return Answer(
        translate("labs", "Saved: {name} in {units}.").format(
            name=saved.label, units=", ".join(printed)
        ),
        {"id": saved.id, "label": saved.label, "units": printed},
    )


def _factor(text: str) -> Decimal:
    try:
        factor = read_decimal(text.strip().replace(",", "."))
    except ValueError:
        factor = Decimal(0)
    if not factor.is_finite() or factor <= 0:
        raise Refused(
            translate("labs", "I can't read “{text}” as a factor. Try 0.001.").format(text=text)
        )
    return factor
