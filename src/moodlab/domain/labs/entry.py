"""From what is copied off a lab report to a LabResult, with the questions worth asking first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from moodlab.domain.days import refuse_future, short_date
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.labs.catalogue import BUILT_IN, Catalogue
from moodlab.domain.labs.printed_values import parse_value, read_typed_value
from moodlab.domain.labs.reference_ranges import units_in_range
from moodlab.domain.labs.results import LabResult, means_the_same, presets_excluded
from moodlab.domain.labs.units import EXACT, fold_unit
from moodlab.domain.numbers import plain
from moodlab.i18n import translate


@dataclass(frozen=True, slots=True)
class LabEntry:
    """The texts as typed. `excluded` None takes the preset of the context."""

    collected: date
    test: str
    value: str
    unit: str
    range_text: str = ""
    lab: str = ""
    method: str = ""
    context: tuple[str, ...] = ()
    excluded: bool | None = None
    note: str = ""


def read_entry(
    entry: LabEntry,
    result_id: str,
    *,
    catalogue: Catalogue = BUILT_IN,
    earlier: LabResult | None = None,
    confirmed: bool = False,
) -> LabResult:
    """Return the result that `entry` describes; nothing is saved.

    The unit may be typed behind the value. `earlier` is the result that is being changed: what no
    field shows, its specimen and where it came from, stays. Raises Refused for what cannot be read,
    NeedsConfirmation for 0 or a doubtful comma or point.
    """
    analyte = catalogue.find(entry.test)
    typed = read_typed_value(entry.value)
    value = typed.value or parse_value(typed.text, confirmed=confirmed)
    unit = _agree(entry.unit, typed.unit)
    excluded = presets_excluded(entry.context) if entry.excluded is None else entry.excluded
    result = express(
        LabResult(
            id=result_id,
            collected=entry.collected,
            analyte=analyte.substance,
            assay=analyte.assay,
            loinc=analyte.loinc,
            value=value,
            unit=unit,
            canonical=None,
            canonical_unit="",
            range_text=" ".join(entry.range_text.split()),
            lab=entry.lab.strip(),
            method=entry.method.strip(),
            context=entry.context,
            excluded=excluded,
            note=entry.note.strip(),
        ),
        analyte,
    )
    if earlier is None:
        return result
    same_test = earlier.catalogue_id == result.catalogue_id
    return replace(
        result,
        loinc=earlier.loinc if same_test else result.loinc,
        specimen=earlier.specimen,
        reported=earlier.reported,
        source=earlier.source,
        identifier=earlier.identifier,
        status=earlier.status,
        issued=earlier.issued,
        remark=earlier.remark,
    )


def express(result: LabResult, analyte: Analyte) -> LabResult:
    """Return `result` with its figure in the canonical unit; a result in words has no unit.

    Raises Refused for a unit that the analyte does not know.
    """
    if result.value.number is None:
        return replace(result, label=analyte.label, unit="", canonical=None, canonical_unit="")
    return replace(
        result,
        label=analyte.label,
        unit=result.unit.strip(),
        canonical=analyte.conversion(result.unit).to_canonical(result.value.number),
        canonical_unit=analyte.canonical_unit,
    )


def express_anew(result: LabResult, analyte: Analyte) -> LabResult:
    """Return `result` with its figure in the canonical unit that the test has now.

    A test of one's own may have begun with another unit in a journal that was merged into this one.
    Until the person said how that unit converts, the result has no figure, and is only printed.
    """
    if result.canonical is None or result.canonical_unit == analyte.canonical_unit:
        return result
    unit = analyte.canonical_unit
    try:
        figure = analyte.conversion(result.canonical_unit).to_canonical(result.canonical)
    except Refused:
        return replace(result, canonical=None, canonical_unit="")
    return replace(result, canonical=figure, canonical_unit=unit)


def _agree(given: str, typed: str) -> str:
    """Return the unit, as typed behind the value or else by itself. Raises Refused for two."""
    if typed and given.strip() and fold_unit(typed) != fold_unit(given):
        raise Refused(
            translate(
                "labs",
                "The value has the unit {typed}, but the unit field says {given}. Which "
                "one is on the report?",
            ).format(typed=typed, given=given.strip())
        )
    return typed or given.strip()


def question_result(
    result: LabResult,
    existing: Sequence[LabResult],
    calendar_today: date,
    *,
    catalogue: Catalogue = BUILT_IN,
    confirmed: bool = False,
) -> None:
    """Raise Refused for a day to come, NeedsConfirmation for what is likelier a slip.

    That is a duplicate, a range in another unit, and an implausible value.

    `existing` are all results in the journal, oldest first; `confirmed` answers the questions.
    """
    refuse_future(result.collected, calendar_today)
    if confirmed:
        return
    question_duplicate(result, existing)
    analyte = catalogue.find(result.catalogue_id)
    question_range(result, analyte)
    same_test = [
        other
        for other in existing
        if (other.analyte, other.assay) == (result.analyte, result.assay)
        and other.id != result.id
        and other.collected <= result.collected
    ]
    question_plausibility(result, analyte, same_test)


def question_range(result: LabResult, analyte: Analyte) -> None:
    """Raise NeedsConfirmation where the range names another unit than the value stands in.

    A lab prints both in one unit, so that the value's is likelier to be the slip.
    """
    if result.canonical is None:
        return
    given = analyte.conversion(result.unit)
    others = {
        fold_unit(conversion.unit): conversion.unit
        for conversion in analyte.conversions
        if (conversion.factor, conversion.offset) != (given.factor, given.offset)
    }
    named = units_in_range(result.range_text)
    other = next((others[unit] for unit in named if unit in others), None)
    if other is not None and fold_unit(result.unit) not in named:
        raise NeedsConfirmation(
            translate(
                "labs",
                "The range is in {other}, but the value is in {unit}. Are both as on the report?",
            ).format(other=display_unit(other), unit=display_unit(result.unit))
        )


def question_plausibility(
    result: LabResult, analyte: Analyte, earlier: Sequence[LabResult]
) -> None:
    """Raise NeedsConfirmation where a slip of unit or comma is likelier than the value itself.

    `earlier` are the person's results of the same analyte and assay, oldest first. Limits: CRP over
    500 or under 0.1 mg/L, and thirty times or a thirtieth of the result before.
    """
    if result.value.is_censored or not result.canonical:
        return
    figure, unit = result.canonical, display_unit(result.canonical_unit)
    too_high = analyte.implausible_above is not None and figure > analyte.implausible_above
    too_low = analyte.implausible_below is not None and figure < analyte.implausible_below
    before = [other for other in earlier if not other.value.is_censored and other.canonical]
    last = before[-1].canonical if before else None
    jump = last is not None and (
        figure > EXACT.multiply(last, Decimal(30)) or EXACT.multiply(figure, Decimal(30)) < last
    )
    if too_high or too_low or jump:
        since = (
            translate("labs", " Your last result was {last}.").format(
                last=before[-1].canonical_text
            )
            if jump
            else ""
        )
        seldom = translate("labs", "{printed} is seldom seen for {test}.").format(
            printed=result.printed_with_unit, test=analyte.label
        )
        converted = (
            ""
            if result.canonical_unit == result.unit
            else translate("labs", " It is {figure} {unit}.").format(
                figure=plain(figure), unit=unit
            )
        )
        asked = translate("labs", " Check the number and the unit on the report.")
        raise NeedsConfirmation(seldom + converted + since + asked)


def question_duplicate(result: LabResult, existing: Sequence[LabResult]) -> None:
    """Raise NeedsConfirmation when the same value of the same test is there for the same day."""
    for other in existing:
        if other.id != result.id and means_the_same(other, result):
            raise NeedsConfirmation(
                translate("labs", "You already have this result: {printed} on {day}.").format(
                    printed=other.printed_with_unit, day=short_date(other.collected)
                )
            )
