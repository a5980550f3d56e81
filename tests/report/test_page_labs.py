"""The page with blood results of every kind: what is drawn, what is told, nothing cut."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moodlab.report.model import build_report
from moodlab.report.pdf import write_pdf
from moodlab.report.words import write_page
from tests.charts.test_labs import CASES
from tests.diaries import LAST, WEEKS12, lab, lively
from tests.report.pages import letters_of, sheet_texts, squeeze

MARGIN = 10 / 25.4 * 72
A4 = (595.3, 841.9)


def report(labs):
    return build_report(replace(lively(), labs=labs), WEEKS12)


@pytest.mark.parametrize("case", CASES)
def test_every_result_is_printed_and_nothing_stands_in_the_outer_margin(case: str) -> None:
    content = write_pdf(report(CASES[case])).content
    told = squeeze("".join(sheet_texts(content)))
    for result in CASES[case]:
        assert squeeze(result.printed_with_unit) in told
    for letter in letters_of(content):
        assert letter.left > MARGIN - 1
        assert letter.right < A4[0] - MARGIN + 1
        assert letter.bottom > MARGIN - 1
        assert letter.top < A4[1] - MARGIN + 1


def test_the_first_sheet_explains_the_shapes_that_occur() -> None:
    words = " ".join(write_page(report(CASES["two labs"])).labs_panel)
    assert "square: hs-CRP" in words
    assert "bars: each lab's own limits" in words
    assert "double tick: another series" in words
    plain = " ".join(write_page(report((lab(LAST, "3"),))).labs_panel)
    assert plain == "CRP (mg/L) log scale; nothing is assumed between results"


def test_crp_in_words_only_has_no_panel_and_stands_in_the_table() -> None:
    model = report((lab(LAST - timedelta(days=3), "negative", unit=""),))
    page = write_page(model)
    assert page.labs_panel == ()
    assert "negative" in squeeze(sheet_texts(write_pdf(model).content)[0])


def test_only_crp_is_drawn_on_the_page() -> None:
    page = write_page(report(CASES["only IL-6"]))
    assert page.labs_panel == ()
    assert [row[1] for row in page.labs.rows] == ["IL-6 3.9 pg/mL", "IL-6 <1.5 ng/L"]


def test_forty_results_are_five_on_the_first_sheet_and_all_on_the_next() -> None:
    page = write_page(report(CASES["forty"]))
    assert len(page.labs.rows) < 40
    full = next(table for table in page.details if "All blood results" in table.heading)
    assert len(full.rows) == 40


def test_that_a_draw_is_set_aside_is_said_before_why() -> None:
    why = ("vaccination", "exercise", "anti_inflammatory")
    page = write_page(report((lab(LAST, "14", context=why, excluded=True),)))
    assert page.labs.rows[0][3].startswith("set aside: vaccination")
