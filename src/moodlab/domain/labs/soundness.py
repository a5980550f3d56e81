"""What a blood result and a test of one's own can be, however they came in."""

from decimal import Decimal

from moodlab.domain.days import refuse_odd_day
from moodlab.domain.errors import Refused
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.catalogue import LONGEST_LABEL
from moodlab.domain.labs.printed_values import parse_value
from moodlab.domain.labs.results import LabResult, parse_context
from moodlab.domain.texts import LONGEST_NOTE, refuse_long
from moodlab.i18n import translate

# A printed number has at most 36 digits, and a factor 24.
_MOST_DIGITS = 60
# All that a lab says about a result, put together.
_LONGEST_REMARK = 5 * LONGEST_NOTE


def refuse_odd_result(result: LabResult) -> None:
    """Raise Refused for a result that no lab prints: its day, value, number or texts can't be."""
    for day in (result.collected, result.reported):
        if day is not None:
            refuse_odd_day(day)
    value = result.value
    if not value.text.strip():
        raise Refused(translate("labs", "The result has no value."))
    for text in (value.text, result.unit, result.canonical_unit, value.flag):
        refuse_long(text)
    for text in (
        result.range_text, result.lab, result.method, result.specimen, result.note, result.loinc,
        result.analyte, result.assay or "", result.source, result.identifier,
        result.status, result.issued,
    ):  # fmt: skip
        refuse_long(text, LONGEST_NOTE)
    refuse_long(result.remark, _LONGEST_REMARK)
    for number in (value.number, result.canonical):
        if number is not None and not _is_printable(number):
            raise Refused(
                translate("labs", "“{number}” is not a number that a lab prints.").format(
                    number=str(number)[:_MOST_DIGITS]
                )
            )
    _refuse_other_number(result)
    parse_context(",".join(result.context))


def refuse_odd_analyte(analyte: Analyte) -> None:
    """Raise Refused for a test of one's own whose name or units no field takes."""
    if not analyte.label.strip() or len(analyte.label) > LONGEST_LABEL:
        raise Refused(
            translate("labs", "Enter a test name of up to {most} characters.").format(
                most=LONGEST_LABEL
            )
        )
    for text in (analyte.id, analyte.loinc):
        refuse_long(text)
    for conversion in analyte.conversions:
        refuse_long(conversion.unit)
        refuse_long(conversion.source)


def _is_printable(number: Decimal) -> bool:
    if not number.is_finite():
        return False
    return len(number.as_tuple().digits) <= _MOST_DIGITS and abs(number.adjusted()) <= _MOST_DIGITS


def _refuse_other_number(result: LabResult) -> None:
    """Refuse a number that is not the one in the printed text beside it."""
    try:
        read = parse_value(result.value.text, confirmed=True)
    except Refused:
        return  # a text that only another program writes
    if read.number is not None and read.number != result.value.number:
        raise Refused(
            translate(
                "labs", "The printed value is {text}, but the number kept is {number}."
            ).format(text=result.value.text, number=result.value.number)
        )
