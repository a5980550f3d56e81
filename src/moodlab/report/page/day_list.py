"""The day list, which replaces the summary when the period is too short for one."""

from collections.abc import Iterator

from moodlab.analysis.coverage import DayClass
from moodlab.domain.days import WEEKDAYS, brief_date
from moodlab.domain.metrics import Metric
from moodlab.domain.ratings import Rating, value_text
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import Table

METRICS_IN_A_LIST = 5

_CLASSES = {
    DayClass.SAME_DAY: QT_TRANSLATE_NOOP("page", "same day"),
    DayClass.NEXT_DAY: QT_TRANSLATE_NOOP("page", "next day"),
    DayClass.LATER: QT_TRANSLATE_NOOP("page", "later"),
    DayClass.UNKNOWN: QT_TRANSLATE_NOOP("page", "time unknown"),
    DayClass.UNWELL: QT_TRANSLATE_NOOP("page", "too unwell to log"),
    DayClass.PAUSED: QT_TRANSLATE_NOOP("page", "paused"),
    DayClass.NO_ENTRY: QT_TRANSLATE_NOOP("page", "no entry"),
}


def list_days(model: ReportModel) -> Table:
    """Return one row for each day of the period, with every value as it was given."""
    count = len(model.metrics)
    share = max(10, min(18, 140 // max(count, 1)))
    return _table(model, 0, count, translate("page", "Day list"), (22, 20, *[share] * count))


def appendix(model: ReportModel) -> Iterator[Table]:
    """Yield the day list in tables of five metrics, on the grid of the details."""
    heading = translate("page", "Day list")
    for first in range(0, max(1, len(model.metrics)), METRICS_IN_A_LIST):
        count = min(METRICS_IN_A_LIST, len(model.metrics) - first)
        shares = (5, 4, *[3] * count)
        yield _table(model, first, count, heading, shares)
        heading = translate("page", "Day list, continued")


def _table(
    model: ReportModel, first: int, count: int, heading: str, shares: tuple[int, ...]
) -> Table:
    metrics = [report.metric for report in model.metrics[first : first + count]]
    rows = []
    for row in model.day_rows:
        answers = row.answers[first : first + count]
        cells = (_cell(metric, rating) for metric, rating in zip(metrics, answers, strict=True))
        written = translate_marked(_CLASSES[row.kind])
        weekday = translate_marked(WEEKDAYS[row.day.weekday()])[:3]
        rows.append((f"{weekday} {brief_date(row.day, model.period)}", written, *cells))
    return Table(
        heading=heading,
        heads=(
            translate("page", "Day"),
            translate("page", "Written"),
            *(metric.label for metric in metrics),
        ),
        rows=tuple(rows),
        shares=shares,
        remark=translate("page", "– no answer; ? could not say"),
    )


def _cell(metric: Metric, rating: Rating | None) -> str:
    if rating is None:
        return "–"
    return "?" if rating.value is None else value_text(metric, rating.value)
