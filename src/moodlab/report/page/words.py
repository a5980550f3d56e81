"""Every sentence of the page, written from the ReportModel alone.

PDF, text and HTML lay them out and JSON lists them as ``words``, so all formats agree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from moodlab.analysis.figures import every_words, figure_text, span_of_values_text
from moodlab.analysis.lab_marks import LabMarks
from moodlab.charts.blood.words import legend_of
from moodlab.charts.page import count_events_left_out
from moodlab.domain.days import brief_date, short_date, span_text
from moodlab.domain.events import PRINTED_QUESTIONS
from moodlab.domain.metrics import Direction, Every, Kind
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.model import MetricReport, ReportModel
from moodlab.report.page.blocks import MetricRow, PageText, Table, words_of
from moodlab.report.page.day_list import list_days
from moodlab.report.page.details import details
from moodlab.report.page.figures import middle_text, shorten_text
from moodlab.report.page.glance import glance, treatments_sentence
from moodlab.report.page.key import list_marks, strip_words
from moodlab.report.page.lab_list import few_labs

PRINTED_NOTES = 2
# Of the person's own notes, all together.
NOTES_LENGTH = 240
QUESTION_LENGTH = 160
CELL_LENGTH = 50
IDENTITY_LENGTH = 60

INTENDED_PURPOSE = QT_TRANSLATE_NOOP(
    "page",
    "MoodLab is a personal journal. It stores and displays what you enter so that you can look back"
    " and share it. It does not diagnose, monitor, predict or treat any condition, gives no medical"
    " advice, and must not be used to start, stop or change treatment.",
)


def page_words(model: ReportModel) -> Iterator[str]:
    """Yield every text of the page in reading order."""
    return words_of(write_page(model))


def page_title() -> str:
    """Return the title with which every page begins, and by which MoodLab knows its own pages."""
    return translate("page", "Symptom diary summary (self-reported)")


def write_page(model: ReportModel) -> PageText:
    """Return all text of the page for `model`."""
    has_summary = model.has_summary
    scales = [report for report in model.metrics if report.metric.kind is Kind.SCALE]
    title = page_title()
    questions = tuple(
        shorten_text(question.text, QUESTION_LENGTH) for question in model.printed_questions
    )
    # Three questions leave room for one note, and two notes share the room of one.
    listed = model.notes[-(1 if len(questions) == PRINTED_QUESTIONS else PRINTED_NOTES) :]
    notes = tuple(
        f"{brief_date(record.day, model.period)}: “{_note_text(record.note, len(listed))}”"
        for record in listed
    )
    options = model.options
    labs, labs_left_out = few_labs(model.labs, has_details=not options.is_one_sheet)
    if not options.has("labs"):
        labs = replace(labs, heading="", heads=(), remark="")
    tables = (
        ()
        if options.is_one_sheet
        else tuple(
            details(
                model,
                cut_labs=bool(labs_left_out)
                or any("…" in cell for row in labs.rows for cell in row),
                cut_questions=any(text.endswith("…") for text in questions),
                cut_notes=len(model.notes) > len(notes) or any("…" in text for text in notes),
            )
        )
    )
    drawn = model.overview.leading_labs
    has_panels = has_summary and bool(drawn.marks)
    return PageText(
        title=title,
        example=translate("page", "EXAMPLE: invented data") if model.is_example else "",
        identity=_identity(model),
        glance_heading=translate("page", "At a glance"),
        glance=tuple(glance(model, compare=has_summary)),
        row_heads=_row_heads(model) if has_summary else (),
        legend=list_marks(model, [report.metric.id for report in scales]) if has_summary else (),
        rows=(tuple(_metric_row(report, model) for report in scales) if has_summary else ()),
        too_few_days=(
            ""
            if has_summary
            else translate("page", "Too few days for a summary; the day list follows.")
        ),
        day_list=None if has_summary else list_days(model),
        labs_panel=_labs_panel(drawn) if has_panels else (),
        treatments=(
            (
                translate("page", "Treatments"),
                treatments_sentence(model.treatments, model.period),
            )
            if options.has("treatments")
            else ("", "")
        ),
        treatments_left_out=_lanes_left_out(model) if has_summary else "",
        events=_events(model) if has_summary else (),
        coverage=(translate("page", "Days logged"), strip_words(model)) if has_summary else (),
        labs=labs,
        labs_left_out=labs_left_out,
        questions_heading=(
            translate("page", "I’d like to discuss") if options.has("questions") else ""
        ),
        questions=questions,
        notes_heading=translate("page", "From my notes") if notes else "",
        notes=notes,
        how_to_read=_how_to_read(),
        purpose=translate_marked(INTENDED_PURPOSE),
        details_heading=translate("page", "Details") if tables else "",
        unable=_unable(scales),
        details=tables,
        footer=translate("page", "MoodLab {version} · data up to {day}").format(
            version=model.version, day=short_date(model.data_up_to)
        ),
        document_title=f"{title}, {span_text(model.period)}",
    )


def _identity(model: ReportModel) -> tuple[tuple[str, str], ...]:
    return (
        (translate("page", "Name"), shorten_text(model.identity.name, IDENTITY_LENGTH)),
        (translate("page", "Born"), shorten_text(model.identity.born, IDENTITY_LENGTH // 2)),
        (
            translate("page", "Period"),
            span_text(model.period) if len(model.period) > 1 else short_date(model.period.last),
        ),
        (translate("page", "Data up to"), short_date(model.data_up_to)),
    )


def _row_heads(model: ReportModel) -> tuple[str, ...]:
    recent = min(28, len(model.period))
    return (
        translate("page", "0–10, “today overall”; lowest–highest"),
        translate("page", "last {days} days").format(days=recent),
        translate("page", "28 days before"),
    )


def _metric_row(report: MetricReport, model: ReportModel) -> MetricRow:
    metric, summary = report.metric, report.summary
    short = span = span_of_values_text(metric, summary) or translate("page", "no value")
    if summary.unable:
        span = translate("page", "{span}, could not say {n}").format(span=span, n=summary.unable)
    if metric.every is not Every.DAY:
        span, short = (f"{each}, {every_words(metric.every)}" for each in (span, short))
    asleep = _hours_asleep(model) if metric.id == "sleep" else ""
    direction = (
        translate("page", "neither way is better")
        if metric.direction is Direction.NEUTRAL
        else metric.direction_text
    )
    return MetricRow(
        id=metric.id,
        name=shorten_text(metric.label, CELL_LENGTH),
        direction=direction,
        spans=(span, asleep) if asleep else (span,),
        short_spans=(short, asleep) if asleep else (short,),
        recent=middle_text(metric, report.recent.summary),
        previous=middle_text(metric, report.previous.summary),
    )


def _unable(scales: Sequence[MetricReport]) -> Table | None:
    """Return how often each rating was "could not say"; None where none was."""
    rows = tuple(
        (report.metric.label, str(report.summary.unable))
        for report in scales
        if report.summary.unable
    )
    if not rows:
        return None
    return Table(
        heading=translate("page", "Could not say"),
        heads=(translate("page", "Rating"), translate("page", "Days")),
        rows=rows,
        shares=(4, 20),
    )


def _hours_asleep(model: ReportModel) -> str:
    """Return the hours slept in the whole period, as all spans are about it."""
    for report in model.metrics:
        summary = report.summary
        if report.metric.id == "sleep_hours" and summary.median is not None:
            return translate("page", "asleep {median}, n={n}").format(
                median=figure_text(report.metric, summary.median), n=summary.n
            )
        if report.metric.id == "sleep_hours" and summary.n:
            return translate("page", "hours asleep: n={n}, too few").format(n=summary.n)
    return ""


def _labs_panel(drawn: LabMarks) -> tuple[str, ...]:
    return (
        translate("page", "{test} ({unit})").format(test=drawn.label, unit=drawn.unit),
        "; ".join((translate("page", "log scale; no line between results"), *legend_of(drawn))),
    )


def _note_text(note: str, notes: int) -> str:
    return shorten_text(note, NOTES_LENGTH // notes)


def _events(model: ReportModel) -> tuple[str, ...]:
    if not model.overview.timeline.events:
        return ()
    count = count_events_left_out(model.overview)
    more = _more_words(count, model)
    return (translate("page", "Events"), more) if more else (translate("page", "Events"),)


def _lanes_left_out(model: ReportModel) -> str:
    count = model.overview.timeline.more_lanes
    return _more_words(count, model)


def _more_words(count: int, model: ReportModel) -> str:
    if not count:
        return ""
    words = (
        translate("page", "and {n} more")
        if model.options.is_one_sheet
        else translate("page", "and {n} more, see the details")
    )
    return words.format(n=count)


def _how_to_read() -> tuple[str, str]:
    return (
        translate("page", "How to read this"),
        translate(
            "page",
            "Ratings are the person’s own, one per day, 0–10, for “today overall”. Number = middle"
            " value (median); brackets = middle half of the days; n = days with a value. Hollow"
            " points were written after that day ended. Gaps are unknown, not good or bad days."
            " Changes over time do not show a cause. Not checked by a clinician. Made on the"
            " person’s own computer; nothing was sent anywhere. Not for emergencies.",
        ),
    )
