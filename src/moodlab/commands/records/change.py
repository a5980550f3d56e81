"""``change``: change by its id what `lab`, `treatment`, `event`, `ask` … made."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import click

from moodlab.commands.command import Answer, Place, argument, command, option
from moodlab.commands.records import shown
from moodlab.commands.records.delete import find_kind
from moodlab.commands.records.shown import Shown
from moodlab.domain.courses import refuse_odd_course
from moodlab.domain.days import parse_day
from moodlab.domain.errors import Refused
from moodlab.domain.events import answer_question, reopen_question
from moodlab.domain.labs.entry import LabEntry, question_result, read_entry
from moodlab.domain.labs.results import LabResult, parse_context, presets_excluded
from moodlab.domain.metrics import BY_ID
from moodlab.domain.tracking.own_metrics import parse_direction
from moodlab.domain.tracking.questionnaires import read_total
from moodlab.domain.treatments import Treatment, parse_kind
from moodlab.i18n import translate
from moodlab.store.journal import Journal

_END = ("open", "none")


class _Given:
    """The options of one call, which say what they are not good for."""

    def __init__(self, journal: Journal, texts: Mapping[str, str | None], confirmed: bool) -> None:
        self.texts = {name: text for name, text in texts.items() if text is not None}
        self.today = journal.today()
        self.confirmed = confirmed

    def refuse_others(self, *allowed: str) -> None:
        for name in self.texts:
            if name not in allowed:
                raise Refused(
                    translate("change", "--{name} is not part of this. Use {known}.").format(
                        name=name.replace("_", "-"),
                        known=", ".join(f"--{each.replace('_', '-')}" for each in allowed),
                    )
                )

    def text(self, name: str, before: str) -> str:
        return self.texts.get(name, before)

    def line(self, name: str, before: str) -> str:
        return " ".join(self.text(name, before).split())

    def day(self, name: str, before: date) -> date:
        text = self.texts.get(name)
        return before if text is None else parse_day(text, self.today)

    def end(self, before: date | None) -> date | None:
        text = self.texts.get("to")
        if text is None:
            return before
        return None if text.strip().lower() in _END else parse_day(text, self.today)

    def truth(self, name: str, before: bool) -> bool:
        text = self.texts.get(name)
        if text is None:
            return before
        if text.strip().lower() not in ("yes", "no"):
            raise Refused(translate("change", "--{name} takes yes or no.").format(name=name))
        return text.strip().lower() == "yes"


def _change_lab(journal: Journal, row_id: str, given: _Given) -> Shown:
    given.refuse_others(
        "day", "name", "value", "unit", "range", "lab", "method", "context", "note", "excluded"
    )
    known = journal.labs.read_all()
    before = next(each for each in known if each.id == row_id)
    context = parse_context(given.texts["context"]) if "context" in given.texts else before.context
    # A new context presets it anew, as in the window.
    preset = before.excluded if context == before.context else presets_excluded(context)
    result = replace(
        before,
        collected=given.day("day", before.collected),
        range_text=given.line("range", before.range_text),
        lab=given.line("lab", before.lab),
        method=given.line("method", before.method),
        context=context,
        excluded=given.truth("excluded", preset),
        note=given.text("note", before.note).strip(),
    )
    catalogue = journal.labs.catalogue()
    # What a file brought may be printed in a way that nobody would type.
    if given.texts.keys() & {"name", "value", "unit"}:
        result = read_entry(
            _as_typed(result, given),
            row_id,
            catalogue=catalogue,
            earlier=before,
            confirmed=given.confirmed,
        )
    if given.texts.keys() & {"day", "name", "value", "unit", "range"}:
        question_result(
            result,
            known,
            journal.calendar_today(),
            catalogue=catalogue,
            confirmed=given.confirmed,
        )
    journal.labs.save(result)
    return shown.show_lab(result)


def _as_typed(result: LabResult, given: _Given) -> LabEntry:
    return LabEntry(
        collected=result.collected,
        test=given.text("name", result.catalogue_id),
        value=given.text("value", f"{result.value.text} {result.value.flag}".strip()),
        unit=given.text("unit", result.unit),
        range_text=result.range_text,
        lab=result.lab,
        method=result.method,
        context=result.context,
        excluded=result.excluded,
        note=result.note,
    )


def _change_treatment(journal: Journal, row_id: str, given: _Given) -> Shown:
    given.refuse_others("name", "kind", "day", "to", "reason", "noticed")
    before = _find_course(journal, row_id)
    first = given.day("day", before.first_day)
    doses = (replace(before.doses[0], first_day=first), *before.doses[1:])
    changed = replace(
        before,
        name=given.line("name", before.name),
        kind=parse_kind(given.texts["kind"]) if "kind" in given.texts else before.kind,
        last_day=given.end(before.last_day),
        end_reason=given.text("reason", before.end_reason),
        noticed=given.text("noticed", before.noticed),
        doses=doses,
    )
    return _save_course(journal, changed)


def _change_dose(journal: Journal, row_id: str, given: _Given) -> Shown:
    given.refuse_others("dose", "text", "day")
    before = next(
        each
        for each in journal.treatments.read_all()
        if any(dose.id == row_id for dose in each.doses)
    )
    doses = [
        replace(
            dose,
            first_day=given.day("day", dose.first_day),
            text=given.line("dose", given.line("text", dose.text)),
        )
        if dose.id == row_id
        else dose
        for dose in before.doses
    ]
    return _save_course(journal, replace(before, doses=tuple(doses)))


def _save_course(journal: Journal, changed: Treatment) -> Shown:
    refuse_odd_course(changed, journal.treatments.read_all())
    journal.treatments.save(changed)
    return shown.show_treatment(changed, journal.treatments.read_takings())


def _change_taking(journal: Journal, row_id: str, given: _Given) -> Shown:
    given.refuse_others("day", "text", "dose")
    before = next(each for each in journal.treatments.read_takings() if each.id == row_id)
    changed = replace(
        before,
        day=given.day("day", before.day),
        text=given.line("dose", given.line("text", before.text)),
    )
    journal.treatments.save_taking(changed)
    course = _find_course(journal, before.treatment)
    return shown.show_treatment(course, journal.treatments.read_takings())


def _find_course(journal: Journal, row_id: str) -> Treatment:
    found = next((each for each in journal.treatments.read_all() if each.id == row_id), None)
    if found is None:
        raise Refused(translate("change", "That treatment has no dose. Delete it."))
    return found


def _change_event(journal: Journal, row_id: str, given: _Given) -> Shown:
    given.refuse_others("day", "to", "text", "appointment", "with")
    before = next(each for each in journal.events.read_events() if each.id == row_id)
    first, last = given.day("day", before.first_day), given.end(before.last_day)
    changed = replace(
        before,
        first_day=first,
        last_day=None if last == first else last,
        text=given.line("text", before.text),
        is_appointment=given.truth("appointment", before.is_appointment),
        whom=given.line("with", before.whom),
    )
    journal.events.save_event(changed)
    return shown.show_event(changed)


def _change_question(journal: Journal, row_id: str, given: _Given) -> Shown:
    given.refuse_others("day", "text", "answered", "answer", "on_page")
    before = next(each for each in journal.events.read_questions() if each.id == row_id)
    changed = replace(
        before,
        asked_day=given.day("day", before.asked_day),
        text=given.line("text", before.text),
        on_page=given.truth("on_page", before.on_page),
    )
    said = given.texts.get("answered", "yes" if "answer" in given.texts else "").strip().lower()
    if said == "no":
        changed = reopen_question(changed)
    elif said:
        day = (
            (before.answered_day or given.today)
            if said == "yes"
            else given.day("answered", date.min)
        )
        changed = answer_question(changed, day, given.text("answer", before.answer))
    journal.events.ask(changed)
    return shown.show_question(changed)


def _change_questionnaire(journal: Journal, row_id: str, given: _Given) -> Shown:
    given.refuse_others("day", "name", "value", "low", "high")
    before = next(each for each in journal.questionnaires.read_all() if each.id == row_id)
    changed = before._replace(
        day=given.day("day", before.day),
        name=given.line("name", before.name),
        total=read_total(given.text("value", before.total)),
        lowest=_bound(given.text("low", before.lowest)),
        highest=_bound(given.text("high", before.highest)),
    )
    journal.questionnaires.save(changed)
    return shown.show_questionnaire(changed)


def _bound(text: str) -> str:
    return read_total(text) if text.strip() else ""


def _change_metric(journal: Journal, row_id: str, given: _Given) -> Shown:
    given.refuse_others("unit", "direction", "low", "high")
    if row_id in BY_ID:
        raise Refused(
            translate("change", "A built-in metric only has a new name: “moodlab track rename”.")
        )
    before = journal.find_metric(row_id)
    changed = before._replace(
        unit=given.line("unit", before.unit),
        direction=parse_direction(given.texts["direction"])
        if "direction" in given.texts
        else before.direction,
        low_anchor=given.line("low", before.low_anchor),
        high_anchor=given.line("high", before.high_anchor),
    )
    journal.metrics.change(changed)
    tracked = next(each for each in journal.read_metrics() if each.metric.id == row_id)
    return shown.show_metric(tracked, journal.today(), (row_id,))


_DOORS: Mapping[str, Callable[[Journal, str, _Given], Shown]] = {
    "lab_result": _change_lab,
    "treatment": _change_treatment,
    "dose": _change_dose,
    "as_needed": _change_taking,
    "event": _change_event,
    "question": _change_question,
    "questionnaire": _change_questionnaire,
    "metric": _change_metric,
}


@command(
    "change",
    [
        argument("id"),
        click.Option(["--day", "--from"], metavar="DAY", help="The day, or the first day."),
        option("--to", "DAY", "The last day; open for none."),
        option("--text", "TEXT", "The words of an event, a question or a dose."),
        option("--name", "NAME", "The test, treatment or questionnaire."),
        option("--kind", "KIND", "medicine, supplement, therapy, lifestyle, device or other."),
        option("--dose", "TEXT", "The dose in your own words."),
        option("--reason", "TEXT", "Why a treatment ended."),
        option("--noticed", "TEXT", "What was noticed of a treatment."),
        option("--value", "VALUE", "The result as printed, or a total."),
        option("--unit", "UNIT", "The unit of a result or metric."),
        option("--range", "TEXT", "The lab's own reference range, as printed."),
        option("--lab", "NAME", "The laboratory."),
        option("--method", "TEXT", "The method, as printed."),
        option("--context", "LIST", "Circumstances of the draw: infection, fasting …"),
        option("--note", "TEXT", "A note of your own."),
        option("--excluded", "yes|no", "Whether summaries leave the result out."),
        option("--appointment", "yes|no", "Whether an event is a visit to a doctor."),
        option("--answered", "yes|no|DAY", "Whether a question is answered, or on which day."),
        option("--answer", "TEXT", "What was said to a question."),
        option("--on-page", "yes|no", "Whether a question is printed on the page."),
        option("--with", "WHOM", "With whom an appointment is."),
        option("--direction", "DIRECTION", "higher_worse, higher_better or neutral."),
        option("--low", "TEXT", "What 0 stands for, or the lowest total."),
        option("--high", "TEXT", "What 10 stands for, or the highest total."),
    ],
)
def change(place: Place, id: str, **texts: str | None) -> Answer:
    """Change what has this id; what is not given stays as it is."""
    with place.open_journal() as journal:
        kind = find_kind(journal, id)
        door = _DOORS.get(kind)
        if door is None:
            raise Refused(
                translate("change", "That can't be changed. Delete it, and save it anew.")
            )
        given = _Given(journal, texts, place.confirmed)
        if not given.texts:
            raise Refused(translate("change", "Nothing to change. Give an option such as --text."))
        words, data = door(journal, id, given)
    return Answer(
        translate("change", "Saved: {words}.").format(words=words),
        {"id": id, "kind": kind, "now": data},
    )
