"""Charts of Trends as files, by command."""

import csv
from io import StringIO
from xml.dom import minidom

import pytest

from moodlab.charts import ALL
from tests.cli.shell import Shell, answer, refused

LOGGED = [(f"2026-02-{day:02}", day % 11) for day in range(1, 29)]


@pytest.fixture
def rated(moodlab: Shell) -> Shell:
    for day, value in LOGGED:
        moodlab("log", day, f"mood={value}", f"motivation={10 - value}")
    moodlab("treatment", "=Pill", "--dose", "50 mg", "--from", "2026-02-14")
    moodlab("lab", "2026-02-20", "CRP", "3.1", "mg/L")
    return moodlab


def rows(shell: Shell, *words: str) -> list[list[str]]:
    out = shell.folder / "values.csv"
    assert shell("chart", str(out), *words, "--to", "2026-02-28").status == 0
    return list(csv.reader(StringIO(out.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize("chart", [each.id for each in ALL])
def test_every_chart_becomes_a_picture_a_drawing_and_values(rated: Shell, chart: str) -> None:
    subject = {"days_when": "mood>=5 and motivation<=5", "around": "2026-02-15"}.get(chart)
    if chart == "compare":
        subject = "1 Feb to 14 Feb with 15 Feb to 28 Feb"
    words = [chart, *([subject] if subject else []), "--from", "2026-02-01", "--to", "2026-02-28"]

    for suffix, begins in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".csv", b"\xef\xbb\xbf")):
        out = rated.folder / f"chart{suffix}"
        told = answer(rated("chart", str(out), *words, "--json"))
        assert told["chart"] == chart
        assert out.read_bytes().startswith(begins)
        # The same command gives the same file, in the place of the first.
        before = out.read_bytes()
        assert rated("chart", str(out), *words).status == 0
        assert out.read_bytes() == before
    drawing = minidom.parse(str(rated.folder / "chart.svg"))
    assert drawing.getElementsByTagName("title")[0].firstChild.data.endswith("?")
    assert drawing.getElementsByTagName("desc")[0].firstChild.data


def test_the_values_are_those_that_were_given(rated: Shell) -> None:
    table = rows(rated, "one_metric", "mood", "--from", "2026-02-01")
    column = table[0].index("Mood")

    assert [(row[0], row[column]) for row in table[1:]] == [
        (day, str(value)) for day, value in LOGGED
    ]


def test_no_cell_is_run_as_a_formula(rated: Shell) -> None:
    table = rows(rated, "one_metric", "mood")
    cells = [cell for row in table for cell in row]

    assert "'=Pill 50 mg" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("out.gif",), "out.gif does not end in .png, .svg or .csv."),
        (("out.png", "nothing"), "There is no chart “nothing”. There are overview, one_metric,"),
        (("out.png", "one_metric", "weight"), "“weight” is not in the journal. There is mood,"),
        (("out.png", "overview", "mood"), "This chart takes no subject"),
        (("out.png", "days_when"), "Say what the chart is about, for example “mood>=5"),
        (("out.png", "days_when", "mood>>5"), "I can't read"),
        (("out.png", "compare", "1 Jan 2020 to 31 Jan 2020 with 1 Feb 2020 to 28 Feb 2020"),
         "Not enough days to compare: 0 of 31"),
    ],
)  # fmt: skip
def test_what_makes_no_chart_is_refused(rated: Shell, words: tuple[str, ...], told: str) -> None:
    before = sorted(rated.folder.iterdir())

    assert told in refused(rated("chart", f"{rated.folder}/{words[0]}", *words[1:]))
    assert sorted(rated.folder.iterdir()) == before


def test_a_picture_of_somebody_else_is_only_replaced_when_told(rated: Shell) -> None:
    photo = rated.folder / "photo.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n a photograph")

    assert "--overwrite" in refused(rated("chart", str(photo)))
    assert photo.read_bytes().endswith(b"a photograph")
    assert rated("chart", str(photo), "--overwrite").status == 0
