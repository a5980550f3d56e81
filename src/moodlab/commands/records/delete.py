"""``delete`` and ``put-back``: into the bin by an id, and out of it."""

from collections.abc import Callable, Mapping
from functools import partial

from moodlab.commands.command import Answer, Place, argument, command
from moodlab.domain.changes import Changes
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
    """Delete what has this id; `list`, `day` and `check` name ids."""
    with place.open_journal() as journal:
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


def find_kind(journal: Journal, row_id: str) -> str:
    """Return the table that holds this id. Raises Refused if none does."""
    kind = journal.table_of(row_id)
    if kind is None:
        raise Refused(translate("bin", "Nothing in the journal has the id {id}.").format(id=row_id))
    return kind


@command("put-back", [argument("id")])
def put_back(place: Place, id: str) -> Answer:
    """Put back what is in the bin; `list bin` names ids, and a day for its note."""
    with place.open_journal() as journal:
        item = next((each for each in journal.bin.read() if each.key == id), None)
        if item is None:
            raise Refused(translate("bin", "Nothing in the bin has the id {id}.").format(id=id))
        journal.bin.put_back(item)
    return Answer(
        translate("bin", "Put back: {words}.").format(words=item.words),
        {"id": id, "kind": item.table},
    )
