"""Every sentence of the page, written from the ReportModel alone.

PDF, text and HTML lay them out and JSON lists them as ``words``, so all formats agree.
"""

from collections.abc import Iterator

from moodlab.analysis.figures import every_words, figure_text, span_of_values_text
from moodlab.analysis.lab_marks import LabMarks
from moodlab.charts.blood.words import legend_of
from moodlab.domain.days import brief_date, short_date, span_text
from moodlab.domain.metrics import Direction, Every, Kind
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.model import MetricReport, ReportModel
from moodlab.report.page.blocks import Legend, MetricRow, PageText, words_of
from moodlab.report.page.day_list import list_days
from moodlab.report.page.details import details
from moodlab.report.page.figures import middle_text, shorten_text
from moodlab.report.page.glance import glance, treatments_sentence
from moodlab.report.page.lab_list import few_labs

PRINTED_NOTES = 2
OWN_WORDS = 3
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
    title = page_title()
    questions = tuple(
        shorten_text(question.text, QUESTION_LENGTH) for question in model.printed_questions
    )
    printed_notes = min(PRINTED_NOTES, OWN_WORDS - len(questions))
    notes = tuple(
        f"{brief_date(record.day, model.period)}: “{shorten_text(record.note, QUESTION_LENGTH)}”"
        for record in model.notes[max(0, len(model.notes) - printed_notes) :]
    )
    labs, labs_left_out = few_labs(model.labs)
    tables = tuple(
        details(
            model,
            cut_labs=bool(labs_left_out) or any("…" in cell for row in labs.rows for cell in row),
            cut_questions=any(text.endswith("…") for text in questions),
            cut_notes=len(model.notes) > len(notes) or any("…" in text for text in notes),
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
        legend=_legend(model) if has_summary else (),
        rows=(
            tuple(
                _metric_row(report, model)
                for report in model.metrics
                if report.metric.kind is Kind.SCALE
            )
            if has_summary
            else ()
        ),
        too_few_days=(
            ""
            if has_summary
            else translate("page", "Too few days for a summary; the day list follows.")
        ),
        day_list=None if has_summary else list_days(model),
        labs_panel=_labs_panel(drawn) if has_panels else (),
        treatments=(
            translate("page", "Treatments"),
            treatments_sentence(model.treatments, model.period),
        ),
        treatments_left_out=_lanes_left_out(model) if has_summary else "",
        coverage=(translate("page", "Days logged"),) if has_summary else (),
        labs=labs,
        labs_left_out=labs_left_out,
        questions_heading=translate("page", "I'd like to discuss"),
        questions=questions,
        notes_heading=translate("page", "From my notes") if notes else "",
        notes=notes,
        how_to_read=_how_to_read(),
        purpose=translate_marked(INTENDED_PURPOSE),
        details_heading=translate("page", "Details") if tables else "",
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


def _legend(model: ReportModel) -> tuple[Legend, ...]:
    rule = model.overview.binning
    unknown = Legend("unknown", translate("page", "time of writing unknown"))
    has_unknown = any(series.unknown for series in model.overview.series)
    first: tuple[Legend, ...]
    if rule is None:
        first = (
            Legend("same_day", translate("page", "same day")),
            Legend("later", translate("page", "filled in later")),
            *((unknown,) if has_unknown else ()),
            Legend("line", translate("page", "7-day middle value, band = middle half")),
        )
    else:
        box = {
            "week": translate("page", "middle value of a week, bar = middle half"),
            "month": translate("page", "middle value of a month, bar = middle half"),
        }[rule.name]
        first = (Legend("point", translate("page", "one day")), Legend("box", box))
    return (
        *first,
        Legend("gap", translate("page", "no rating for 3 days or more")),
        Legend("unwell", translate("page", "too unwell to log")),
        Legend("change", translate("page", "treatment change")),
    )


def _metric_row(report: MetricReport, model: ReportModel) -> MetricRow:
    metric, summary = report.metric, report.summary
    span = span_of_values_text(metric, summary) or translate("page", "no value")
    if summary.unable:
        span = translate("page", "{span}, could not say {n}").format(span=span, n=summary.unable)
    if metric.every is not Every.DAY:
        span = f"{span}, {every_words(metric.every)}"
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
        recent=middle_text(metric, report.recent.summary),
        previous=middle_text(metric, report.previous.summary),
    )


def _hours_asleep(model: ReportModel) -> str:
    for report in model.metrics:
        if report.metric.id == "sleep_hours" and report.recent.summary.median is not None:
            return translate("page", "asleep {median}, n={n}").format(
                median=figure_text(report.metric, report.recent.summary.median),
                n=report.recent.summary.n,
            )
    return ""


def _labs_panel(drawn: LabMarks) -> tuple[str, ...]:
    return (
        translate("page", "{test} ({unit})").format(test=drawn.label, unit=drawn.unit),
        "; ".join((translate("page", "log scale; no line between results"), *legend_of(drawn))),
    )


def _lanes_left_out(model: ReportModel) -> str:
    count = model.overview.timeline.more_lanes
    return translate("page", "and {n} more, see the details").format(n=count) if count else ""


def _how_to_read() -> tuple[str, str]:
    return (
        translate("page", "How to read this"),
        translate(
            "page",
            "Ratings are the person's own, one per day, 0–10, for “today overall”. Number = middle"
            " value (median); brackets = middle half of the days; n = days with a value. Hollow"
            " points were written after that day ended. Gaps are unknown, not good or bad days."
            " Changes over time do not show a cause. No diagnosis or advice; not checked by a"
            " clinician. Made on the person's own computer; nothing was sent anywhere. Not for"
            " emergencies.",
        ),
    )
