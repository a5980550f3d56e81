"""``track``: what is asked, and metrics of one's own."""

from collections.abc import Sequence

import click

from moodlab.commands.command import Answer, Place, argument, command, option
from moodlab.commands.records.shown import data_of, list_in_words, show_metric
from moodlab.domain.errors import Refused
from moodlab.domain.metrics import Direction, Kind, Metric
from moodlab.domain.tracking.own_metrics import (
    make_metric,
    parse_direction,
    parse_metric_kind,
    renamed,
)
from moodlab.i18n import translate
from moodlab.store.journal import Journal

_NAMES_TAKEN = {"list": 0, "add": 1, "stop": 1, "resume": 1, "rename": 2}


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
    ],
)
def track(place: Place, action: str, names: Sequence[str], **texts: str | None) -> Answer:
    """Choose what is asked: list, add, stop, resume, rename or order."""
    verb = action.strip().lower()
    _refuse_wrong_use(verb, names, texts)
    with place.open_journal(read_only=verb == "list") as journal:
        metrics = list(filter(None, [_run(journal, verb, names, texts)]))
        if verb == "order":
            metrics = [journal.find_metric(name) for name in names]
            _order(journal, [metric.id for metric in metrics])
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
    if verb != "order" and verb not in _NAMES_TAKEN:
        raise click.UsageError(
            translate("track", "track takes list, add, stop, resume, rename or order.")
        )
    fits = bool(names) if verb == "order" else len(names) == _NAMES_TAKEN[verb]
    if not fits:
        raise click.UsageError(
            translate("track", "track {verb} has the wrong number of names.").format(verb=verb)
        )
    if verb != "add" and any(text is not None for text in texts.values()):
        raise click.UsageError(translate("track", "Only track add takes options."))


def _run(
    journal: Journal, verb: str, names: Sequence[str], texts: dict[str, str | None]
) -> Metric | None:
    """Do what `verb` says; return the metric that it changed."""
    known = [tracked.metric for tracked in journal.read_metrics()]
    match verb:
        case "add":
            kind = parse_metric_kind(texts["kind"]) if texts["kind"] else Kind.SCALE
            direction = texts["direction"]
            metric = make_metric(
                names[0],
                kind,
                parse_direction(direction) if direction else Direction.NEUTRAL,
                known,
                unit=texts["unit"] or "",
                low=texts["low"] or "",
                high=texts["high"] or "",
            )
            journal.metrics.add(metric, journal.today())
            return metric
        case "rename":
            metric = renamed(journal.find_metric(names[0]), names[1], known)
            journal.metrics.change(metric)
            return metric
        case "stop":
            metric = journal.find_metric(names[0])
            if not journal.metrics.stop(metric.id, journal.today()):
                _refuse(translate("track", "{label} is not asked."), metric)
            return metric
        case "resume":
            metric = journal.find_metric(names[0])
            if not journal.metrics.resume(metric.id, journal.today()):
                _refuse(translate("track", "{label} is asked already."), metric)
            return metric
    return None


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
