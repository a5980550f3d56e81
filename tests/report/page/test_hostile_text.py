"""What people write is printed as they wrote it, and nothing of it is ever carried out."""

import re
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab import assets
from moodlab.charts.drawing.fonts import printable
from moodlab.domain.days import span_text
from moodlab.domain.ratings import DayRecord
from moodlab.report.glyphs import printable_model
from moodlab.report.json import to_json
from moodlab.report.pdf import write_pdf
from moodlab.report.text import write_text
from tests.examples import one_in
from tests.report import diaries
from tests.report.pages import squeeze, text_of


def with_text(text: str) -> diaries.ReportModel:
    """A report that holds `text` wherever a person can write."""
    return diaries.report(
        diaries.diary(
            diaries.weeks_of_ratings(20),
            days=[DayRecord(diaries.day(1), note=text, note_for_doctor=True)],
            labs=[diaries.lab(9, "crp", "3.1", lab=text, method=text, range_text=text)],
            treatments=[diaries.treatment(text, [(9, text)])],
            events=[diaries.Event("event", diaries.day(4), text)],
            questions=[text],
            identity=diaries.Identity(text, text),
        ),
        20,
    )


@pytest.mark.parametrize("text", diaries.HOSTILE)
def test_it_is_printed_literally(text: str) -> None:
    printed = squeeze(text_of(write_pdf(with_text(text)).content))

    assert squeeze(text) in printed
    assert "root:" not in printed


def test_a_text_longer_than_a_sheet_is_printed_to_its_end() -> None:
    text = " ".join(f"word{number}" for number in range(1500))

    printed = squeeze(text_of(write_pdf(with_text(text)).content))

    assert "word1499" in printed
    assert "word700" in printed


@one_in(8)
@given(text=st.text(string.printable + "éßŁЖλ≤−–“”…", min_size=1, max_size=120))
def test_any_text_of_the_face_is_printed_literally(text: str) -> None:
    model = with_text(text)

    document = write_pdf(model)

    printed = squeeze(text_of(document.content))
    assert document.warnings == ()
    for sentence in to_json(model)["words"]:
        assert squeeze(sentence) in printed


@one_in(8)
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_at_all_gives_a_tagged_page(text: str) -> None:
    document = write_pdf(with_text(text))

    assert b"/StructTreeRoot" in document.content or len(document.content) > 10_000
    assert not any("without the marks" in warning for warning in document.warnings)


def test_symbols_are_named_and_the_person_is_told() -> None:
    document = write_pdf(with_text("Better 😀 today"))

    assert squeeze("Better [grinning face] today") in squeeze(text_of(document.content))
    (warning,) = document.warnings
    assert "😀" in warning
    assert "can't be printed" in warning


def test_a_symbol_is_counted_once_however_often_it_is_drawn() -> None:
    treatment = replace(diaries.treatment("Pill", [(9, "5 mg")]), name="Pill 😀")
    model = diaries.report(diaries.diary(diaries.weeks_of_ratings(20), treatments=[treatment]), 20)

    (warning,) = printable_model(model)[1]

    assert warning.startswith("1 character can't be printed on the page: 😀.")


def test_symbols_of_days_that_are_not_on_the_page_are_not_told_of() -> None:
    earlier = diaries.Event("event", diaries.day(50), "Better 😀")
    model = diaries.report(diaries.diary(diaries.weeks_of_ratings(60), events=[earlier]), 20)

    assert printable_model(model)[1] == ()


def test_the_text_file_keeps_what_the_page_cannot_print() -> None:
    model = with_text("Better 😀 today")

    assert "Better 😀 today" in write_text(model)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a\u202eb\u2066c", "abc"),
        ("a\x00b\x1bc", "abc"),
        ("e\u0301", "é"),
        ("👩\u200d⚕\ufe0f", "[woman][staff of aesculapius]"),
        ("שלום עולם", "[hebrew text] [hebrew text]"),
        ("ก็ไม่", "[thai text]"),
        ("≤ − µ → ✓ Ελληνικά Привет", "≤ − µ → ✓ Ελληνικά Привет"),
        ("a\u2028b", "a b"),
    ],
)
def test_what_cannot_be_printed_is_named_or_dropped(written: str, printed: str) -> None:
    assert printable(written) == printed


def test_a_page_that_prints_as_it_stands_is_not_touched() -> None:
    model = diaries.report(diaries.full())

    same, warnings = printable_model(model)

    assert warnings == ()
    assert same.notes == model.notes
    assert same.overview is model.overview


def test_terminal_and_direction_signs_never_reach_the_text_file() -> None:
    text = write_text(with_text("red \x1b[31m and \u202eback\u0007"))

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)


def test_the_template_reads_nothing_and_runs_nothing() -> None:
    template = assets.path("report", "page.typ").read_text(encoding="utf-8")
    code = "\n".join(line for line in template.splitlines() if not line.startswith("//"))

    for forbidden in ("eval(", "read(", "#import", "#include", "@preview", "plugin(", "yaml("):
        assert forbidden not in code
    assert code.count("json(bytes(sys.inputs.") == 2


@pytest.mark.parametrize("length", range(1, 30))
def test_the_span_of_a_dose_stays_on_one_line_whatever_stands_beside_it(length: int) -> None:
    """A name that just fills its cell pushed the end of “26 Oct – 4 Nov 2025” to another line."""
    model = with_text("A0λ".ljust(length, "0"))

    printed = text_of(write_pdf(model).content)

    assert span_text(model.eras[0].period) in printed.replace("\u00a0", " ")
