"""The page with blood results of every kind: what is drawn, what is told, nothing cut."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.labs.catalogue import Catalogue, own_analyte, unit_as_printed
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.results import LabResult
from moodlab.report.json import to_json
from moodlab.report.model import build_report
from moodlab.report.page.lab_list import choose_labs
from moodlab.report.page.words import write_page
from moodlab.report.pdf import write_pdf
from tests.charts.blood.test_labs import CASES
from tests.diaries import LAST, WEEKS12, lab, lively
from tests.report.pages import letters_of, sheet_texts, squeeze, tags_of

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
    assert "grey column: each lab’s own range" in words
    assert "double tick: another series" in words
    plain = " ".join(write_page(report((lab(LAST, "3"),))).labs_panel)
    assert plain == "CRP (mg/L) log scale; no line between results"


def test_crp_in_words_only_has_no_panel_and_stands_in_the_table() -> None:
    model = report((lab(LAST - timedelta(days=3), "negative", unit=""),))
    page = write_page(model)
    assert page.labs_panel == ()
    assert "negative" in squeeze(sheet_texts(write_pdf(model).content)[0])


def test_crp_is_drawn_and_without_it_another_inflammation_test() -> None:
    both = (*CASES["only IL-6"], lab(LAST, "3.1", number=9))
    assert write_page(report(both)).labs_panel[0] == "CRP (mg/L)"
    model = report(CASES["only IL-6"])
    page = write_page(model)
    assert page.labs_panel[0] == "IL-6 (pg/mL)"
    assert [row[1] for row in page.labs.rows] == ["IL-6 3.9 pg/mL", "IL-6 <1.5 ng/L"]
    alts = [str(node.get("/Alt", "")) for kind, node in tags_of(write_pdf(model).content)
            if kind == "/Figure"]  # fmt: skip
    assert any("IL-6 3.9 pg/mL" in alt for alt in alts)


def test_other_tests_have_no_panel_on_the_page() -> None:
    page = write_page(report((lab(LAST, "2.1", test="tsh", unit="mIU/L"),)))
    assert page.labs_panel == ()
    assert [row[1] for row in page.labs.rows] == ["TSH 2.1 mIU/L"]


def test_forty_results_are_five_on_the_first_sheet_and_all_on_the_next() -> None:
    page = write_page(report(CASES["forty"]))
    assert len(page.labs.rows) < 40
    full = next(table for table in page.details if "All blood results" in table.heading)
    assert len(full.rows) == 40


def test_that_a_draw_is_set_aside_is_said_before_why() -> None:
    why = ("vaccination", "exercise", "anti_inflammatory")
    page = write_page(report((lab(LAST, "14", context=why, excluded=True),)))
    assert page.labs.rows[0][3].startswith("left out: vaccination")


def ago(days: int):
    return LAST - timedelta(days=days)


CRP = tuple(
    lab(ago(days), printed, range_text="<5", number=days)
    for days, printed in ((75, "14"), (60, "6.1"), (33, "3.1"))
)
PANEL_TESTS = tuple(own_analyte(f"Blood count {n}", (unit_as_printed("U"),)) for n in range(30))


def panel(days: int, count: int = 30) -> tuple[LabResult, ...]:
    """A routine panel of one day, as an import brings it."""
    catalogue = Catalogue(PANEL_TESTS)
    return tuple(
        read_entry(LabEntry(ago(days), test.id, f"{1 + n}", "U", "1-20", "City Hospital"),
                   f"panel-{days:03}-{n:02}", catalogue=catalogue)
        for n, test in enumerate(PANEL_TESTS[:count])
    )  # fmt: skip


def by_day(*results: LabResult) -> tuple[LabResult, ...]:
    return tuple(sorted(results, key=lambda result: (result.collected, result.id)))


def all_table(page):
    return next(table for table in page.details if "lood results of the period" in table.heading)


def test_a_panel_of_thirty_does_not_push_crp_off_the_first_sheet() -> None:
    page = write_page(report(by_day(*CRP, *panel(5))))
    assert [row[1] for row in page.labs.rows][:3] == ["CRP 14 mg/L", "CRP 6.1 mg/L", "CRP 3.1 mg/L"]
    assert [row[0] for row in page.labs.rows] == [
        "21 Aug 2025", "5 Sep 2025", "2 Oct 2025", "30 Oct 2025", "30 Oct 2025",
    ]  # fmt: skip
    assert page.labs_left_out == (
        "Inflammation tests first. 28 more results of 28 tests: see the details."
    )
    assert len(all_table(page).rows) == 33
    assert all_table(page).heading == "All blood results of the period"


def test_without_inflammation_tests_the_newest_are_listed_and_the_rest_counted() -> None:
    page = write_page(report(by_day(*panel(40, 2), *panel(5, 6))))
    assert {row[0] for row in page.labs.rows} == {"30 Oct 2025"}
    assert page.labs_left_out == "3 more results of 2 tests: see the details."
    one = write_page(report(by_day(*panel(5, 6))))
    assert one.labs_left_out == "1 more result: see the details."
    assert write_page(report(by_day(*panel(5, 5)))).labs_left_out == ""


def test_of_many_inflammation_tests_the_newest_are_listed() -> None:
    results = by_day(*(lab(ago(80 - 5 * n), f"{n + 1}", number=100 + n) for n in range(9)))
    page = write_page(report(results))
    assert [row[1] for row in page.labs.rows] == [f"CRP {n} mg/L" for n in range(5, 10)]
    assert page.labs_left_out == "4 more results of one test: see the details."


def test_hundreds_of_results_are_listed_in_part_and_the_page_says_which_and_where() -> None:
    results = by_day(*CRP, *(each for days in range(80, 2, -6) for each in panel(days)))
    assert len(results) == 393
    model = report(results)
    page = write_page(model)
    table = all_table(page)
    assert table.heading == "Blood results of the period"
    assert len(table.rows) == 120
    assert sum(row[1] == "CRP" for row in table.rows) == 3
    assert page.labs_left_out == (
        "Inflammation tests first. 388 more results of 30 tests: 115 are in the details, which "
        "say where the others are."
    )
    assert table.remark == (
        "120 of 393 results: all 3 of inflammation tests, and the newest of the others. Not listed:"
        " 273 results of 30 tests, collected 16 Aug – 9 Oct 2025. They are in MoodLab under Labs,"
        " in this report saved as JSON, and in every export as CSV, JSON or FHIR."
    )
    written = to_json(model)
    assert len(written["labs"]) == 393
    assert len(written["draws"]) == 393
    content = write_pdf(model).content
    told = squeeze("".join(sheet_texts(content)))
    for sentence in written["words"]:
        assert squeeze(sentence) in told, sentence
    assert len(sheet_texts(content)) <= 7


def test_a_panel_beside_the_days_before_it_names_a_few_and_counts_the_rest() -> None:
    page = write_page(report(by_day(*panel(5), lab(ago(5), "3.1", number=1), *panel(40, 2))))
    beside = next(table for table in page.details if "beside the 14 days" in table.heading)
    few, many = (row[1] for row in beside.rows)
    assert few == "Blood count 0 1 U; Blood count 1 2 U"
    assert "CRP 3.1 mg/L" in many
    assert many.endswith("; and 28 more")
    assert many.count(";") == 3


@given(
    st.lists(st.tuples(st.integers(0, 83), st.sampled_from(["crp", "il6", "tsh", "ferritin"])),
             max_size=30),
    st.integers(1, 12),
)  # fmt: skip
def test_what_is_chosen_is_the_newest_of_inflammation_tests_then_the_newest(drawn, places) -> None:
    units = {"crp": "mg/L", "il6": "pg/mL", "tsh": "mIU/L", "ferritin": "ng/mL"}
    results = by_day(
        *(lab(ago(days), "3", test=test, unit=units[test], number=n)
          for n, (days, test) in enumerate(drawn))
    )  # fmt: skip
    chosen = choose_labs(results, places)
    assert list(chosen) == [result for result in results if result in chosen]
    telling = [result for result in results if result.analyte in ("crp", "il6")]
    others = [result for result in results if result.analyte not in ("crp", "il6")]
    room = max(0, places - len(telling))
    assert set(chosen) == {*telling[-places:], *(others[-room:] if room else ())}
