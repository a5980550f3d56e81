"""Sections on and off, one sheet, large print and the day list: in every format alike."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moodlab.domain.diary import Identity
from moodlab.domain.errors import Refused
from moodlab.domain.metrics import METRICS
from moodlab.domain.ratings import DayRecord, DayState
from moodlab.domain.tracking.questionnaires import Questionnaire
from moodlab.report.html import write_html
from moodlab.report.json import to_json
from moodlab.report.leaving_out import leave_out
from moodlab.report.model import build_report
from moodlab.report.options import (
    SECTIONS,
    PageOptions,
    read_sections,
    refuse_odd_options,
    write_sections,
)
from moodlab.report.page.words import write_page
from moodlab.report.pdf import write_pdf
from moodlab.report.text import write_text
from tests.report import diaries
from tests.report.pages import letters_of, sheet_texts, squeeze, tags_of, text_of

PERIOD = diaries.Period.ending(diaries.LAST, 84)


def everything():
    """A diary with a telling word in every section."""
    full = diaries.full()
    return replace(
        full,
        identity=Identity("Ada Example", "1984"),
        ratings={**full.ratings, "mood": full.ratings["mood"][:-20]},
        questionnaires=(Questionnaire("q", diaries.day(4), "PHQ-8", "11", "0", "24"),),
        days=(DayRecord(diaries.day(20), DayState.PAUSED), *full.days),
    )


def made(*without: str, **more):
    options = PageOptions(frozenset(without), **more)
    return leave_out(build_report(everything(), PERIOD, options=options))


TELLING = {
    "name": "Ada Example",
    "labs": "0.31 mg/dL",
    "treatments": "Sertraline",
    "events": "Chest infection",
    "questions": "Is the dose right",
    "notes": "Slept badly",
    "days-when": "with these values",
    "draws": "beside the 14 days",
    "doses": "The days of each dose",
    "questionnaires": "PHQ-8",
}


@pytest.mark.parametrize("section", TELLING)
def test_a_section_left_out_is_in_no_format(section: str) -> None:
    word = TELLING[section]

    def formats(model):
        return text_of(write_pdf(model).content), write_text(model), write_html(model)

    for told in formats(made()):
        assert squeeze(word) in squeeze(told)
    for told in formats(made(section)):
        assert squeeze(word) not in squeeze(told)
    assert to_json(made(section))["without"] == [section]
    if section in ("labs", "treatments", "events", "questions", "notes", "questionnaires"):
        assert to_json(made())[section]
        assert to_json(made(section))[section] == []


def test_all_sections_can_be_left_out_at_once() -> None:
    model = made(*SECTIONS)

    printed = write_pdf(model)

    assert len(sheet_texts(printed.content)) == 1
    assert "None entered" not in text_of(printed.content)
    assert "Fatigue" in text_of(printed.content)


def test_one_sheet_is_one_and_sends_nobody_to_another() -> None:
    model = leave_out(
        build_report(diaries.full(METRICS), PERIOD, options=PageOptions(is_one_sheet=True))
    )
    crowded = leave_out(
        build_report(diaries.hostile(), PERIOD, options=PageOptions(is_one_sheet=True))
    )

    (sheet,) = sheet_texts(write_pdf(model).content)
    printed = write_pdf(crowded)
    (other,) = sheet_texts(printed.content)

    assert "details" not in sheet + other
    assert squeeze("35 more results of 2 tests are not on this sheet.") in squeeze(other)
    (warning,) = printed.warnings
    assert warning.startswith("Ratings that are not on this sheet: ")
    assert squeeze(warning) in squeeze(other)


def test_large_print_is_large_and_says_the_same() -> None:
    model = made(is_large=True)

    printed = write_pdf(model)

    assert printed.warnings == ()
    letters = list(letters_of(printed.content))
    assert min(letter.size for letter in letters) > 11.5
    assert sum(letter.size >= 13.9 for letter in letters) > 400
    said = squeeze(text_of(printed.content))
    for sentence in to_json(model)["words"]:
        assert squeeze(sentence) in said, sentence
    assert [kind for kind, _ in tags_of(printed.content)].count("/Figure") == 12


def test_the_appendix_lists_every_day() -> None:
    tables = [
        table for table in write_page(made(has_appendix=True)).details
        if table.heading.startswith("Day list")
    ]  # fmt: skip

    assert [len(table.rows) for table in tables] == [84, 84]
    assert [len(table.heads) for table in tables] == [2 + 5, 2 + 2]
    assert not any(table.heading.startswith("Day list") for table in write_page(made()).details)


def test_tables_of_the_details_stand_on_one_grid() -> None:
    model = leave_out(
        build_report(
            everything(), PERIOD, options=PageOptions(has_appendix=True), around=diaries.day(30)
        )
    )

    tables = write_page(model).details

    assert len(tables) > 8
    for table in tables:
        assert len(table.shares) == len(table.heads)
        assert sum(table.shares) <= 24


def test_the_days_around_a_date_stand_beside_each_other() -> None:
    day = diaries.day(30)
    model = build_report(everything(), PERIOD, around=day)

    (table,) = [each for each in write_page(model).details if "around" in each.heading]

    assert table.heads[1:3] == ("7 Sep – 4 Oct 2025", "5 Oct – 1 Nov 2025")
    assert to_json(model)["around"]["day"] == day.isoformat()
    first = to_json(model)["around"]["metrics"][0]["before"]
    assert f"{first['median']} ({first['q1']}–{first['q3']}), n={first['n']}" == table.rows[0][1]
    with pytest.raises(Refused, match="not one of the days"):
        build_report(everything(), PERIOD, around=PERIOD.first - timedelta(days=1))


def test_weeks_add_up_and_stand_there_only_where_days_are_missing() -> None:
    sparse = diaries.report(diaries.diary(diaries.weeks_of_ratings(84, every=3)))
    whole = diaries.report(diaries.diary(diaries.weeks_of_ratings(84)))

    headings = [table.heading for table in write_page(sparse).details]

    assert "Completeness by week" in headings
    assert sum(week.rated for week in sparse.weeks) == sparse.coverage.days_with_rating
    assert sum(week.missing for week in sparse.weeks) == sparse.coverage.no_entry
    assert all(week.period.first.weekday() == 0 for week in sparse.weeks[1:])
    assert write_page(whole).details == ()


def test_totals_are_dated_and_never_on_the_first_sheet() -> None:
    first, *others = sheet_texts(write_pdf(made()).content)

    assert "PHQ-8" not in first
    assert any("PHQ-8" in sheet for sheet in others)


def test_what_does_not_go_together_is_refused() -> None:
    for odd in (
        PageOptions(frozenset({"cats"})),
        PageOptions(is_one_sheet=True, is_large=True),
        PageOptions(is_one_sheet=True, has_appendix=True),
    ):
        with pytest.raises(Refused):
            refuse_odd_options(odd)
    refuse_odd_options(PageOptions(frozenset(SECTIONS)))


def test_sections_are_kept_as_a_preference() -> None:
    chosen = frozenset({"labs", "days-when"})

    assert read_sections(write_sections(chosen)) == chosen
    assert read_sections("labs cats") == {"labs"}
