"""The model carries all that is printed: what draws and writes has nothing left to compute."""

import ast
import importlib
import inspect
from pathlib import Path
from types import FunctionType

import pytest

import moodlab
from moodlab.report.html import write_html
from moodlab.report.json import write_json
from moodlab.report.model import ReportModel, build_report, choose_period, reading_for
from moodlab.report.pdf import write_pdf
from moodlab.report.text import write_text
from moodlab.store.journal import Journal
from tests.report import diaries
from tests.report.pages import squeeze, text_of

SOURCE = Path(moodlab.__file__).parent
PRINTING = [
    *(path for path in (SOURCE / "report").rglob("*.py") if path.name not in ("model.py",)),
    SOURCE / "charts" / "page.py",
]


def test_the_page_is_printed_after_the_journal_is_closed(example_path: Path) -> None:
    with Journal.open(example_path) as journal:
        period = choose_period(journal.today_where_last_written(), journal.events.read_events())
        model = build_report(journal.read_diary(reading_for(period)), period)

    assert "At a glance" in text_of(write_pdf(model).content)
    assert "At a glance" in write_text(model)
    assert "<svg" in write_html(model)
    assert '"coverage"' in write_json(model)


def test_a_short_period_carries_its_days_and_a_long_one_none() -> None:
    short, long = (diaries.report(diaries.full(), days) for days in (10, 14))

    assert [row.day for row in short.day_rows] == list(short.period)
    assert all(len(row.answers) == len(short.metrics) for row in short.day_rows)
    assert long.day_rows == ()
    assert (short.has_summary, long.has_summary) == (False, True)


def test_window_and_page_draw_the_same_chart_data() -> None:
    model = diaries.report(diaries.full())

    printed = squeeze(text_of(write_pdf(model).content))

    assert model.overview.coverage is model.coverage
    for series, report in zip(model.overview.series, model.metrics, strict=True):
        assert (series.summary, series.recent) == (report.summary, report.recent)
    assert squeeze(model.overview.leading_labs.marks[-1].label) in printed


def functions_used_by(path: Path) -> list[FunctionType]:
    name = ".".join(("moodlab", *path.relative_to(SOURCE).with_suffix("").parts))
    module = importlib.import_module(name.removesuffix(".__init__"))
    return [each for each in vars(module).values() if inspect.isfunction(each)]


@pytest.mark.parametrize("path", PRINTING, ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_prints_is_given_no_diary(path: Path) -> None:
    """Whoever has a Diary can compute a figure a second time, and another one."""
    for function in functions_used_by(path):
        if function is not build_report:
            assert not any("Diary" in str(kind) for kind in function.__annotations__.values())
    names = {
        node.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
    }
    assert "Diary" not in names


def test_the_model_holds_no_diary() -> None:
    assert "diary" not in ReportModel.__dataclass_fields__
