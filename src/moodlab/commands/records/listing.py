"""``list``: what the journal holds of one kind, with ids for `change` and `delete`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import click

from moodlab.commands.command import Answer, Place, argument, command
from moodlab.commands.records import shown
from moodlab.commands.records.shown import Shown
from moodlab.domain.diary import Pin
from moodlab.domain.history.deletions import Deleted
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.metrics import Metric
from moodlab.domain.tracking.conditions import condition_text
from moodlab.i18n import translate
from moodlab.store.journal import Journal


def _treatments(journal: Journal) -> Iterable[Shown]:
    takings = journal.treatments.read_takings()
    return (shown.show_treatment(each, takings) for each in journal.treatments.read_all())


def _metrics(journal: Journal) -> Iterable[Shown]:
    own = [metric.id for metric in journal.days.read_own_metrics()]
    today = journal.today()
    return (shown.show_metric(each, today, own) for each in journal.read_metrics())


def _pins(journal: Journal) -> Iterable[Shown]:
    known = tuple(tracked.metric for tracked in journal.read_metrics())
    return (show_pin(pin, known) for pin in journal.questionnaires.read_pins())


def show_pin(pin: Pin, known: tuple[Metric, ...]) -> Shown:
    """Return a pinned Days when in words and as data; numbers are thousandths of the unit."""
    words = [condition_text(condition, known) for condition in pin.conditions]
    return translate("list", " and ").join(words), {"id": pin.id, "conditions": words}


def _test(test: Analyte) -> Shown:
    units = [conversion.unit for conversion in test.conversions]
    return f"{test.label} ({', '.join(units)})", {
        "id": test.id,
        "label": test.label,
        "units": units,
    }


def _deleted(item: Deleted) -> Shown:
    return f"{item.kind}: {item.words}", {
        "id": item.key,
        "kind": item.table,
        "deleted": item.deleted.day.isoformat(),
        "words": item.words,
    }


_KINDS: Mapping[str, Callable[[Journal], Iterable[Shown]]] = {
    "labs": lambda journal: map(shown.show_lab, journal.labs.read_all()),
    "treatments": _treatments,
    "events": lambda journal: map(shown.show_event, journal.events.read_events()),
    "questions": lambda journal: map(shown.show_question, journal.events.read_questions()),
    "metrics": _metrics,
    "questionnaires": lambda journal: map(
        shown.show_questionnaire, journal.questionnaires.read_all()
    ),
    "measures": lambda journal: map(
        shown.show_measure, journal.questionnaires.read_measures(date.min, date.max)
    ),
    "pins": _pins,
    "tests": lambda journal: map(_test, journal.labs.catalogue().own),
    "bin": lambda journal: map(_deleted, journal.bin.read()),
}


@command("list", [argument("kind")])
def list_(place: Place, kind: str) -> Answer:
    """List labs, treatments, events, questions, metrics … with their ids."""
    name = kind.strip().lower()
    if name not in _KINDS:
        raise click.UsageError(
            translate("list", "I can't list “{kind}”. Use {known}.").format(
                kind=kind, known=", ".join(_KINDS)
            )
        )
    with place.open_journal(read_only=True) as journal:
        rows = list(_KINDS[name](journal))
    return Answer(
        shown.list_in_words(rows, translate("list", "Nothing is entered there.")),
        {"kind": name, "rows": shown.data_of(rows)},
        only_tells=True,
    )
