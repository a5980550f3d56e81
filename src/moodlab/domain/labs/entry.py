"""From what is copied off a lab report to a LabResult, with the questions worth asking first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from moodlab.domain.days import refuse_future, short_date
from moodlab.domain.errors import AlreadyThere, NeedsConfirmation, Refused
from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.labs.catalogue import BUILT_IN, Catalogue
from moodlab.domain.labs.printed_values import parse_value, read_typed_value
from moodlab.domain.labs.reference_ranges import units_in_range
from moodlab.domain.labs.results import LabResult, means_the_same, presets_excluded
from moodlab.domain.labs.units import EXACT, fold_unit
from moodlab.i18n import translate

# A larger change is likelier a slip; a real one, as in an infection, is confirmed.
MOST_TIMES = Decimal(30)


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

    That is a duplicate, a range in another unit, and a very large change.

    `existing` are all results in the journal, oldest first; `confirmed` answers the questions.
    """
    refuse_future(result.collected, calendar_today)
    if confirmed:
        return
    question_duplicate(result, existing)
    analyte = catalogue.find(result.catalogue_id)
    question_range(result, analyte)
    question_change(result, analyte, existing)


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


def question_change(result: LabResult, analyte: Analyte, existing: Iterable[LabResult]) -> None:
    """Raise NeedsConfirmation where the change is so large that a slip of unit or comma is likely.

    That is more than thirty times the result of the same test before it, or less than a thirtieth;
    where none was before, the next one counts. `existing` are in the order of their days.
    """
    other = _nearest(result, existing)
    if other is None or result.value.is_censored or not result.canonical or not other.canonical:
        return
    low, high = sorted((result.canonical, other.canonical))
    if high <= EXACT.multiply(low, MOST_TIMES):
        return
    printed = result.printed_with_unit
    if result.is_converted:
        printed = f"{printed} (= {result.canonical_text})"
    which = (
        translate("labs", "your last {test}")
        if other.collected <= result.collected
        else translate("labs", "your {test} of {day}")
    ).format(test=analyte.label, day=short_date(other.collected))
    raise NeedsConfirmation(
        translate(
            "labs", "This is very different from {which}, {before}. Is {printed} correct?"
        ).format(which=which, before=other.canonical_text, printed=printed)
    )


def _nearest(result: LabResult, existing: Iterable[LabResult]) -> LabResult | None:
    """Return the last figure of the same test up to the day of `result`, or else the first one."""
    same = [
        other
        for other in existing
        if other.catalogue_id == result.catalogue_id
        and other.id != result.id
        and other.canonical
        and not other.value.is_censored
    ]
    earlier = [other for other in same if other.collected <= result.collected]
    return earlier[-1] if earlier else next(iter(same), None)


def question_duplicate(result: LabResult, existing: Sequence[LabResult]) -> None:
    """Raise AlreadyThere when the same value of the same test is there for the same day."""
    for other in existing:
        if other.id != result.id and means_the_same(other, result):
            raise AlreadyThere(translate("labs", "You already have this result. Save it again?"))
