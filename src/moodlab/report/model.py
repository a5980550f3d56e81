"""The ReportModel: computes every figure of the page once, for PDF, text, HTML and JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from moodlab import __version__
from moodlab.analysis.comparison import Comparison, compare_around
from moodlab.analysis.coverage import Coverage, DayClass, WeekCount, count_weeks
from moodlab.analysis.days_when import DaysWhen, count_days_when
from moodlab.analysis.draws import WINDOW_DAYS, Draw, set_beside
from moodlab.analysis.eras import Era, find_eras
from moodlab.analysis.overview import Overview, read_overview
from moodlab.analysis.series import since_first_entry
from moodlab.analysis.summaries import BLOCK_DAYS, Block, Summary, summarise, summarise_blocks
from moodlab.domain.days import Period, short_date, span_text
from moodlab.domain.diary import Diary, Identity
from moodlab.domain.errors import Refused
from moodlab.domain.events import PRINTED_QUESTIONS, Event, Question
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import Metric
from moodlab.domain.ratings import DayRecord, Rating
from moodlab.domain.tracking.questionnaires import Questionnaire
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate
from moodlab.report.options import PageOptions

DEFAULT_DAYS = 84
SHORTEST_SUMMARY = 14
SHORTEST_SINCE_APPOINTMENT, LONGEST_SINCE_APPOINTMENT = 14, 366
NO_OPTIONS = PageOptions()


@dataclass(frozen=True, slots=True)
class MetricReport:
    """One metric over the period, and its last 28 days beside the 28 before."""

    metric: Metric
    summary: Summary
    recent: Block
    previous: Block


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day with its answers in the order of the report's metrics; None where there is none."""

    day: date
    kind: DayClass
    answers: tuple[Rating | None, ...]


