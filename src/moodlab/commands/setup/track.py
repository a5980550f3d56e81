"""``track``: what is asked, and metrics of one's own."""

from collections.abc import Callable, Mapping, Sequence

import click

from moodlab.commands.command import Answer, Place, argument, command, option
from moodlab.commands.records.shown import data_of, list_in_words, show_metric
from moodlab.domain.errors import Refused
from moodlab.domain.metrics import Direction, Every, Kind, Metric, TrackedMetric
from moodlab.domain.tracking.own_metrics import (
    make_metric,
    parse_direction,
    parse_every,
    parse_metric_kind,
    question_many,
    renamed,
)
from moodlab.i18n import translate
from moodlab.store.journal import Journal

_NAMES_TAKEN = {"list": 0, "add": 1, "stop": 1, "resume": 1, "rename": 2, "every": 2}


@command(
    "track",
    [
        argument("action"),
        argument("names", many=True, required=False),
        option("--kind", "KIND", "For add: rating (0 to 10), number, hours or yesno."),
        option("--unit", "UNIT", "For add: the unit of a number."),
        option("--direction", "DIRECTION", "For add: higher_worse, higher_better or neutral."),
        option("--low", "TEXT", "For add: what 0 stands for."),
        option("--high", "TEXT", "For add: what 10 stands for."),
        option("--every", "DAY|WEEK|MONTH", "For add and resume: how often it is asked."),
    ],
)
def track(place: Place, action: str, names: Sequence[str], **texts: str | None) -> Answer:
    """Choose what is asked: list, add, stop, resume, rename, every, order or short."""
    verb = action.strip().lower()
    _refuse_wrong_use(verb, names, texts)
    with place.open_journal(read_only=verb == "list") as journal:
        if verb in _ABOUT_SEVERAL:
            metrics = [journal.find_metric(name) for name in names]
            _ABOUT_SEVERAL[verb](journal, [metric.id for metric in metrics])
        else:
            metrics = _run(journal, verb, names, texts, confirmed=place.confirmed)
        changed = {metric.id for metric in metrics}
        own = [metric.id for metric in journal.days.read_own_metrics()]
        rows = [
            show_metric(tracked, journal.today(), own)
            for tracked in journal.read_metrics()
            if verb in ("list", "order") or tracked.metric.id in changed
        ]
    said = list_in_words(rows, translate("track", "Nothing is tracked."))
    return Answer(
        said if verb == "list" else translate("track", "Saved: {metrics}").format(metrics=said),
        {"metrics": data_of(rows)},
        only_tells=verb == "list",
    )


def _refuse_wrong_use(verb: str, names: Sequence[str], texts: dict[str, str | None]) -> None:
    if verb not in _ABOUT_SEVERAL and verb not in _NAMES_TAKEN:
        raise click.UsageError(
            translate("track", "track takes {verbs}.").format(
                verbs=", ".join((*_NAMES_TAKEN, *_ABOUT_SEVERAL))
            )
        )
    fits = bool(names) if verb in _ABOUT_SEVERAL else len(names) == _NAMES_TAKEN[verb]
    if not fits:
        raise click.UsageError(
            translate("track", "track {verb} has the wrong number of names.").format(verb=verb)
        )
    given = {name for name, text in texts.items() if text is not None}
    if given - ({"every"} if verb == "resume" else set(texts) if verb == "add" else set()):
        raise click.UsageError(
            translate("track", "Only track add takes options, and track resume --every.")
        )


def _run(
    journal: Journal,
    verb: str,
    names: Sequence[str],
    texts: dict[str, str | None],
    *,
    confirmed: bool,
) -> list[Metric]:
    """Do what `verb` says; return the metric that it changed."""
    if verb == "list":
        return []
    tracked = journal.read_metrics()
    known = [each.metric for each in tracked]
    metric = _read_new(names[0], texts, known) if verb == "add" else journal.find_metric(names[0])
    every = parse_every(texts["every"]) if texts["every"] else metric.every
    match verb:
        case "add":
            question_many(tracked, metric, journal.today(), confirmed=confirmed)
            journal.metrics.add(metric, journal.today())
        case "rename":
            journal.metrics.change(renamed(metric, names[1], known))
        case "every":
            every = parse_every(names[1])
            if _is_asked(tracked, metric, journal):
                asked = metric._replace(every=every)
                question_many(tracked, asked, journal.today(), confirmed=confirmed)
            journal.metrics.ask_every(metric.id, every)
        case "stop":
            if not journal.metrics.stop(metric.id, journal.today()):
                _refuse(translate("track", "{label} is not asked."), metric)
        case "resume":
            asked = metric._replace(every=every)
            question_many(tracked, asked, journal.today(), confirmed=confirmed)
            with journal.ledger.batch("resume metric"):
                resumed = journal.metrics.resume(metric.id, journal.today())
                if not (journal.metrics.ask_every(metric.id, every) or resumed):
                    _refuse(translate("track", "{label} is asked already."), metric)
    return [metric]


def _read_new(name: str, texts: dict[str, str | None], known: Sequence[Metric]) -> Metric:
    direction = texts["direction"]
    return make_metric(
        name,
        parse_metric_kind(texts["kind"]) if texts["kind"] else Kind.SCALE,
        parse_direction(direction) if direction else Direction.NEUTRAL,
        known,
        unit=texts["unit"] or "",
        low=texts["low"] or "",
        high=texts["high"] or "",
        every=parse_every(texts["every"]) if texts["every"] else Every.DAY,
    )


def _is_asked(tracked: Sequence[TrackedMetric], metric: Metric, journal: Journal) -> bool:
    today = journal.today()
    return any(each.metric.id == metric.id and each.goes_on(today) for each in tracked)


def _refuse(sentence: str, metric: Metric) -> None:
    raise Refused(sentence.format(label=metric.shown_label))


def _order(journal: Journal, first: Sequence[str]) -> None:
    """Let these stand first; the others follow as they stood."""
    if len(set(first)) < len(first):
        raise Refused(translate("track", "A name appears twice. Give it once."))
    others = [
        tracked.metric.id for tracked in journal.read_metrics() if tracked.metric.id not in first
    ]
    journal.metrics.order([*first, *others])


def _shorten(journal: Journal, chosen: Sequence[str]) -> None:
    journal.metrics.shorten(chosen)


_ABOUT_SEVERAL: Mapping[str, Callable[[Journal, Sequence[str]], None]] = {
    "order": _order,
    "short": _shorten,
}
