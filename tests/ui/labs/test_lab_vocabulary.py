"""Window, chart, page and commands call one thing by one word."""

from dataclasses import replace

import pytest

from moodlab.analysis.lab_marks import mark_labs
from moodlab.charts.blood.labels import value_text
from moodlab.domain.days import Period
from moodlab.domain.labs.reference_ranges import Position
from moodlab.domain.labs.results import CONTEXTS, LabResult
from moodlab.domain.labs.words import (
    context_words,
    left_out_words,
    position_words,
    range_position_words,
)
from moodlab.report.page.lab_list import context_text, range_text
from moodlab.ui.application import Window
from moodlab.ui.widgets.lab_table import LabTable
from moodlab.ui.widgets.lab_words import echo_of
from tests.diaries import LAST, diary, lab


@pytest.fixture
def window(open_window) -> Window:
    return open_window(page="labs")


def row(result: LabResult, qtbot) -> dict[str, str]:
    """Return the cells of a result in the window's table, by their headings."""
    table = LabTable("Results")
    qtbot.addWidget(table)
    table.show_results((result,))
    model = table.model()
    return {
        model.headerData(column, table.horizontalHeader().orientation()): model.index(
            0, column
        ).data()
        for column in range(model.columnCount())
    }


def on_the_chart(result: LabResult) -> str:
    labs = mark_labs(diary(labs=[result]), Period(LAST, LAST))
    return value_text(labs.marks[0])


@pytest.mark.parametrize("context", CONTEXTS)
def test_what_was_going_on_around_a_draw(window: Window, qtbot, context: str) -> None:
    words = context_words(context)
    result = lab(LAST, "14", context=(context,), excluded=True)

    choices = window.main.page.form.context.menu().actions()
    assert words in [action.text() for action in choices]
    assert row(result, qtbot)["Around the draw"] == f"{words} ({left_out_words()})"
    assert context_text(result) == f"{left_out_words()}: {words}"
    assert on_the_chart(result) == f"14 ({words})"


def test_a_result_that_is_left_out_without_a_reason(window: Window, qtbot) -> None:
    result = lab(LAST, "14", excluded=True)

    assert row(result, qtbot)["Around the draw"] == f"({left_out_words()})"
    assert context_text(result) == left_out_words()
    assert on_the_chart(result) == f"14 ({left_out_words()})"
    assert left_out_words() in echo_of(result)


def test_a_context_that_only_a_later_version_knows_has_its_key(window: Window, qtbot) -> None:
    result = replace(lab(LAST, "14"), context=("blood_donation",))

    assert row(result, qtbot)["Around the draw"] == context_text(result) == "blood-donation"


@pytest.mark.parametrize(
    ("printed", "position"),
    [
        ("1", Position.BELOW),
        ("4", Position.WITHIN),
        ("14", Position.ABOVE),
        ("<10", Position.CANNOT_BE_PLACED),
    ],
)
def test_where_a_result_lies_against_its_range(
    window: Window, qtbot, printed: str, position: Position
) -> None:
    result = lab(LAST, printed, range_text="3–5")

    assert result.position is position
    assert row(result, qtbot)["Position"] == position_words(position)
    assert range_text(result) == f"3–5, {position_words(position)}"
    assert range_position_words(position) in echo_of(result)
    assert range_position_words(position).startswith(position_words(position))
