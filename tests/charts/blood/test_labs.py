"""C3: marks as printed, each lab’s own limits, breaks between series, words on nothing else."""

import math
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes  # noqa: TID253 - only tests that draw import this
from matplotlib.collections import (  # noqa: TID253 - only tests that draw import this
    LineCollection,
    PolyCollection,
)

from moodlab.analysis.lab_marks import mark_labs
from moodlab.analysis.overview import read_overview
from moodlab.charts.blood.layout import lab_scale
from moodlab.charts.blood.panel import BREAKS, COVERS
from moodlab.charts.overview import CHART
from moodlab.domain.labs import analytes
from moodlab.domain.labs.results import LabResult
from moodlab.theme import LIGHT
from tests.charts.picture import draw, marks, texts
from tests.diaries import LAST, WEEKS12, diary, lab, treatment
from tests.examples import one_in

MARKERS = "Dsv^"
CHANGES = (
    treatment("Sertraline", (LAST - timedelta(days=30), "50 mg"),
              (LAST - timedelta(days=12), "100 mg")),
)  # fmt: skip


def ago(days: int):
    return LAST - timedelta(days=days)


def numbered(*results: LabResult) -> tuple[LabResult, ...]:
    return tuple(replace(result, id=f"{n:03}") for n, result in enumerate(results))


CASES: dict[str, tuple[LabResult, ...]] = {
    "all censored": numbered(
        lab(ago(75), "<0.3", range_text="<5"), lab(ago(50), "<5", range_text="<5"),
        lab(ago(30), ">200", range_text="<5"), lab(ago(0), "<=3", range_text="<5"),
    ),
    "mixed units": numbered(
        lab(ago(75), "3.1", range_text="<5"), lab(ago(52), "0.31", unit="mg/dL", range_text="<0.5"),
        lab(ago(33), "29.5", unit="nmol/L"), lab(ago(9), "12 H", range_text="<5"),
    ),
    "two labs": numbered(
        lab(ago(75), "3.1", range_text="<5", by="City"),
        lab(ago(50), "4.0", range_text="<5", by="City"),
        lab(ago(29), "6.2", range_text="<10", by="University"),
        lab(ago(5), "2.0", test="hs_crp", range_text="<3", by="University"),
    ),
    "an infection": numbered(
        lab(ago(75), "3.1", range_text="<5"),
        lab(ago(55), "48 H", range_text="<5", context=("infection",), excluded=True),
        lab(ago(3), "2.9", range_text="<5"),
    ),
    "forty": numbered(
        *(lab(ago(82 - 2 * n), f"{0.4 + n * 37 % 91 / 7:.1f}", range_text="<5",
              by="City" if n < 25 else "University") for n in range(40))
    ),
    "only IL-6": numbered(
        lab(ago(70), "3.9", test="il6", unit="pg/mL", range_text="<7.0", by="City"),
        lab(ago(8), "<1.5", test="il6", unit="ng/L", range_text="<5.9", by="University"),
    ),
}  # fmt: skip


def panels(labs: tuple[LabResult, ...]) -> list[Axes]:
    """The blood panels, from the top."""
    figure, _ = draw(read_overview(diary(labs=labs, treatments=CHANGES), WEEKS12))
    return [axes for axes in figure.axes if any(list(marks(axes, kind)) for kind in MARKERS)]


def strokes(axes: Axes) -> list[float]:
    """Where the double ticks stand, as ordinals."""
    found = [
        (segment[0][0] + segment[1][0]) / 2
        for collection in axes.collections
        if isinstance(collection, LineCollection) and collection.get_label() == BREAKS
        for segment in collection.get_segments()
    ]
    return [(left + right) / 2 for left, right in zip(found[::2], found[1::2], strict=True)]


