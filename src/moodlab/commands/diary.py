"""``log``, ``event`` and ``ask``: the diary from the command line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from moodlab.commands.command import Answer, Place, argument, command, flag, option, read_day
from moodlab.domain.days import (
    long_date,
    parse_any_day,
    parse_day,
    refuse_future,
    refuse_odd_day,
    short_date,
    timeliness,
)
from moodlab.domain.errors import Refused
from moodlab.domain.events import Event, Question, question_repeat, question_same_event
from moodlab.domain.ids import new_id
from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import MANUAL, PAPER, DayState, parse_rating, value_text
from moodlab.domain.texts import refuse_long
from moodlab.i18n import translate
from moodlab.store.journal import Journal


@dataclass(frozen=True, slots=True)
class Write:
    """One checked part of a `log` call: its subject, its words, and the write itself.

    `value` is as it is said; `number` is the same as a number with its unit, for a rating.
    """

    about: str
    words: str
    value: str | int | None
    run: Callable[[Journal, date], object]
    number: Mapping[str, object] | None = None
    clears: bool = False


@command(
    "log",
    [
        argument("day"),
        argument("values", many=True),
        flag("--from-paper", "The ratings stand on a sheet that was filled in by hand."),
    ],
)
def log(place: Place, day: str, values: Sequence[str], from_paper: bool) -> Answer:
    """Save ratings of a day: METRIC=VALUE …, unwell, paused, resumed, empty or note=TEXT."""
    source = PAPER if from_paper else MANUAL
    with place.open_journal() as journal:
        when = parse_any_day(day, journal.today())
        writes = [_read_write(journal, text, source) for text in values]
        # What is there can always be cleared, such as on a day that a wrong clock made.
        if journal.days.next_held(when) != when or not all(write.clears for write in writes):
            refuse_odd_day(when)
            refuse_future(when, journal.calendar_today())
        _refuse_contradictions(writes)
        with journal.ledger.batch("log") as batch:
            for write in writes:
                write.run(journal, when)
            late = timeliness(when, batch.recorded.day).value
    saved = ", ".join(write.words for write in writes)
    form = (
        translate("log", "Saved for {day}, from paper: {saved}.")
        if from_paper
        else translate("log", "Saved for {day}: {saved}.")
    )
    return Answer(
        form.format(day=long_date(when), saved=saved),
        {
            "day": when.isoformat(),
            "recorded": late,
            "source": source,
            "saved": {write.about: write.value for write in writes},
            "values": {write.about: write.number for write in writes if write.number is not None},
        },
    )


def _read_write(journal: Journal, text: str, source: str) -> Write:
    name, equals, value = text.partition("=")
    if not equals:
        return _read_word(name)
    if name.strip().lower() == "note":
        return Write(
            "note", translate("log", "note"), value,
            lambda journal, day: journal.days.write_note(day, value),
            clears=not value.strip(),
        )  # fmt: skip
    if name.strip().lower() == "for_doctor":
        return _read_tick(value)
    metric = journal.find_metric(name)
    match value.strip().lower():
        case "clear":
            return Write(
                metric.id, translate("log", "{label} cleared").format(label=metric.label), None,
                lambda journal, day: journal.days.clear(day, metric.id),
                clears=True,
            )  # fmt: skip
        case "unable":
            return Write(
                metric.id, translate("log", "{label} could not say").format(label=metric.label),
                "unable",
                lambda journal, day: journal.days.rate(day, metric.id, None, source=source),
            )  # fmt: skip
    thousandths = parse_rating(metric, value)
    shown = value_text(metric, thousandths)
    return Write(
        metric.id, f"{metric.label} {shown}", shown,
        lambda journal, day: journal.days.rate(day, metric.id, thousandths, source=source),
        {"value": _in_unit(thousandths), "unit": metric.unit or None},
    )  # fmt: skip


def _read_tick(value: str) -> Write:
    ticked = value.strip().lower()
    if ticked not in ("yes", "no"):
        raise Refused(translate("log", "for_doctor takes yes or no."))
    return Write(
        "note_for_doctor", translate("log", "note for the doctor: {tick}").format(tick=ticked),
        ticked,
        lambda journal, day: journal.days.write_note(
            day, journal.days.read_day(day).note, for_doctor=ticked == "yes"
        ),
    )  # fmt: skip


def _in_unit(thousandths: int) -> int | float:
    return thousandths / THOUSAND if thousandths % THOUSAND else thousandths // THOUSAND


def _read_word(word: str) -> Write:
    match word.strip().lower():
        case "unwell":
            return Write(
                "state", translate("log", "too unwell to log"), "unwell",
                lambda journal, day: journal.days.mark(day, DayState.UNWELL),
            )  # fmt: skip
        case "paused":
            return Write(
                "state", translate("log", "paused"), "paused",
                lambda journal, day: journal.days.mark(day, DayState.PAUSED),
            )  # fmt: skip
        case "empty":
            return Write(
                "left_empty", translate("log", "left empty"), "yes",
                lambda journal, day: journal.days.leave_empty(day),
            )  # fmt: skip
        case "resumed":
            return Write(
                "state", translate("log", "resumed"), None,
                lambda journal, day: journal.pauses.resume(day),
                clears=True,
            )  # fmt: skip
    raise Refused(
        translate(
            "log",
            "I can't read “{word}”. Use metric=value, unwell, paused, resumed, empty, note=text or"
            " for_doctor=yes.",
        ).format(word=word)
    )


def _refuse_contradictions(writes: Sequence[Write]) -> None:
    about = [write.about for write in writes]
    for name in about:
        if about.count(name) > 1:
            raise Refused(
                translate("log", "“{name}” appears twice. Give it once.").format(name=name)
            )


@command(
    "event",
    [
        argument("day"),
        argument("text"),
        option("--to", "DAY", "The last day, for a span of days."),
        option("--with", "WHOM", "With whom an appointment is."),
        flag("--appointment", "A visit to a doctor; the page then covers the time since."),
    ],
)
def event(
    place: Place, day: str, text: str, to: str | None, *, appointment: bool, **others: str | None
) -> Answer:
    """Save an event or an appointment on a day or over several days."""
    with place.open_journal() as journal:
        first, last = parse_day(day, journal.today()), read_day(journal, to)
        if last is not None and last < first:
            raise Refused(
                translate(
                    "events", "The last day ({last}) is before the first day ({first})."
                ).format(last=short_date(last), first=short_date(first))
            )
        words = _read_words(text)
        until = None if last == first else last
        whom = " ".join((others["with"] or "").split())
        saved = Event(new_id(), first, words, until, appointment, whom)
        if not place.confirmed:
            question_same_event(saved, journal.events.read_events())
        journal.events.save_event(saved)
    return Answer(
        translate("events", "Saved: {text}, {day}.").format(text=words, day=short_date(first)),
        {
            "id": saved.id,
            "from": first.isoformat(),
            "to": (last or first).isoformat(),
            "appointment": appointment,
            "text": words,
            "with": whom or None,
        },
    )


@command("ask", [argument("text")])
def ask(place: Place, text: str) -> Answer:
    """Save a question for the next visit. The page lists the first three open ones."""
    words = _read_words(text)
    with place.open_journal() as journal:
        question = Question(new_id(), journal.today(), words)
        if not place.confirmed:
            question_repeat(question, journal.events.read_questions())
        journal.events.ask(question)
    return Answer(
        translate("events", "Saved for the visit: {text}").format(text=words),
        {"id": question.id, "text": words},
    )


def _read_words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Refused(translate("events", "Nothing to save. Write a few words."))
    refuse_long(words)
    return words
