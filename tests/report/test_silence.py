"""A silence that began before the days that the page reads is drawn as in the window."""

from datetime import timedelta

import pytest

from moodlab.analysis.overview import read_overview
from moodlab.charts.overview import CHART
from moodlab.charts.page import draw_panels
from moodlab.domain.days import Period
from moodlab.domain.metrics import THOUSAND
from moodlab.report.model import build_report, reading_for
from moodlab.store.journal import Journal
from moodlab.ui.trends.range_data import Wanted, read_range
from tests.moments import TODAY, Clock

WEEKS12 = Period.ending(TODAY, 84)
SILENCE = Period(WEEKS12.first, TODAY - timedelta(days=41))


@pytest.fixture
def journal(tmp_path, clock: Clock):
    with Journal.create(tmp_path / "journal.moodlab", clock=clock) as made:
        for ago in (380, *range(40, -1, -1)):
            made.days.rate(TODAY - timedelta(days=ago), "mood", 5 * THOUSAND)
        yield made


def test_window_and_page_know_the_same_gap(journal: Journal) -> None:
    window = read_range(journal, Wanted(CHART, 84, None)).result
    diary = journal.read_diary(reading_for(WEEKS12))
    page = build_report(diary, WEEKS12).overview

    for shown in (window, page):
        (mood,) = (series for series in shown.series if series.metric.id == "mood")
        assert mood.gaps == (SILENCE,)


def test_the_page_hatches_it(journal: Journal) -> None:
    diary = journal.read_diary(reading_for(WEEKS12))
    # The whole journal was read for the second one, so it can't miss the silence.
    page, everything = (
        draw_panels(overview, ["mood"], 16.0, 23.0)["mood"]
        for overview in (
            build_report(diary, WEEKS12).overview,
            read_overview(journal.read_diary(), WEEKS12),
        )
    )

    assert page.svg.count(b"<path") == everything.svg.count(b"<path")