@dataclass(frozen=True, slots=True)
class ReportModel:
    """Everything that the page says and draws, computed once: what prints it needs no journal.

    `overview` is what the panels draw. `day_rows` are the days of a period that is too short for a
    summary, and empty for a longer one.
    """

    version: str
    language: str
    is_example: bool
    identity: Identity
    period: Period
    data_up_to: date
    coverage: Coverage
    metrics: tuple[MetricReport, ...]
    labs: tuple[LabResult, ...]
    draws: tuple[Draw, ...]
    treatments: tuple[Treatment, ...]
    eras: tuple[Era, ...]
    events: tuple[Event, ...]
    questions: tuple[Question, ...]
    days_when: tuple[DaysWhen, ...]
    notes: tuple[DayRecord, ...]
    overview: Overview
    day_rows: tuple[DayRow, ...]
    weeks: tuple[WeekCount, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    around: Comparison | None = None
    options: PageOptions = NO_OPTIONS

    @property
    def has_summary(self) -> bool:
        """Whether the period is long enough for a summary; a shorter one gets a list of days."""
        return len(self.period) >= SHORTEST_SUMMARY

    def group_labs(self) -> dict[date, list[LabResult]]:
        """Return the results of each day of collection."""
        by_day: dict[date, list[LabResult]] = {}
        for result in self.labs:
            by_day.setdefault(result.collected, []).append(result)
        return by_day

    @property
    def printed_questions(self) -> tuple[Question, ...]:
        """The open questions that are ticked for the page, as many as fit on it."""
        return tuple(each for each in self.questions if each.on_page and not each.is_closed)[
            :PRINTED_QUESTIONS
        ]


def choose_period(
    today: date, events: Sequence[Event], first: date | None = None, last: date | None = None
) -> Period:
    """Return the page's period, which ends today at the latest.

    Without a first day: since the last appointment if that was 14 to 366 days ago, else 84 days.
    Raises Refused when it would end before it begins.
    """
    end = min(last or today, today)
    if first is not None:
        return Period(first, end)
    for event in sorted(events, key=lambda event: event.first_day, reverse=True):
        days = (end - event.first_day).days + 1
        if event.is_appointment and (
            SHORTEST_SINCE_APPOINTMENT <= days <= LONGEST_SINCE_APPOINTMENT
        ):
            return Period(event.first_day, end)
    return Period.ending(end, DEFAULT_DAYS)


def explain_period(today: date, events: Sequence[Event], period: Period) -> str:
    """Return why a period does not begin at an appointment that was a few days ago, or nothing."""
    if period != Period.ending(period.last, DEFAULT_DAYS):
        return ""
    past = [event.first_day for event in events if event.is_appointment]
    latest = max((day for day in past if day <= min(today, period.last)), default=None)
    if latest is None:
        return ""
    days = (period.last - latest).days + 1
    if days >= SHORTEST_SINCE_APPOINTMENT:
        return ""
    return translate(
        "report",
        "The last appointment was on {day}. A summary needs {fewest} days, so the page shows the"
        " last {days}.",
    ).format(day=short_date(latest), fewest=SHORTEST_SINCE_APPOINTMENT, days=DEFAULT_DAYS)


def reading_for(period: Period) -> Period:
    """Return the days to read for a report on `period`, including those of its comparisons."""
    return Period(period.first - timedelta(days=2 * BLOCK_DAYS + WINDOW_DAYS), period.last)


def build_report(
    diary: Diary,
    period: Period,
    *,
    language: str = "en",
    from_first_entry: bool = False,
    options: PageOptions = NO_OPTIONS,
    around: date | None = None,
) -> ReportModel:
    """Compute the page for `period` from a diary read with `reading_for`.

    With `from_first_entry` the page leaves out what lies before a journal that has just begun.
    `around` is a day of the period whose weeks before and after are compared.
    """
    if from_first_entry:
        period = since_first_entry(diary, period)
    overview = read_overview(diary, period)
    metrics = tuple(
        _report_metric(diary, tracked.metric, period)
        for tracked in diary.metrics
        if tracked.is_tracked_in(period.first, period.last)
    )
    labs = tuple(result for result in diary.labs if result.collected in period)
    return ReportModel(
        version=__version__,
        language=language,
        is_example=diary.is_example,
        identity=diary.identity,
        period=period,
        data_up_to=diary.data_up_to or period.last,
        coverage=overview.coverage,
        metrics=metrics,
        labs=labs,
        draws=tuple(
            set_beside(diary, day) for day in dict.fromkeys(result.collected for result in labs)
        ),
        treatments=tuple(
            treatment for treatment in diary.treatments if treatment.first_day <= period.last
        ),
        eras=find_eras(diary, period),
        events=tuple(event for event in diary.events if event.touches(period)),
        questions=diary.questions,
        days_when=tuple(count_days_when(diary, pin, period) for pin in diary.pins),
        notes=tuple(
            record
            for record in diary.days
            if record.note and record.note_for_doctor and record.day in period
        ),
        overview=overview,
        day_rows=(
            _list_days(diary, overview, metrics)
            if len(period) < SHORTEST_SUMMARY or options.has_appendix
            else ()
        ),
        weeks=count_weeks(overview.classes, period),
        questionnaires=tuple(given for given in diary.questionnaires if given.day in period),
        around=None if around is None else _compare_around(diary, around, period),
        options=options,
    )


def _compare_around(diary: Diary, day: date, period: Period) -> Comparison:
    if day not in period:
        raise Refused(
            translate("report", "{day} is not one of the days of the page, {span}.").format(
                day=short_date(day), span=span_text(period)
            )
        )
    return compare_around(diary, day)


def _list_days(
    diary: Diary, overview: Overview, metrics: Sequence[MetricReport]
) -> tuple[DayRow, ...]:
    given = [
        {rating.day: rating for rating in diary.ratings.get(report.metric.id, ())}
        for report in metrics
    ]
    return tuple(
        DayRow(day, kind, tuple(answers.get(day) for answers in given))
        for day, kind in zip(overview.period, overview.classes, strict=True)
    )


def _report_metric(diary: Diary, metric: Metric, period: Period) -> MetricReport:
    ratings = diary.ratings.get(metric.id, ())
    recent, previous = summarise_blocks(ratings, period)
    return MetricReport(metric, summarise(ratings, period), recent, previous)
