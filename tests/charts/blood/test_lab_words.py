"""C3 where draws stand close: every value finds a place, and its thin line leads to its mark."""

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.analysis.lab_marks import LabMarks, mark_labs
from moodlab.charts.blood.labels import Word, labelled, mark_box
from moodlab.charts.blood.layout import LabLayouter, Layout
from moodlab.charts.blood.places import crosses, overlap, spread
from moodlab.charts.blood.words import legend_of
from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.fonts import text_width
from moodlab.charts.drawing.sheet import MM, PAGE_LABS, PX, SCREEN, Medium
from moodlab.domain.days import Period
from moodlab.domain.labs.results import LabResult
from tests.charts.blood.test_labs import CASES, ago, numbered
from tests.diaries import LAST, diary, lab


def value(number: int) -> str:
    """A number that jumps about between 0.4 and 13.3."""
    return f"{0.4 + number * 37 % 91 / 7:.1f}"


def row(
    count: int, first: int, every: int, printed=value, labs: int = 25, **more
) -> tuple[LabResult, ...]:
    """Results each some days after the one before; from number `labs` on of another lab."""
    return numbered(
        *(
            lab(ago(first - every * n), printed(n), **{"range_text": "<5"} | more,
                by="City" if n < labs else "University")
            for n in range(count)
        )
    )  # fmt: skip


# Results and the days that the panel shows.
DENSE: dict[str, tuple[tuple[LabResult, ...], int]] = {
    "forty in twelve weeks": (row(40, 82, 2), 84),
    "forty that hardly differ": (row(40, 82, 2, lambda n: f"{2 + n * 7 % 11 / 10:.1f}"), 84),
    "forty in a year": (row(40, 360, 9), 366),
    "twenty-eight in a year, then twelve days": (
        numbered(*row(28, 360, 12), *row(12, 11, 1, labs=0)), 366,
    ),
    "thirty-nine in twelve weeks": (row(39, 82, 2), 84),
    "thirty-nine in a year": (row(39, 360, 9), 366),
    "twelve in fourteen days": (row(12, 13, 1), 14),
    "twelve in the last days of twelve weeks": (row(12, 13, 1), 84),
    "twelve in the last days of a year": (row(12, 13, 1, labs=5), 366),
    "all censored": (row(40, 82, 2, lambda n: "<5" if n % 3 else "<3"), 84),
    "as high as the axis": (row(40, 82, 2, lambda n: str(30 + n * 37 % 91 * 5)), 84),
    "two labs in turn": (
        numbered(*(lab(ago(80 - 6 * n), value(n), range_text="<5" if n % 2 else "<10",
                       by="City" if n % 2 else "University") for n in range(14))), 84,
    ),
    "CRP and hs-CRP": (
        numbered(*(lab(ago(82 - 2 * n), value(n), test="crp" if n % 3 else "hs_crp",
                       range_text="<5") for n in range(40))), 84,
    ),
    "two units": (
        numbered(*(lab(ago(80 - 4 * n), "0.31" if n % 2 else value(n),
                       unit="mg/dL" if n % 2 else "mg/L") for n in range(20))), 84,
    ),
    "ten on one day": (row(10, 40, 0), 84),
}  # fmt: skip

# Window, page, and page with nine ratings above.
PLACES: dict[str, tuple[Medium, float, float]] = {
    "window": (SCREEN, 440.0, 106 * PX),
    "page": (PAGE_LABS, 107.8 * MM, 21.2 * MM),
    "dense page": (PAGE_LABS, 107.8 * MM, 16.7 * MM),
}
DASHED = (30, 12)


def laid_out(case: str, place: str) -> tuple[LabMarks, Layout]:
    results, days = DENSE[case]
    period = Period.ending(LAST, days)
    marked = mark_labs(diary(labs=results), period)
    medium, width, height = PLACES[place]
    axis = TimeAxis(period, width)
    dashed = [axis.offset(axis.begin_of(ago(n))) for n in DASHED if ago(n) > period.first]
    return marked, LabLayouter(marked, axis, height, medium, dashed).lay_out()


everywhere = pytest.mark.parametrize("place", PLACES)
dense = pytest.mark.parametrize("case", DENSE)


@everywhere
@dense
def test_every_value_that_is_to_be_labelled_finds_a_place(case: str, place: str) -> None:
    _, layout = laid_out(case, place)
    wanted = labelled(layout.spots)
    assert len(wanted) == (12 if len(layout.spots) >= 40 else len(layout.spots))
    written = Counter(word.text for word in layout.words if word.is_value)
    assert written == Counter(spot.mark.label for spot in wanted)
    assert layout.is_complete


