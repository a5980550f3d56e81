"""What a table's text says is read as it was meant, or refused, but never lost."""

from datetime import UTC, date, datetime

import pytest

from moodlab.domain.errors import Refused
from moodlab.domain.intake import Intake
from moodlab.exchange.importers import mapped_csv
from moodlab.exchange.mapping_file import read_mapping

TODAY = date(2026, 11, 28)
MOOD = '[columns.mood]\ncolumn = "mood"\nlow = 0\nhigh = 10\n'
DATE = '[file]\ndate = "date"\n'


def read(content: str | bytes, mapping: str = DATE + MOOD) -> Intake:
    raw = content if isinstance(content, bytes) else content.encode()
    return mapped_csv.read(raw, read_mapping(mapping.encode()), 240, TODAY)


def moods(intake: Intake) -> dict[int, int | None]:
    return {rating.day.day: rating.value for rating in intake.ratings}


def test_rows_of_empty_cells_are_no_rows() -> None:
    intake = read("date,mood,\n2026-01-01,3,\n,,\n , ,\n\n   \n2026-01-02,4,")
    assert moods(intake) == {1: 3000, 2: 4000}
    assert (intake.table and intake.table.rows, intake.problems) == (2, ())


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows() -> None:
    with pytest.raises(Refused, match=r"^A quotation mark in line 3 is never closed\.$"):
        read('date,mood,note\n2026-01-01,3,a\n2026-01-02,3,"b\n2026-01-03,3,c\n')
    with pytest.raises(Refused, match="line 1 is never closed"):
        read('date,"mood\n2026-01-01,3\n')


def test_a_very_long_cell_of_a_column_that_nobody_needs_costs_nothing() -> None:
    assert moods(read(f"date,mood,note\n2026-01-01,3,{'x' * 200_000}\n")) == {1: 3000}


def test_what_cannot_be_read_is_quoted_shortly() -> None:
    intake = read(f"date,mood\n2026-01-01,{'x' * 5000}\n{'y' * 5000},3\n2026-01-02,9{'0' * 11}\n")
    assert [problem.line for problem in intake.problems] == [2, 3, 4]
    assert all(len(problem.reason) < 150 for problem in intake.problems)


@pytest.mark.parametrize(
    ("content", "said", "likely"),
    [
        ("date,mood\n2026-01-01,3\n".encode("utf-16"), "utf-8-sig", "utf-16"),
        ("date,mood\n2026-01-01,3\n".encode("utf-16-le"), "utf-8-sig", "utf-16"),
        ("date,mood,café\n2026-01-01,3,\n".encode("cp1252"), "utf-8-sig", "cp1252"),
        (b"date,mood,\x81\n", "cp1252", "utf-8"),
        (b"date,mood,+2AA-\n", "utf-7", "cp1252"),
    ],
)
def test_a_wrong_encoding_is_told_with_a_likely_one(content: bytes, said: str, likely: str) -> None:
    mapping = f'{DATE}encoding = "{said}"\n{MOOD}'
    with pytest.raises(Refused, match=f'as {said} text.*such as encoding = "{likely}"'):
        read(content, mapping)


def test_utf_16_is_read_where_the_mapping_says_so() -> None:
    content = "date,mood\n2026-01-01,3\n"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        mapping = f'{DATE}encoding = "{encoding}"\n{MOOD}'
        assert moods(read(f"\ufeff{content}".encode(encoding), mapping)) == {1: 3000}


def test_of_many_columns_the_first_are_named() -> None:
    heading = ",".join(f"c{number}" for number in range(5000))
    with pytest.raises(Refused, match=r"It has c0, .*, c19 and 4980 more\.$"):
        read(heading + "\n")


def test_numbers_are_read_as_typed_and_as_printed() -> None:
    scale = MOOD.replace("low = 0", "low = -10")
    intake = read(
        'date,mood\n2026-01-01,"2,5"\n2026-01-02,−5\n2026-01-03,1_0\n2026-01-04,５\n', DATE + scale
    )
    assert moods(intake) == {1: 6300, 2: 2500, 4: 7500}
    assert [problem.line for problem in intake.problems] == [4]


def test_a_comma_that_may_separate_thousands_is_refused_on_a_scale_that_has_them() -> None:
    steps = MOOD.replace("high = 10", "high = 10000")
    table = 'date,mood\n2026-01-01,"5,000"\n2026-01-02,5000\n2026-01-03,"5,5"\n'
    intake = read(table, DATE + steps)
    assert moods(intake) == {2: 5000, 3: 0}
    assert [problem.line for problem in intake.problems] == [2]
    assert "thousands or decimals" in intake.problems[0].reason
    assert moods(read('date,mood\n2026-01-01,"5,000"\n')) == {1: 5000}


STAMPS = (
    '[file]\ndate = "ts"\ndate_format = "%Y-%m-%d %H:%M{0}"\n' + MOOD + '[recorded]\n'
    'columns = ["ts"]\ntime_format = "%Y-%m-%d %H:%M{0}"\nzone = "America/Los_Angeles"\n'
)  # fmt: skip


@pytest.mark.parametrize(("form", "ending"), [("%z", "Z"), ("Z", "Z"), (" UTC", " UTC")])
def test_letters_that_say_utc_are_an_offset(form: str, ending: str) -> None:
    intake = read(f"ts,mood\n2026-11-10 04:30{ending},5\n", STAMPS.format(form))

    (rating,) = intake.ratings
    assert rating.day == date(2026, 11, 9)
    assert rating.recorded == (datetime(2026, 11, 10, 4, 30, tzinfo=UTC), -480, rating.day)


def test_times_in_another_order_of_day_and_month_are_told() -> None:
    recorded = '[recorded]\ncolumns = ["ts"]\ntime_format = "%d/%m/%Y %H:%M"\n'
    american = (
        "date,mood,ts\n2026-05-06,5,05/06/2026 20:00\n2026-05-13,5,05/13/2026 20:00\n"
        "2026-05-14,5,\n"
    )
    with pytest.raises(Refused, match=r'fit %m/%d/%Y %H:%M, .* time_format = "%m/%d/%Y %H:%M"'):
        read(american, DATE + MOOD + recorded)
    slip = american.replace("05/06", "06/05").replace("05/13/2026", "soon")
    summary = read(slip, DATE + MOOD + recorded).table
    assert summary is not None
    assert (summary.without_time, summary.unread_time) == (2, 1)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("%H:%M %Z", "%Z is the name of a zone, which tells no offset"),
        ("%I:%M", "does not tell morning from evening"),
    ],
)
def test_a_format_that_would_lose_a_part_is_refused(form: str, sentence: str) -> None:
    recorded = f'[recorded]\ncolumns = ["t"]\ntime_format = "{form}"\n'
    with pytest.raises(Refused, match=rf"\[recorded\] time_format: .*{sentence}"):
        read_mapping((DATE + MOOD + recorded).encode())


def test_a_time_that_is_no_answer_is_not_one_that_cannot_be_read() -> None:
    recorded = '[recorded]\ncolumns = ["t"]\ntime_format = "%H:%M"\n'
    table = "date,mood,t\n2026-01-01,3,NA\n2026-01-02,3,\n2026-01-03,3,soon\n"
    summary = read(table, DATE + MOOD + recorded).table
    assert summary is not None
    assert (summary.without_time, summary.unread_time) == (3, 1)
