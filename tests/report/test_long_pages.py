"""A page over many years ends, says where the rest is, and always meets its standards."""

import io
from datetime import date, timedelta

import pikepdf

from moodlab.report.json import to_json
from moodlab.report.page.newest import MOST_LISTED, keep_newest
from moodlab.report.page.words import write_page
from moodlab.report.pdf import write_pdf
from tests.report import diaries

TEN_YEARS = 3650


def test_ten_years_of_draws_and_doses_fit_a_few_tagged_sheets() -> None:
    every_two = range(TEN_YEARS - 2, -1, -2)
    long = diaries.diary(
        ratings=diaries.weeks_of_ratings(TEN_YEARS),
        labs=[diaries.lab(ago, "CRP", f"{3 + ago % 9}.1") for ago in every_two],
        treatments=[
            diaries.treatment("µ drug", [(ago, f"{ago} µg") for ago in range(TEN_YEARS, 0, -20)])
        ],
    )
    model = diaries.report(long, TEN_YEARS)

    printed = write_pdf(model)

    assert printed.warnings == ()
    with pikepdf.open(io.BytesIO(printed.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert len(document.pages) < 18
    tables = {table.heading: table for table in write_page(model).details}
    for heading in (
        "Each draw beside the 14 days before it",
        "The days of each dose",
        "Treatments with dates and doses",
    ):
        assert len(tables[heading].rows) == MOST_LISTED
        assert "The newest 120 of 18" in tables[heading].remark
        assert "in this report saved as JSON" in tables[heading].remark
    assert len(to_json(model)["draws"]) == len(model.draws) == len(every_two)


def test_the_newest_are_listed_in_their_order() -> None:
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(MOST_LISTED + 2)]

    listed, sentence = keep_newest(days[::-1], lambda day: day)

    assert listed == days[:1:-1]
    assert "The 2 before them (1 Jan – 2 Jan 2020)" in sentence
    assert keep_newest(days[2:], lambda day: day) == (days[2:], "")