def words(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def bands(axes: Axes) -> list[tuple[float, float]]:
    return [
        (path.get_extents().y0, path.get_extents().y1)
        for collection in axes.collections
        if isinstance(collection, PolyCollection)
        for path in collection.get_paths()
    ]


@pytest.mark.parametrize("case", CASES)
def test_every_result_is_marked_once_at_its_figure_or_bound(case: str) -> None:
    (panel,) = panels(CASES[case])
    drawn = sorted(round(10**y, 6) for kind in MARKERS for _, y in marks(panel, kind))
    assert drawn == sorted(round(float(result.canonical), 6) for result in CASES[case])


@pytest.mark.parametrize("case", CASES)
def test_words_stand_on_no_mark_no_dashed_line_and_no_other_word(case: str) -> None:
    (panel,) = panels(CASES[case])
    inside = [
        text.get_window_extent()
        for text in panel.texts
        if panel.get_window_extent().contains(*text.get_window_extent().get_points().mean(axis=0))
    ]
    for one, other in combinations(inside, 2):
        assert not one.overlaps(other)
    covered = [
        path.get_extents(panel.transData)
        for collection in panel.collections
        if isinstance(collection, PolyCollection) and collection.get_label() == COVERS
        for path in collection.get_paths()
    ]
    dashed = [panel.transData.transform((change.toordinal() - 0.5, 0))[0]
              for change in (ago(30), ago(12))]  # fmt: skip
    for extent in inside:
        if not any(cover.fully_containsx((extent.x0 + extent.x1) / 2) for cover in covered):
            assert not any(extent.x0 < x < extent.x1 for x in dashed)
        for kind in MARKERS:
            for place in marks(panel, kind):
                assert not extent.contains(*panel.transData.transform(place))


def test_bounds_are_hollow_triangles_and_never_a_number() -> None:
    (panel,) = panels(CASES["all censored"])
    assert {line.get_marker() for line in panel.lines} == {"v", "^"}
    assert {line.get_markerfacecolor() for line in panel.lines} == {LIGHT.window}
    assert {"<0.3", "<5", ">200", "<=3"} <= set(words(panel))


def test_a_set_aside_draw_is_hollow_and_says_why() -> None:
    (panel,) = panels(CASES["an infection"])
    faces = {line.get_markerfacecolor(): len(line.get_xdata()) for line in panel.lines}
    assert faces == {LIGHT.lab: 2, LIGHT.window: 1}
    assert "48 H (infection)" in words(panel)


def test_one_range_for_all_is_a_named_band_and_different_ones_are_ticks() -> None:
    (shared,) = panels(CASES["an infection"])
    ((low, high),) = bands(shared)
    assert (low, high) == pytest.approx((shared.get_ylim()[0], math.log10(5)))
    assert "lab’s upper limit 5" in words(shared)

    (differing,) = panels(CASES["two labs"])
    foot = differing.get_ylim()[0]
    # A column of each draw's own range, which ends where its limit is ticked.
    assert [round(float(10**high), 3) for _, high in bands(differing)] == [5, 5, 10, 3]
    assert [low for low, _ in bands(differing)][::3] == [foot, foot]
    assert not any("limit" in text for text in words(differing))
    ticks = [
        round(10 ** segment[0][1], 3)
        for collection in differing.collections
        if isinstance(collection, LineCollection)
        for segment in collection.get_segments()
        if segment[0][1] == segment[1][1] and abs(segment[1][0] - segment[0][0]) < 5
    ]
    assert ticks == [5, 5, 10, 3]


def test_the_series_is_broken_between_the_draws_and_says_what_changed() -> None:
    (panel,) = panels(CASES["two labs"])
    first, second = strokes(panel)
    assert ago(50).toordinal() < first < ago(29).toordinal()
    assert ago(29).toordinal() < second < ago(5).toordinal()
    assert {"other lab", "other assay"} <= set(words(panel))
    for stroke in (first, second):
        assert all(abs(stroke - (ago(n).toordinal() - 0.5)) > 0.5 for n in (30, 12))
    assert strokes(panels(CASES["an infection"])[0]) == []


def test_crp_and_hs_crp_are_two_shapes() -> None:
    (panel,) = panels(CASES["two labs"])
    assert {line.get_marker(): len(line.get_xdata()) for line in panel.lines} == {"D": 3, "s": 1}


def test_of_forty_results_exactly_the_last_twelve_are_labelled() -> None:
    (panel,) = panels(CASES["forty"])
    printed = {result.value.text for result in CASES["forty"]}
    inside = [
        text.get_text()
        for text in panel.texts
        if text.get_position()[0] < LAST.toordinal() and text.get_text() in printed
    ]
    assert sorted(inside) == sorted(result.value.text for result in CASES["forty"][-12:])


def test_every_substance_has_a_panel_in_its_own_unit_on_the_same_days() -> None:
    labs = (
        lab(ago(75), "3.1"),
        lab(ago(70), "20", test="vitamin_d", unit="ng/mL", range_text="20-50", number=2),
        lab(ago(20), "2.1", test="tsh", unit="mIU/L", range_text="0.4-4.0", number=3),
    )
    overview = read_overview(diary(labs=labs), WEEKS12)
    figure, _ = draw(overview)
    told = {text.get_text() for text in texts(figure)}
    assert {"CRP", "Vitamin D (25-OH)", "TSH"} <= told
    assert {"mg/L, log scale", "nmol/L, log scale", "mIU/L, log scale"} <= told
    assert {"lab’s range 20–50 ng/mL", "lab’s range 0.4–4.0"} <= told
    assert len(panels(labs)) == 3
    table = CHART.tabulate(overview)
    assert {"CRP", "Vitamin D (25-OH)", "TSH"} <= set(table.header)
    assert "Vitamin D (25-OH) 20 ng/mL" in CHART.read_day(overview, ago(70))
    assert "TSH 2.1 mIU/L" in CHART.describe(overview)


def test_more_substances_than_panels_are_counted_and_stand_in_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tests = [entry for entry in analytes.ANALYTES if not entry.assay]
    labs = tuple(
        lab(ago(5), "2", test=entry.id, unit=entry.canonical_unit, number=n)
        for n, entry in enumerate(tests)
    )
    overview = read_overview(diary(labs=labs), WEEKS12)
    assert not any("more tests" in text.get_text() for text in texts(draw(overview)[0]))

    monkeypatch.setattr("moodlab.charts.blood.rows.MOST_PANELS", 4)

    told = {text.get_text() for text in texts(draw(overview)[0])}
    assert len(panels(labs)) == 4
    assert f"+ {len(tests) - 4} more tests, in the table" in told
    assert {entry.label for entry in tests} <= set(CHART.tabulate(overview).header)


def test_results_in_words_are_named_in_the_sentence_and_not_drawn() -> None:
    labs = (lab(ago(9), "3.1"), lab(ago(5), "n.d.", unit="", number=2))
    overview = read_overview(diary(labs=labs), WEEKS12)
    (panel,) = panels(labs)
    assert "n.d." not in words(panel)
    assert "In words, not drawn: 30 Oct 2025 CRP n.d." in CHART.describe(overview)
    assert any("n.d." in row for row in CHART.tabulate(overview).rows)
    only = read_overview(diary(labs=labs[1:]), WEEKS12)
    assert not only.is_empty
    assert "results in words: 1, in the table" in {t.get_text() for t in texts(draw(only)[0])}


def test_the_sentence_names_the_break() -> None:
    description = CHART.describe(read_overview(diary(labs=CASES["two labs"]), WEEKS12))
    assert "other lab: 6 Oct 2025 CRP 6.2 mg/L" in description
    assert "other assay: 30 Oct 2025 hs-CRP 2.0 mg/L" in description


@one_in(2)
@given(st.lists(st.decimals("0.000000001", "999999999999", places=9), min_size=1, max_size=5))
def test_the_axis_reaches_over_every_value_in_whole_half_decades(numbers: list) -> None:
    printed = [f"{number:f}" for number in numbers]
    made = diary(labs=tuple(lab(LAST, f"<{text}", number=n) for n, text in enumerate(printed)))
    labs = mark_labs(made, WEEKS12)
    scale = lab_scale(labs)
    steps = [10**place for place, _ in scale.ticks]
    assert steps[0] <= min(*(float(mark.figure) for mark in labs.marks), 0.3) * 1.0001
    assert steps[-1] >= max(*(float(mark.figure) for mark in labs.marks), 100) * 0.9999
    assert all(right / left == pytest.approx(3, rel=0.12) for left, right in pairwise(steps))
    for place, text in scale.ticks:
        if text.isascii():
            assert float(text) == pytest.approx(10**place)
    thin = [place for place, _ in lab_scale(labs, 75.0, 9.0).ticks]
    pitch = 75.0 / (scale.high - scale.low)
    assert all((above - below) * pitch > 7 for below, above in pairwise(thin))