@everywhere
@dense
def test_words_and_thin_lines_stand_on_no_word_and_words_on_no_mark(case: str, place: str) -> None:
    medium, width, height = PLACES[place]
    _, layout = laid_out(case, place)
    for one, other in combinations(layout.words, 2):
        assert not overlap(one.box, other.box), (one, other)
    for word in layout.words:
        left, right, foot, top = word.box
        assert right - left == pytest.approx(text_width(word.text, medium.label))
        assert left >= -1e-6
        assert right <= width + 1e-6
        assert foot >= -1
        assert top <= height + medium.label / 2
        for other in layout.words:
            if other is not word:
                assert not crosses(other.leader, word.box), (other, word)
        for spot in layout.spots:
            assert not overlap(word.box, mark_box(spot, medium.lab)), (word, spot)
            assert not (left < spot.x < right and foot < spot.y), (word, spot)


@everywhere
@dense
def test_thin_lines_end_at_marks_in_their_order_and_never_cross(case: str, place: str) -> None:
    _, layout = laid_out(case, place)
    led = sorted((word for word in layout.words if word.leader), key=lambda w: w.leader[0][0])
    for before, after in pairwise(led):
        assert before.leader[-1][0] <= after.leader[-1][0]
    ends = {(round(spot.x, 3), spot.mark.label) for spot in layout.spots}
    for word in led:
        if word.is_value:
            assert (round(word.leader[-1][0], 3), word.text) in ends
        assert heights(word) == sorted(heights(word), reverse=True)


def heights(word: Word) -> list[float]:
    return [y for _, y in word.leader]


def test_a_value_with_room_stands_at_its_mark_and_the_axis_keeps_its_height() -> None:
    period = Period.ending(LAST, 84)
    marked = mark_labs(diary(labs=CASES["an infection"]), period)
    layout = LabLayouter(marked, TimeAxis(period, 440), 79.5, SCREEN, ()).lay_out()
    assert not any(word.leader for word in layout.words)
    assert layout.scale.high == pytest.approx(2.2)


@pytest.mark.parametrize("count", [1, 5, 10, 11, 20, 40])
def test_a_band_is_named_once_at_its_edge_or_in_the_legend(count: int) -> None:
    period = Period.ending(LAST, 84)
    marked = mark_labs(diary(labs=row(count, 82, 2)), period)
    layout = LabLayouter(marked, TimeAxis(period, 440), 79.5, SCREEN, ()).lay_out()
    said = [*(word.text for word in layout.words), *legend_of(marked)]
    assert sum("lab’s upper limit 5" in text for text in said) == 1
    assert ("grey: lab’s upper limit 5" in legend_of(marked)) == (count > 10)


def test_a_few_breaks_are_named_where_they_are() -> None:
    marked, layout = laid_out("forty in twelve weeks", "page")
    assert "other lab" in [word.text for word in layout.words]
    assert "double tick: another series" in legend_of(marked)


def test_many_breaks_of_one_kind_are_named_once() -> None:
    marked, layout = laid_out("two labs in turn", "page")
    assert len(layout.breaks) == 13
    assert not any("lab" in word.text for word in layout.words)
    assert "double tick: other lab" in legend_of(marked)


def test_many_breaks_of_several_kinds_have_letters_and_a_key() -> None:
    results = numbered(
        *(lab(ago(80 - 6 * n), value(n), test="crp" if n % 3 else "hs_crp",
              by="City" if n < 6 else "University") for n in range(14))
    )  # fmt: skip
    marked = mark_labs(diary(labs=results), Period.ending(LAST, 84))
    axis = TimeAxis(Period.ending(LAST, 84), 440)
    layout = LabLayouter(marked, axis, 79.5, SCREEN, ()).lay_out()
    letters = Counter(word.text for word in layout.words if not word.is_value)
    assert set(letters) == {"a", "b"}
    assert letters.total() == len(marked.breaks)
    assert [line for line in legend_of(marked) if "double tick" in line] == [
        "double tick a: other assay", "double tick b: other assay, other lab",
    ]  # fmt: skip


def test_numbers_at_the_axis_fit_into_the_room_beside_the_panel() -> None:
    _, layout = laid_out("as high as the axis", "page")
    assert "10³" in [text for _, text in layout.scale.ticks]
    assert all(
        text_width(text, PAGE_LABS.label) <= PAGE_LABS.numbers for _, text in layout.scale.ticks
    )


@given(
    st.lists(st.floats(0, 300), min_size=1, max_size=14).map(sorted),
    st.floats(1, 40),
)
def test_what_is_spread_keeps_its_order_its_distance_and_its_limits(wanted, apart) -> None:
    places = spread(wanted, [apart] * (len(wanted) - 1), 0, 300)
    if apart * (len(wanted) - 1) > 300:
        assert places == []
        return
    assert len(places) == len(wanted)
    assert places[0] >= -1e-6
    assert places[-1] <= 300 + 1e-6
    assert all(after - before >= apart - 1e-6 for before, after in pairwise(places))
    if all(after - before >= apart for before, after in pairwise(wanted)):
        assert places == pytest.approx(wanted)
