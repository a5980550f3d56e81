"""Takes sections out of a report before anything is written: no format can then hold them."""

from dataclasses import replace

from moodlab.analysis.overview import Overview
from moodlab.domain.diary import Identity
from moodlab.i18n import translate
from moodlab.report.model import ReportModel


def leave_out(model: ReportModel) -> ReportModel:
    """Return `model` without what its options leave out."""
    has = model.options.has
    return replace(
        model,
        identity=model.identity if has("name") else Identity(),
        labs=model.labs if has("labs") else (),
        draws=model.draws if has("labs") and has("draws") else (),
        treatments=model.treatments if has("treatments") else (),
        eras=model.eras if has("treatments") and has("doses") else (),
        events=model.events if has("events") else (),
        questions=model.questions if has("questions") else (),
        notes=model.notes if has("notes") else (),
        days_when=model.days_when if has("days-when") else (),
        weeks=model.weeks if has("weeks") else (),
        questionnaires=model.questionnaires if has("questionnaires") else (),
        overview=_leave_out_of(model.overview, model),
    )


def describe_contents(model: ReportModel) -> str:
    """Return everything that leaves with the file, counted."""
    one, many = 0, 1
    counted = (
        (
            len(model.metrics),
            translate("report", "1 kind of rating"),
            translate("report", "{n} kinds of rating"),
        ),
        (
            len(model.labs),
            translate("report", "1 blood result"),
            translate("report", "{n} blood results"),
        ),
        (
            len(model.treatments),
            translate("report", "1 treatment"),
            translate("report", "{n} treatments"),
        ),
        (len(model.events), translate("report", "1 event"), translate("report", "{n} events")),
        (
            len(model.printed_questions),
            translate("report", "1 question"),
            translate("report", "{n} questions"),
        ),
        (len(model.notes), translate("report", "1 note"), translate("report", "{n} notes")),
        (
            len(model.questionnaires),
            translate("report", "1 questionnaire total"),
            translate("report", "{n} questionnaire totals"),
        ),
    )
    parts = [texts[many if n > 1 else one].format(n=n) for n, *texts in counted if n]
    identity = (
        (model.identity.name, translate("report", "your name")),
        (model.identity.born, translate("report", "your date of birth")),
    )
    parts = [text for value, text in identity if value] + parts
    if not parts:
        return translate("report", "It holds nothing of yours yet.")
    return translate("report", "It holds {parts}.").format(parts=", ".join(parts))


def _leave_out_of(overview: Overview, model: ReportModel) -> Overview:
    has, timeline = model.options.has, overview.timeline
    if not has("treatments"):
        timeline = replace(timeline, lanes=(), more_lanes=0, changes=())
    if not has("events"):
        timeline = replace(timeline, events=())
    if not has("labs"):
        nothing = replace(overview.labs, marks=(), breaks=(), in_words=())
        overview = replace(overview, labs=nothing, other_labs=())
    return replace(overview, timeline=timeline)
