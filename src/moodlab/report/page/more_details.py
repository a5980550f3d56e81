"""Details about the days themselves: completeness by week, totals, and the days around a date."""

from collections.abc import Iterator
from datetime import timedelta

from moodlab.analysis.comparison import Comparison, Side
from moodlab.charts.comparison import difference_words
from moodlab.domain.days import brief_span, short_date, span_text
from moodlab.domain.metrics import Metric
from moodlab.i18n import translate
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import Table
from moodlab.report.page.figures import middle_text
from moodlab.report.page.newest import keep_newest


def days_in_detail(model: ReportModel) -> Iterator[Table]:
    """Yield the tables that have something to say."""
    if model.around is not None and model.around.pairs:
        yield _around(model.around)
    if model.questionnaires:
        yield _totals(model)
    # Where every day is rated there is nothing to tell apart.
    if model.weeks and model.coverage.days_with_rating < model.coverage.days_begun:
        yield _weeks(model)


def _around(around: Comparison) -> Table:
    assert around.around is not None
    return Table(
        heading=translate("page", "The days around {day}").format(day=short_date(around.around)),
        heads=(
            translate("page", "What"),
            span_text(around.first),
            span_text(around.second),
            translate("page", "Difference"),
        ),
        rows=tuple(
            (
                pair.metric.label,
                _side(pair.first, pair.metric),
                _side(pair.second, pair.metric),
                difference_words(pair),
            )
            for pair in around.pairs
        ),
        shares=(4, 6, 6, 8),
        remark=translate("page", "Before and after a date does not show a cause."),
    )


def _side(side: Side, metric: Metric) -> str:
    middle = middle_text(metric, side.summary)
    return ", ".join(filter(None, (middle.figures, middle.n)))


def _totals(model: ReportModel) -> Table:
    totals, others = keep_newest(model.questionnaires, lambda given: given.day)
    return Table(
        heading=translate("page", "Questionnaire totals"),
        heads=(
            translate("page", "Day"),
            translate("page", "Questionnaire"),
            translate("page", "Total"),
            translate("page", "Possible"),
        ),
        rows=tuple(
            (
                short_date(given.day),
                given.name,
                given.total,
                f"{given.lowest}–{given.highest}" if given.lowest and given.highest else "–",
            )
            for given in totals
        ),
        shares=(4, 12, 4, 4),
        remark=" ".join(
            filter(None, (translate("page", "Totals as entered, without bands."), others))
        ),
    )


def _weeks(model: ReportModel) -> Table:
    begun = model.period.first + timedelta(days=model.coverage.not_begun)
    weeks = [week for week in model.weeks if week.period.last >= begun]
    listed, others = keep_newest(weeks, lambda week: week.period.first)
    return Table(
        heading=translate("page", "Completeness by week"),
        heads=(
            translate("page", "Week"),
            translate("page", "Days with a rating"),
            translate("page", "Written the same day"),
            translate("page", "Too unwell or paused"),
            translate("page", "No entry"),
        ),
        rows=tuple(
            (
                brief_span(week.period, model.period),
                translate("page", "{rated} of {days}").format(
                    rated=week.rated, days=len(week.period)
                ),
                str(week.same_day),
                str(week.away),
                str(week.missing - max(0, (begun - week.period.first).days)),
            )
            for week in listed
        ),
        shares=(4, 5, 5, 5, 5),
        remark=others,
    )
