"""``delete`` and ``put-back``: into the bin by an id or a day, and out of it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from moodlab.commands.command import Answer, Place, argument, command
from moodlab.domain.changes import Changes
from moodlab.domain.days import parse_any_day
from moodlab.domain.errors import Refused
from moodlab.domain.metrics import BY_ID
from moodlab.i18n import translate
from moodlab.store.journal import Journal


def _doors(journal: Journal) -> Mapping[str, Callable[[str], Changes]]:
    doors: dict[str, Callable[[str], Changes]] = {
        "treatment": journal.treatments.delete,
        "dose": journal.treatments.delete_dose,
        "as_needed": journal.treatments.delete_taking,
        "lab_result": journal.labs.delete,
        "analyte": journal.labs.delete_analyte,
        "metric": journal.metrics.delete,
    }
    for table in ("event", "question"):
        doors[table] = partial(journal.events.delete, table)
    for table in ("questionnaire", "measure", "pin"):
        doors[table] = partial(journal.questionnaires.delete, table)
    return doors


@command("delete", [argument("id")])
def delete(place: Place, id: str) -> Answer:
    """Delete what has this id, or what is a day's own; `list`, `day` and `check` name ids."""
    with place.open_journal() as journal:
        if journal.table_of(id) is None and (day := _day_or_none(journal, id)) is not None:
            return _delete_day(journal, day)
        kind = find_kind(journal, id)
        remove = _doors(journal).get(kind)
        if remove is None:
            raise Refused(translate("bin", "That can't be deleted."))
        if kind == "metric" and id in BY_ID:
            raise Refused(
                translate("bin", "A built-in metric stays. “moodlab track stop” asks no more.")
            )
        remove(id)
    return Answer(
        translate("bin", "Deleted. It is in the bin; “moodlab undo” undoes this."),
        {"id": id, "kind": kind},
    )


def _day_or_none(journal: Journal, text: str) -> date | None:
    """Return the day that an argument names; None where it can only be an id."""
    try:
        return parse_any_day(text, journal.today())
    except Refused:
        return None


def _delete_day(journal: Journal, day: date) -> Answer:
    journal.days.delete(day)
    item = next(each for each in journal.bin.read() if each.key == day.isoformat())
    return Answer(
        translate(
            "bin",
            "Deleted: {words}. Events, treatments and blood results stay. “moodlab undo” undoes "
            "this.",
        ).format(words=item.words),
        {"id": day.isoformat(), "kind": item.table},
    )


def find_kind(journal: Journal, row_id: str) -> str:
    """Return the table that holds this id. Raises Refused if none does."""
    kind = journal.table_of(row_id)
    if kind is None:
        raise Refused(translate("bin", "Nothing in the journal has the id {id}.").format(id=row_id))
    return kind


@command("put-back", [argument("id")])
def put_back(place: Place, id: str) -> Answer:
    """Put back what is in the bin, a deleted day or its note, or an earlier value of a day.

    `list bin` names ids, and `day DAY --history` those of earlier values.
    """
    with place.open_journal() as journal:
        item = next((each for each in journal.bin.read() if each.key == id), None)
        if item is not None:
            journal.bin.put_back(item)
            words, kind = item.words, item.table
        elif journal.day_history.holds(id):
            journal.day_history.put_back(id)
            words, kind = _newest_step_words(journal), "change"
        else:
            raise Refused(translate("bin", "Nothing in the bin has the id {id}.").format(id=id))
    return Answer(
        translate("bin", "Put back: {words}.").format(words=words), {"id": id, "kind": kind}
    )


def _newest_step_words(journal: Journal) -> str:
    from moodlab.domain.history.step_words import step_words

    step = journal.next_undo()
    return "" if step is None else step_words(step, journal.step_names())
