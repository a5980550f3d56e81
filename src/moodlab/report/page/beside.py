"""What lies beside what: each draw and the fortnight before it, each dose and its days."""

from collections.abc import Iterator, Sequence
from datetime import date

from moodlab.analysis.draws import Draw
from moodlab.analysis.lab_choice import choose_labs, tells_inflammation
from moodlab.analysis.summaries import Summary
from moodlab.domain.days import short_date, span_text
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import Metric
from moodlab.i18n import translate
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import Table
from moodlab.report.page.figures import lab_text, short_middle_text, test_name

METRICS_IN_A_TABLE = 8
RESULTS_OF_A_DAY = 3


def draws_table(model: ReportModel) -> Iterator[Table]:
    """Yield each draw beside the fortnight before it, where any of them has enough values."""
    by_day: dict[date, list[Draw]] = {}
    for draw in model.draws:
        by_day.setdefault(draw.result.collected, []).append(draw)
    if not any(s.median is not None for draw in model.draws for _, s in draw.metrics):
        return
    lines = [
        (
            (
                short_date(day),
                _results_words([draw.result for draw in draws]),
            ),
            dict(draws[0].metrics),
        )
        for day, draws in by_day.items()
    ]
    yield from _figures_beside(
        model,
        lines,
        heading=translate("page", "Each draw beside the 14 days before it"),
        remark=translate(
            "page",
            "Middle value and n of those days, also for draws left out of summaries; at least 5 "
            "values. Days near a draw do not show a cause.",
        ),
        heads=(translate("page", "Drawn"), translate("page", "Result")),
        shares=(21, 37),
    )


def _results_words(results: Sequence[LabResult]) -> str:
    """Return the results of one day; of a large panel a few, and how many more."""
    telling = sum(map(tells_inflammation, results))
    shown = choose_labs(results, max(RESULTS_OF_A_DAY, telling))
    listed = "; ".join(f"{test_name(result)} {lab_text(result)}" for result in shown)
    if len(shown) == len(results):
        return listed
    return translate("page", "{results}; and {n} more").format(
        results=listed, n=len(results) - len(shown)
    )


def eras_table(model: ReportModel) -> Iterator[Table]:
    """Yield the days of each dose, where any of them has enough values."""
    if not any(s.median is not None for era in model.eras for _, s in era.metrics):
        return
    lines = [
        (
            (
                f"{era.treatment.name} {era.dose}".strip(),
                span_text(era.period),
                translate("page", "{rated} of {days}").format(
                    rated=era.days_with_rating, days=len(era.period)
                ),
            ),
            dict(era.metrics),
        )
        for era in model.eras
    ]
    yield from _figures_beside(
        model,
        lines,
        heading=translate("page", "The days of each dose"),
        remark=translate(
            "page",
            "Middle value and n within the period; at least 7 values. Doses may overlap; before and"
            " after does not show a cause.",
        ),
        heads=(
            translate("page", "Treatment"),
            translate("page", "Days in the period"),
            translate("page", "With a rating"),
        ),
        shares=(24, 24, 13),
    )


def _figures_beside(
    model: ReportModel,
    lines: Sequence[tuple[tuple[str, ...], dict[str, Summary]]],
    *,
    heading: str,
    remark: str,
    heads: tuple[str, ...],
    shares: tuple[int, ...],
) -> Iterator[Table]:
    """Yield one table, or more where there are too many metrics for one."""
    metrics = [
        report.metric
        for report in model.metrics
        if any(
            (summary := figures.get(report.metric.id)) is not None and summary.n
            for _, figures in lines
        )
    ]
    for first in range(0, len(metrics), METRICS_IN_A_TABLE):
        shown = metrics[first : first + METRICS_IN_A_TABLE]
        yield Table(
            heading=heading
            if not first
            else translate("page", "{heading}, continued").format(heading=heading),
            heads=(*heads, *(metric.label for metric in shown)),
            rows=tuple(
                (*words, *(_cell(metric, figures) for metric in shown)) for words, figures in lines
            ),
            shares=(*shares, *(16 for _ in shown)),
            remark=remark if not first else "",
        )


def _cell(metric: Metric, figures: dict[str, Summary]) -> str:
    summary = figures.get(metric.id)
    return "–" if summary is None else short_middle_text(metric, summary)
