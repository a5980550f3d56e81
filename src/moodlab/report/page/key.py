"""The key of the first sheet: every mark that is drawn there, and nothing else."""

from collections.abc import Iterator, Sequence

from moodlab.analysis.coverage import DayClass
from moodlab.analysis.series import MetricSeries
from moodlab.charts.panels.rating_panel import find_hatched
from moodlab.domain.days import Timeliness
from moodlab.i18n import translate
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import Legend


def list_marks(model: ReportModel, shown: Sequence[str]) -> tuple[Legend, ...]:
    """Return the marks of the panels of the metrics `shown`, in the order of their mention."""
    series = [each for each in model.overview.series if each.metric.id in shown]
    if not series:
        return ()
    return (*_values(series), *_surroundings(model, series))


def strip_words(model: ReportModel) -> str:
    """Return what the cells of the strip of days logged mean, those that occur."""
    coverage = model.coverage
    is_binned = model.overview.binning is not None
    words = (
        (coverage.same_day, translate("page", "dark: same day")),
        (coverage.next_day + coverage.later, translate("page", "outlined: later")),
        (coverage.unknown, translate("page", "grey, outlined: time unknown")),
        (coverage.unwell, translate("page", "×: too unwell")),
        (coverage.paused, translate("page", "light: paused")),
        (coverage.no_entry + coverage.unwell * is_binned, translate("page", "blank: no entry")),
    )
    return "; ".join(text for n, text in words if n)


def _values(series: Sequence[MetricSeries]) -> Iterator[Legend]:
    rule = series[0].binning
    written = {point.timeliness for each in series for point in each.points}
    if rule is None:
        if Timeliness.SAME_DAY in written:
            yield Legend("same_day", translate("page", "same day"))
        if written & {Timeliness.NEXT_DAY, Timeliness.LATER}:
            yield Legend("later", translate("page", "filled in later"))
        if Timeliness.UNKNOWN in written:
            yield Legend("unknown", translate("page", "time of writing unknown"))
        if any(
            median is not None
            for each in series
            if each.line is not None
            for median in each.line.medians
        ):
            yield Legend("line", translate("page", "7-day middle value, band: middle half"))
        return
    if written:
        yield Legend("point", translate("page", "one day; at the foot: too few days"))
    boxes = [box for each in series for box in each.boxes]
    if any(box.median is not None for box in boxes):
        text = {
            "week": translate("page", "middle value of a week, bar = middle half"),
            "month": translate("page", "middle value of a month, bar = middle half"),
        }[rule.name]
        yield Legend("box", text)


def _surroundings(model: ReportModel, series: Sequence[MetricSeries]) -> Iterator[Legend]:
    classes, period = model.overview.classes, model.overview.period
    if any(find_hatched(each, classes) for each in series):
        yield Legend("gap", translate("page", "no rating for 3 days or more"))
    plain = (
        (DayClass.PAUSED in classes, translate("page", "paused")),
        (any(each.untracked for each in series), translate("page", "not tracked")),
    )
    if named := translate("page", " or ").join(text for is_there, text in plain if is_there):
        yield Legend("plain", named)
    if DayClass.UNWELL in classes:
        yield Legend("unwell", translate("page", "too unwell to log"))
    if any(period.first < change.day <= period.last for change in model.overview.timeline.changes):
        yield Legend("change", translate("page", "treatment change"))
