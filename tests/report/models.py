"""Reports from one day to the fullest there is, and the page of each, made once."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from moodlab.domain.metrics import METRICS
from moodlab.report.model import ReportModel
from moodlab.report.pdf import write_pdf
from tests.charts.blood.test_lab_words import DENSE
from tests.report import diaries

MODELS: dict[str, Callable[[], ReportModel]] = {
    "empty": lambda: diaries.report(diaries.diary()),
    "one day": lambda: diaries.report(diaries.full(), 1),
    "ten days": lambda: diaries.report(diaries.full(), 10),
    "fourteen days": lambda: diaries.report(diaries.full(), 14),
    "twelve weeks": lambda: diaries.report(diaries.full()),
    "a leap year": lambda: diaries.report(diaries.full(days=430), 366),
    "every metric": lambda: diaries.report(diaries.full(metrics=METRICS)),
    "hostile": lambda: diaries.report(diaries.hostile()),
    "close draws": lambda: diaries.report(
        replace(diaries.full(METRICS), labs=DENSE["CRP and hs-CRP"][0])
    ),
}


@cache
def page_of(name: str, paper: str = "a4") -> bytes:
    """Return the PDF of one of the models."""
    return write_pdf(MODELS[name](), paper).content
