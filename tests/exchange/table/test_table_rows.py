"""Rows of a table are understood by their time, and never by their place in the file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.analysis.coverage import measure_coverage
from moodlab.domain.days import Period, Timeliness
from moodlab.domain.errors import Refused
from moodlab.domain.intake import Intake
from moodlab.exchange.importers import mapped_csv
from moodlab.exchange.mapping_file import read_mapping
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal

TODAY = date(2026, 11, 28)
DAY_END = 240
MOOD = '[columns.mood]\ncolumn = "mood"\nlow = 1\nhigh = 5\n'
TIMES = '[recorded]\ncolumns = ["t"]\ntime_format = "%H:%M"\n'
# The moods and times of tests/data/test_data.csv in staticf0x/daylio-parser, an export of Daylio;
# rad is 5, awful 1. It is written newest first, and one time has another form.
DAYLIO = """full_date,time,mood
2020-05-30,6:50 pm,5
2020-05-30,1:08 pm,5
2020-05-30,8:02 am,5
2020-05-30,1:23 am,5
2020-05-29,9:24 pm,5
2020-05-29,8:00 pm,5
2020-05-29,6:24 pm,5
2020-05-29,3:03 pm,5
2020-05-29,12:38 pm,5
2020-05-29,7:45 am,5
2020-05-29,1:55 am,5
2020-05-28,3:20 pm,4
2020-05-28,9:40 am,4
2020-05-28,5:58 am,5
2020-05-28,12:46 am,5
2020-05-28,12:19 am,5
2020-05-27,8:50 pm,5
2020-05-27,7:38 pm,4
2020-05-27,6:46 pm,5
2020-05-27,4:25 pm,4
2020-05-27,2:49 pm,5
2020-05-27,1:22 pm,5
2020-05-27,12:28 pm,5
2020-05-27,12:20 pm,4
2020-05-27,10:18 am,3
2020-05-27,6:52 am,3
2020-05-25,8:00 pm,2
2020-05-25,6:51 pm,1
2020-05-25,5:54 pm,1
2020-05-25,4:57 pm,2
2020-05-25,14:58,3
2020-05-25,7:09 am,3
"""
DAYLIO_MAPPING = (
    '[file]\nname = "daylio"\ndate = "full_date"\n'
    + MOOD
    + 'several = "{several}"\n[recorded]\ncolumns = ["time"]\ntime_format = "%I:%M %p"\n'
    'other_formats = ["%H:%M"]\nzone = "Europe/Prague"\n'
)


def read(*rows: str, heading: str = "date,mood,t", mapping: str = "") -> Intake:
    text = mapping or '[file]\ndate = "date"\n' + MOOD + TIMES
    content = "\n".join((heading, *rows)).encode()
    return mapped_csv.read(content, read_mapping(text.encode()), DAY_END, TODAY)


def told(intake: Intake) -> dict[int, tuple[int | None, str | None]]:
    return {
        rating.day.day: (
            rating.value,
            rating.recorded and rating.recorded.local.strftime("%d %H:%M"),
        )
        for rating in intake.ratings
    }


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        (
            "last",
            {
                25: (2500, "25 20:00"),
                27: (10_000, "27 20:50"),
                28: (7500, "28 15:20"),
                29: (10_000, "29 21:24"),
                30: (10_000, "30 18:50"),
            },
        ),
        (
            "first",
            {
                25: (5000, "25 07:09"),
                27: (5000, "27 06:52"),
                28: (10_000, "28 00:19"),
                29: (10_000, "29 01:55"),
                30: (10_000, "30 01:23"),
            },
        ),
        (
            "median",
            {
                25: (2500, "25 20:00"),
                27: (8800, "27 20:50"),  # 4.5 on 1–5
                28: (10_000, "28 15:20"),
                29: (10_000, "29 21:24"),
                30: (10_000, "30 18:50"),
            },
        ),
        (
            "mean",
            {
                25: (2500, "25 20:00"),
                27: (8300, "27 20:50"),  # 43 / 10, so 8.25
                28: (9000, "28 15:20"),  # 23 / 5
                29: (10_000, "29 21:24"),
                30: (10_000, "30 18:50"),
            },
        ),
    ],
)
def test_an_export_of_daylio_is_read_as_reckoned_by_hand(several: str, expected) -> None:
    mapping = read_mapping(DAYLIO_MAPPING.replace("{several}", several).encode())
    intake = mapped_csv.read(DAYLIO.encode(), mapping, DAY_END, TODAY)

    assert told(intake) == expected
    for rating in intake.ratings:
        assert rating.timeliness is Timeliness.SAME_DAY
        assert rating.recorded is not None
        assert (rating.recorded.day, rating.recorded.offset_minutes) == (rating.day, 120)
    assert intake.problems == ()
    assert intake.table is not None
    assert (intake.table.rows, intake.table.together, intake.table.without_time) == (32, 32, 0)
    assert intake.table.days == Period(date(2020, 5, 25), date(2020, 5, 30))
    assert intake.table.ratings == (("mood", 5),)


def test_a_time_in_another_form_is_counted_as_not_read() -> None:
    mapping = DAYLIO_MAPPING.replace("{several}", "last").replace('other_formats = ["%H:%M"]\n', "")
    intake = mapped_csv.read(DAYLIO.encode(), read_mapping(mapping.encode()), DAY_END, TODAY)

    assert intake.table is not None
    assert (intake.table.without_time, intake.table.unread_time) == (1, 1)


rows_of_some_days = st.lists(
    st.tuples(
        st.integers(1, 5), st.integers(0, 23), st.integers(1, 5), st.sampled_from(["", "0", "5"]),
        st.sampled_from(["", "a", "b"]),
    ),
    max_size=25,
)  # fmt: skip


@given(st.data(), rows_of_some_days, st.sampled_from(["first", "last", "median", "mean"]))
def test_any_rows_in_any_order_give_the_same_records(data, rows, several: str) -> None:
    mapping = (
        '[file]\ndate = "date"\n' + MOOD + f'several = "{several}"\n' + TIMES + '[treatment]\n'
        'name = "x"\ncolumn = "dose"\n[events]\ncolumn = "phase"\n'
    )  # fmt: skip
    written = [f"2026-01-0{d},{mood},{h:02}:00,{dose},{p}" for d, h, mood, dose, p in rows]

    def records(lines: Sequence[str]) -> object:
        intake = read(*lines, heading="date,mood,t,dose,phase", mapping=mapping)
        reasons = sorted(problem.reason for problem in intake.problems)
        return intake.ratings, intake.treatments, intake.events, intake.table, reasons

    assert records(data.draw(st.permutations(written))) == records(written)


def test_any_order_gives_the_same_journal(tmp_path: Path) -> None:
    heading, *rows = DAYLIO.strip().splitlines()
    tables = []
    for number, lines in enumerate((rows, rows[::-1], sorted(rows, key=hash))):
        mapping = read_mapping(DAYLIO_MAPPING.replace("{several}", "last").encode())
        content = "\n".join((heading, *lines)).encode()
        with Journal.create(tmp_path / f"{number}.moodlab") as journal:
            journal.imports.take(mapped_csv.read(content, mapping, DAY_END, TODAY))
            assert check_journal(journal) == ()
            tables.append(journal.read_tables().tables["rating"])
    assert tables[0] == tables[1] == tables[2]


def test_rows_without_a_time_keep_their_order_and_give_way_to_those_with_one() -> None:
    assert told(read("2026-01-01,1,", "2026-01-01,4,")) == {1: (7500, None)}
    assert told(read("2026-01-01,1,09:00", "2026-01-01,4,")) == {1: (0, "01 09:00")}
    assert told(read("2026-01-01,4,", "2026-01-01,1,09:00")) == {1: (0, "01 09:00")}


def test_a_day_of_unknown_time_is_a_class_of_its_own_in_the_journal(tmp_path: Path) -> None:
    intake = read("2026-01-01,1,", "2026-01-02,4,09:00", "2026-01-03,4,nine")
    with Journal.create(tmp_path / "j.moodlab") as journal:
        journal.imports.take(intake)
        coverage = measure_coverage(
            journal.read_diary(), Period(date(2026, 1, 1), date(2026, 1, 3))
        )
        assert check_journal(journal) == ()

    assert (coverage.same_day, coverage.unknown, coverage.days_with_rating) == (1, 2, 3)
    assert intake.table is not None
    assert (intake.table.without_time, intake.table.unread_time) == (2, 1)


@pytest.mark.parametrize(
    ("stated", "written", "expected"),
    [
        ("2020-05-29", "2020-05-30 01:23", Timeliness.SAME_DAY),  # before the day's end
        ("2020-05-30", "2020-05-30 01:23", Timeliness.SAME_DAY),
        ("2020-05-29", "2020-05-30 05:00", Timeliness.NEXT_DAY),
        ("2020-05-29", "2020-06-02 12:00", Timeliness.LATER),
        ("2020-05-29", "2029-06-02 12:00", Timeliness.UNKNOWN),  # to come
        ("2020-05-29", "2019-06-02 12:00", Timeliness.UNKNOWN),  # long before the day
    ],
)
def test_the_class_is_reckoned_from_the_day_that_the_source_states(
    stated: str, written: str, expected: Timeliness
) -> None:
    mapping = '[file]\ndate = "date"\n' + MOOD + TIMES.replace("%H:%M", "%Y-%m-%d %H:%M")

    (rating,) = read(f"{stated},3,{written}", mapping=mapping).ratings

    assert rating.day == date.fromisoformat(stated)
    assert rating.timeliness is expected


STAMPED = (
    '[file]\ndate = "ts"\ndate_format = "%Y-%m-%dT%H:%M:%S%z"\n' + MOOD + "[recorded]\n"
    'columns = ["ts"]\ntime_format = "%Y-%m-%dT%H:%M:%S%z"\n'
)


@pytest.mark.parametrize(
    ("stamp", "zone", "day", "local"),
    [
        ("2026-11-10T04:30:00Z", "America/Los_Angeles", 9, "2026-11-09T20:30:00-08:00"),
        ("2026-11-10T04:30:00Z", "", 10, "2026-11-10T04:30:00+00:00"),
        ("2026-11-10T04:30:00+0530", "", 10, "2026-11-10T04:30:00+05:30"),
        ("2026-11-09T23:30:00-02:00", "Europe/Berlin", 10, "2026-11-10T02:30:00+01:00"),
        ("2026-07-10T23:30:00+09:00", "Asia/Tokyo", 10, "2026-07-10T23:30:00+09:00"),
    ],
)
def test_the_offset_in_the_file_is_kept(stamp: str, zone: str, day: int, local: str) -> None:
    mapping = STAMPED + (f'zone = "{zone}"\n' if zone else "")

    (rating,) = read(f"{stamp},3", heading="ts,mood", mapping=mapping).ratings

    assert rating.day.day == day
    assert rating.recorded is not None
    assert rating.recorded.local.isoformat() == local
    assert rating.recorded.at == datetime.fromisoformat(stamp).astimezone(UTC)
    assert rating.recorded.day == rating.day


@pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_at_the_edge_of_time_is_refused_with_its_line(stamp: str) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        (problem,) = read(
            f"{stamp},3", heading="ts,mood", mapping=STAMPED + f'zone = "{zone}"\n'
        ).problems
        assert problem.line == 2


@pytest.mark.parametrize(
    ("form", "dates", "other"),
    [
        ("%d/%m/%Y", ["01/02/2026", "01/13/2026", "05/30/2026"], "%m/%d/%Y"),
        ("%m/%d/%Y", ["01/02/2026", "13/01/2026"], "%d/%m/%Y"),
        ("%d/%m/%Y", ["01/02/2026", "05/12/2026"], "%m/%d/%Y"),  # 5 December is to come
        ("%d.%m.%y", ["01.02.2026"], "%d.%m.%Y"),
        ("%d-%m-%Y", ["2026-01-02"], "%Y-%m-%d"),
        ("%d %B %Y", ["May 30 2026", "May 2 2026"], "%B %d %Y"),
    ],
)
def test_dates_that_all_fit_another_order_are_not_imported_by_half(
    form: str, dates: list[str], other: str
) -> None:
    mapping = f'[file]\ndate = "date"\ndate_format = "{form}"\n' + MOOD

    with pytest.raises(Refused) as refused:
        read(*(f"{day},3" for day in dates), heading="date,mood", mapping=mapping)

    assert f'date_format = "{other}"' in refused.value.sentence


def test_a_slip_among_good_dates_costs_only_its_row() -> None:
    mapping = '[file]\ndate = "date"\ndate_format = "%d/%m/%Y"\n' + MOOD
    intake = read("25/02/2026,3", "02/13/2026,3", "soon,3", heading="date,mood", mapping=mapping)

    assert [problem.line for problem in intake.problems] == [3, 4]
    assert told(intake) == {25: (5000, None)}


@pytest.mark.parametrize("slip", ["2026-12-01", "2062-01-01", "1026-11-05", "2026-11-31"])
def test_a_slip_in_a_year_first_costs_only_its_row(slip: str) -> None:
    intake = read("2026-11-05,3,", f"{slip},3,", "2026-11-15,5,")

    assert [problem.line for problem in intake.problems] == [3]
    assert sorted(told(intake)) == [5, 15]


@pytest.mark.parametrize("heading", ["date,mood,mood", "date,mood, mood ", "mood,date,mood"])
def test_two_columns_of_one_name_are_refused(heading: str) -> None:
    with pytest.raises(Refused, match="2 columns called “mood”"):
        read("2026-01-01,1,2", heading=heading, mapping='[file]\ndate = "date"\n' + MOOD)


def test_a_column_that_nobody_reads_may_stand_there_twice() -> None:
    intake = read(
        "2026-01-01,1,a,b", heading="\ufeffdate, mood,note,note",
        mapping='[file]\ndate = "date"\nencoding = "utf-8"\n' + MOOD,
    )  # fmt: skip
    assert told(intake) == {1: (0, None)}


def test_a_refused_row_of_several_lines_is_named_by_its_first_line() -> None:
    intake = read(
        '2026-01-01,3,"09:00\nor so\n"', "", "2026-01-02,9,09:00", '2026-01-03,"9\n\n",09:00'
    )

    assert [problem.line for problem in intake.problems] == [6, 7]
    assert intake.table is not None
    assert (intake.table.rows, intake.table.unread_time) == (3, 1)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b",,\n"])
def test_an_empty_table_is_called_empty(content: bytes) -> None:
    mapping = read_mapping(('[file]\ndate = "date"\n' + MOOD).encode())
    with pytest.raises(Refused, match=r"^The table is empty\.$"):
        mapped_csv.read(content, mapping, DAY_END, TODAY)


DOSES = (
    '[file]\ndate = "date"\n' + MOOD + TIMES + '[treatment]\nname = "x"\ncolumn = "dose"\n'
    'unit = "mg"\n'
)


def test_a_stopped_treatment_stays_stopped_in_a_file_of_newest_first() -> None:
    intake = read(
        "2026-01-04,3,20:00,0", "2026-01-04,3,08:00,75", "2026-01-02,3,20:00,75",
        "2026-01-02,3,08:00,50", "2026-01-01,3,08:00,50",
        heading="date,mood,t,dose", mapping=DOSES,
    )  # fmt: skip

    (treatment,) = intake.treatments
    assert [(dose.first_day.day, dose.text) for dose in treatment.doses] == [
        (1, "50 mg"), (2, "75 mg"),
    ]  # fmt: skip
    assert treatment.last_day == date(2026, 1, 3)
    assert intake.problems == ()


def test_a_treatment_that_would_end_before_it_begins_is_told_with_its_line() -> None:
    intake = read(
        "2026-01-02,3,08:00,75", "2026-01-02,3,20:00,0", heading="date,mood,t,dose", mapping=DOSES
    )

    assert intake.treatments == ()
    (problem,) = intake.problems
    assert (problem.line, problem.reason) == (3, "x begins and ends on 2 Jan 2026: it is left out.")


def test_what_was_imported_before_keeps_the_moment_that_it_had(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "j.moodlab") as journal:
        journal.imports.take(read("2026-01-01,3,12:00"))
        before = journal.read_tables().tables["rating"]
        taken = journal.imports.take(read("2026-01-01,3,"), replaces=True)

        assert (taken.unchanged, taken.added, taken.replaced) == (1, 0, 0)
        assert journal.read_tables().tables["rating"] == before


def test_the_repeated_hour_in_autumn_is_ordered_by_its_offset() -> None:
    intake = read(
        "2026-10-25T02:30:00+01:00,2", "2026-10-25T02:40:00+02:00,5", heading="ts,mood",
        mapping=STAMPED + 'zone = "Europe/Berlin"\n',
    )  # fmt: skip
    assert told(intake) == {25: (2500, "25 02:30")}
