"""Another chart, or another subject of it, by key, by choice and by place."""

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moodlab.charts import one_metric, overview
from moodlab.ui.trends.page import TrendsPage
from tests.ui.trends.test_trends import open_trends, rate_days, settle

__all__ = ["open_trends"]


def choose(page: TrendsPage, chart_id: str) -> None:
    page.choice.charts.setCurrentIndex(page.choice.charts.findData(chart_id))


def test_a_key_goes_on_to_the_next_chart_and_back(qtbot, open_trends, example, opened) -> None:
    page = open_trends(example)
    assert page.title.text() == overview.CHART.shown_title
    assert page.choice.subjects.isHidden()

    QTest.keyClick(page.view, Qt.Key.Key_Period)
    settle(qtbot, opened[-1])
    assert page.title.text() == one_metric.CHART.shown_title
    assert page.view.accessibleName() == one_metric.CHART.shown_title
    assert "Fatigue" in page.view.accessibleDescription()
    assert page.view.isVisible()

    QTest.keyClick(page.view, Qt.Key.Key_Comma)
    settle(qtbot, opened[-1])
    assert page.title.text() == overview.CHART.shown_title


def test_the_subject_is_chosen_and_stays_with_the_chart(
    qtbot, open_trends, example, opened
) -> None:
    page = open_trends(example)
    choose(page, "one_metric")
    settle(qtbot, opened[-1])
    mood = page.choice.subjects.findText("Mood")

    page.choice.subjects.setCurrentIndex(mood)
    page.choice.subjects.activated.emit(mood)
    settle(qtbot, opened[-1])
    assert page.view.accessibleDescription().startswith("Example, invented data. Mood, higher")

    choose(page, "overview")
    settle(qtbot, opened[-1])
    choose(page, "one_metric")
    settle(qtbot, opened[-1])
    assert page.choice.subjects.currentText() == "Mood"
    assert page.place == "one_metric mood"


def test_a_place_names_chart_and_subject(qtbot, open_trends, example, opened) -> None:
    page = open_trends(example)
    page.go_to_place("one_metric sleep_hours")
    settle(qtbot, opened[-1])
    assert page.choice.subjects.currentText() == "Hours asleep"
    assert page.choice.charts.currentData() == "one_metric"


def test_a_metric_without_a_value_in_the_range_says_so(qtbot, open_trends, journal, opened) -> None:
    rate_days(journal, 3, "mood")
    page = open_trends(journal)
    page.go_to_place("one_metric fatigue")
    settle(qtbot, opened[-1])
    # It has no value at all, so the chart is about one that has.
    assert page.choice.subjects.currentText() == "Mood"
    assert page.view.isVisible()
