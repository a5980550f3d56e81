"""``lab``: save one blood result as printed."""

from moodlab.commands.command import Answer, Place, argument, command, flag, option
from moodlab.commands.records.shown import lab_data
from moodlab.domain.days import parse_day, short_date
from moodlab.domain.errors import Refused
from moodlab.domain.ids import new_id
from moodlab.domain.labs.entry import LabEntry, question_result, read_entry
from moodlab.domain.labs.results import LabResult, parse_context
from moodlab.i18n import translate
from moodlab.report.page.lab_list import lab_text, test_name


@command(
    "lab",
    [
        argument("day"),
        argument("analyte"),
        argument("value"),
        argument("unit", required=False),
        option("--range", "TEXT", "The lab's own reference range, as printed."),
        option("--lab", "NAME", "The laboratory."),
        option("--method", "TEXT", "The method, as printed."),
        option("--context", "LIST", "Circumstances of the draw: infection, fasting …"),
        option("--note", "TEXT", "A note of your own."),
        flag("--include", "Count it in summaries, whatever the context."),
        flag("--exclude", "Leave it out of summaries, but show it."),
    ],
)
def lab(
    place: Place,
    day: str,
    analyte: str,
    value: str,
    unit: str | None,
    include: bool,
    exclude: bool,
    **texts: str | None,
) -> Answer:
    """Save a blood result exactly as the lab printed it."""
    if include and exclude:
        raise Refused(translate("labs", "Use either --include or --exclude, not both."))
    with place.open_journal() as journal:
        entry = LabEntry(
            collected=parse_day(day, journal.today()),
            test=analyte,
            value=value,
            unit=unit or "",
            range_text=texts["range"] or "",
            lab=texts["lab"] or "",
            method=texts["method"] or "",
            context=parse_context(texts["context"] or ""),
            excluded=True if exclude else False if include else None,
            note=texts["note"] or "",
        )
        catalogue = journal.labs.catalogue()
        result = read_entry(entry, new_id(), catalogue=catalogue, confirmed=place.confirmed)
        question_result(
            result,
            journal.labs.read_all(),
            journal.calendar_today(),
            catalogue=catalogue,
            confirmed=place.confirmed,
        )
        journal.labs.save(result)
    return Answer(_echo(result), lab_data(result))


def _echo(result: LabResult) -> str:
    aside = translate("labs", " Left out of summaries.") if result.excluded else ""
    return (
        translate("labs", "Saved: {test} {value}, {day}.").format(
            test=test_name(result), value=lab_text(result), day=short_date(result.collected)
        )
        + aside
    )
