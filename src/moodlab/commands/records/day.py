"""``day``: everything that is known about one day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from moodlab.commands.command import Answer, Place, argument, command, flag
from moodlab.commands.records import shown
from moodlab.commands.records.shown import Shown
from moodlab.domain.days import Period, long_date, parse_any_day, timeliness
from moodlab.domain.history.day_changes import change_words, written_words
from moodlab.domain.metrics import THOUSAND, Metric
from moodlab.domain.ratings import PAPER, DayRecord, Rating, value_text
from moodlab.domain.treatments import Dose, Taking, Treatment
from moodlab.i18n import translate
from moodlab.store.journal import Journal


@command(
    "day",
    [argument("day"), flag("--history", "Show what stood there before, and when it was written.")],
)
def day(place: Place, day: str, history: bool) -> Answer:
    """Show everything that is known about a day."""
    with place.open_journal(read_only=True) as journal:
        when = parse_any_day(day, journal.today())
        ratings = _read_ratings(journal, when)
        record = journal.days.read_day(when)
        others = _read_others(journal, when)
        changes = list(_read_changes(journal, when)) if history else []
    said = [*_said(record), *(words for words, _ in ratings)]
    said += [words for _, rows in others for words, _ in rows]
    lines = said or [translate("day", "Nothing is known about this day.")]
    data: dict[str, Any] = {
        "day": when.isoformat(),
        "state": record.state and record.state.value,
        "note": record.note,
        "note_for_doctor": record.note_for_doctor,
        "left_empty": record.left_empty,
        "ratings": shown.data_of(ratings),
    }
    data |= {name: shown.data_of(rows) for name, rows in others}
    if history:
        lines += ["", shown.list_in_words(changes, translate("day", "Nothing was ever written."))]
        data["history"] = shown.data_of(changes)
    return Answer("\n".join([long_date(when), *lines]), data, only_tells=True)


def _read_ratings(journal: Journal, day: date) -> list[Shown]:
    given = journal.days.read_ratings(day, day)
    metrics = [tracked.metric for tracked in journal.read_metrics()]
    return [_rating(metric, given[metric.id][0]) for metric in metrics if metric.id in given]


def _rating(metric: Metric, rating: Rating) -> Shown:
    number = rating.value
    text = translate("day", "could not say") if number is None else value_text(metric, number)
    moment = rating.recorded and rating.recorded.local
    form = (
        translate("day", "from paper, typed {moment}")
        if rating.source == PAPER
        else translate("day", "written {moment}")
    )
    written = (
        translate("day", "time of writing unknown")
        if moment is None
        else form.format(moment=f"{moment:%Y-%m-%d %H:%M}")
    )
    exact = None if number is None else number / THOUSAND if number % THOUSAND else number // 1000
    return f"{metric.shown_label} {text} ({written})", {
        "metric": metric.id,
        "label": metric.shown_label,
        "value": exact,
        "unit": metric.unit or None,
        "text": text,
        "unable": number is None,
        "written": moment and moment.isoformat(timespec="seconds"),
        "recorded": rating.timeliness.value,
        "source": rating.source,
    }


def _said(record: DayRecord) -> Iterable[str]:
    if record.state is not None:
        words = {
            "unwell": translate("day", "Too unwell to log"),
            "paused": translate("day", "Paused"),
        }
        yield words[record.state.value]
    if record.left_empty:
        yield translate("day", "Left empty")
    if record.note:
        about = (
            translate("day", "Note, for the doctor: {note}")
            if record.note_for_doctor
            else translate("day", "Note: {note}")
        )
        yield about.format(note=record.note)


def _read_others(journal: Journal, day: date) -> list[tuple[str, list[Shown]]]:
    courses = journal.treatments.read_all()
    names = {course.id: course.name for course in courses}
    doses = [_dose(course, dose) for course in courses if (dose := course.dose_on(day)) is not None]
    takings = [
        _taking(names.get(each.treatment, ""), each)
        for each in journal.treatments.read_takings()
        if each.day == day
    ]
    events = [each for each in journal.events.read_events() if each.touches(Period(day, day))]
    labs = [each for each in journal.labs.read_all() if each.collected == day]
    asked = [each for each in journal.events.read_questions() if each.asked_day == day]
    totals = [each for each in journal.questionnaires.read_all() if each.day == day]
    return [
        ("events", [shown.show_event(each) for each in events]),
        ("doses", doses),
        ("as_needed", takings),
        ("draws", [shown.show_lab(each) for each in labs]),
        ("questions", [shown.show_question(each) for each in asked]),
        ("questionnaires", [shown.show_questionnaire(each) for each in totals]),
        (
            "measures",
            [shown.show_measure(each) for each in journal.questionnaires.read_measures(day, day)],
        ),
    ]


def _read_changes(journal: Journal, day: date) -> Iterable[Shown]:
    """Yield what was written, changed or taken away, latest first."""
    names = journal.step_names()
    for change in journal.day_history.read(day):
        words = change_words(change, names)
        said = translate("day", "{what}: {after}, was {before} ({written})").format(
            what=words.what,
            after=words.after,
            before=words.before,
            written=written_words(change, day),
        )
        yield (
            said,
            {
                "id": change.key,
                "kind": change.change.table,
                "what": words.what,
                "before": None if change.is_first else words.before,
                "after": None if change.is_last else words.after,
                "written": change.recorded.local.isoformat(timespec="seconds"),
                "recorded": timeliness(day, change.recorded.day).value,
                "can_be_put_back": change.can_return,
            },
        )


def _dose(course: Treatment, dose: Dose) -> Shown:
    return f"{course.name} {dose.text}".rstrip(), {
        "id": dose.id,
        "treatment": course.id,
        "name": course.name,
        "text": dose.text,
        "from": dose.first_day.isoformat(),
    }


def _taking(name: str, taking: Taking) -> Shown:
    words = translate("day", "{name}, as needed {text}").format(name=name, text=taking.text)
    return words.rstrip(), {
        "id": taking.id,
        "treatment": taking.treatment,
        "name": name,
        "text": taking.text,
    }
