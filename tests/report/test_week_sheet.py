"""The blank week sheet: one page, boxes for a thick pen, names as written, and no answers."""

import io
import json
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np  # noqa: TID253
import pikepdf
import pytest

from moodlab import assets
from moodlab.domain.metrics import METRICS, Direction, Kind, Metric, own_metric
from moodlab.domain.tracking.week import in_order
from moodlab.report.week_sheet import suggested_name, typeset_week
from tests.report.diaries import HOSTILE
from tests.report.pages import letters_of, render, sheet_texts, squeeze, tags_of, text_of

MONDAY = date(2026, 11, 2)
DAILY = [metric for metric in METRICS if metric.daily or metric.id == "sleep_hours"]
OWN = [
    own_metric("ringing", "Ringing in both ears", Direction.HIGHER_WORSE, Kind.SCALE,
               low_anchor="none", high_anchor="cannot hear anything else at all"),
    own_metric("tea", "Cups of tea", Direction.NEUTRAL, Kind.NUMBER, unit="cups"),
    own_metric("screen", "Screen", Direction.NEUTRAL, Kind.DURATION, unit="min"),
    own_metric("walked", "Walked", Direction.HIGHER_BETTER, Kind.YES_NO),
    own_metric("light", "Tolerance of light", Direction.HIGHER_BETTER, Kind.SCALE,
               low_anchor="dark room only", high_anchor="no limits"),
    own_metric("itch", "Itch", Direction.HIGHER_WORSE, Kind.SCALE),
    own_metric("weight", "Weight before breakfast", Direction.NEUTRAL, Kind.NUMBER, unit="kg"),
    own_metric("steps", "Steps", Direction.NEUTRAL, Kind.NUMBER),
    own_metric("voice", "Voice", Direction.HIGHER_BETTER, Kind.SCALE, low_anchor="whisper"),
]  # fmt: skip
ALL = pytest.mark.parametrize("metrics", [DAILY, DAILY + OWN], ids=["daily", "with nine more"])
PAPERS = pytest.mark.parametrize("paper", ["a4", "letter"])
MM = 72 / 25.4


def sheet(metrics: Sequence[Metric] = DAILY, first: date | None = None, **more: str) -> bytes:
    printed = typeset_week(in_order(metrics), first, **more).to_pdf()
    assert printed.warnings == ()
    return printed.content


def boxes_of(content: bytes) -> list[tuple[float, float]]:
    """Width and height in millimetres of the boxes, between the ruled lines of the first sheet."""
    dpi = 200
    dark = np.asarray(render(content, dpi)[0]) < 190
    _height, width = dark.shape
    # A rule between days is unbroken down the table, one between rows across it.
    across = np.flatnonzero(dark[:, int(width * 0.38) : int(width * 0.92)].mean(axis=1) > 0.98)
    rows = _middles(across)
    inside = dark[rows[0] : rows[8]]
    columns = _middles(np.flatnonzero(inside.mean(axis=0) > 0.9))
    per_mm = dpi / 25.4
    wide = (columns[1] - columns[0]) / per_mm
    return [(wide, (low - high) / per_mm) for high, low in pairwise(rows)]


def _middles(places: np.ndarray) -> list[int]:
    groups = np.split(places, np.flatnonzero(np.diff(places) > 3) + 1)
    return [int(group.mean()) for group in groups]


@ALL
@PAPERS
def test_it_is_one_sheet_with_boxes_for_a_thick_pen(metrics: list[Metric], paper: str) -> None:
    content = sheet(metrics, paper=paper)

    assert len(sheet_texts(content)) == 1
    boxes = boxes_of(content)[: len(metrics) + 1]
    assert len(boxes) == len(metrics) + 1
    assert min(wide for wide, _ in boxes) >= 18
    assert min(high for _, high in boxes) >= 11


@ALL
@PAPERS
def test_nothing_stands_at_the_edge_and_no_text_is_tiny(metrics: list[Metric], paper: str) -> None:
    content = sheet(metrics, MONDAY, paper=paper)

    edge = int(10 / 25.4 * 150)
    for page in render(content):
        ink = np.asarray(page) < 250
        for side in (ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:]):
            assert not side.any()
    assert min(letter.size for letter in letters_of(content)) >= 7.49


def test_every_name_stands_with_its_ends_direction_and_unit() -> None:
    printed = squeeze(text_of(sheet(DAILY + OWN)))

    for metric in DAILY + OWN:
        for text in (metric.label, metric.low_anchor, metric.high_anchor):
            assert squeeze(text) in printed
    assert printed.count("higher=worse") == 4
    assert printed.count("cups") == 7
    assert printed.count("kg") == 7
    assert printed.count("yes/no") == 7
    assert printed.count(":") >= 2 * 7
    assert "Toounwelltolog" in printed
    assert "Tenis10orX" in printed


def test_rows_stand_in_the_order_in_which_they_are_typed() -> None:
    printed = squeeze(text_of(sheet()))

    places = [printed.index(squeeze(metric.label)) for metric in in_order(DAILY)]
    assert places == sorted(places)


def test_dates_are_printed_or_left_to_be_written() -> None:
    blank, dated = (squeeze(text_of(sheet(first=first))) for first in (None, date(2026, 12, 28)))

    assert "Weekof" in blank
    assert "2026" not in blank
    assert "28Dec2026–3Jan2027" in dated
    assert "Mon28Dec" in dated
    assert "Sun3Jan" in dated
    # A week may begin on any day.
    assert "Wed4Nov" in squeeze(text_of(sheet(first=date(2026, 11, 4))))


def test_the_same_sheet_has_the_same_bytes_and_can_be_told_from_a_page() -> None:
    assert sheet(DAILY + OWN, MONDAY) == sheet(DAILY + OWN, MONDAY)
    assert sheet() != sheet(paper="letter")
    assert suggested_name(None) == "week-sheet.pdf"
    assert suggested_name(MONDAY) == "week-sheet_2026-11-02.pdf"


def test_it_is_tagged_with_language_title_and_table() -> None:
    content = sheet(DAILY, MONDAY, language="de")

    kinds = [kind for kind, _ in tags_of(content)]
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "de"
        assert str(document.docinfo.Title) == "Wochenblatt"
        assert "/Author" not in document.docinfo
        with document.open_metadata() as metadata:
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
    assert kinds.count("/H1") == 1
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 8


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_is_printed_literally(text: str) -> None:
    name = text[:100]
    own = own_metric("own", name, Direction.NEUTRAL, Kind.SCALE, low_anchor=name, high_anchor="x")

    printed = squeeze(text_of(sheet([own])))

    assert printed.count(squeeze(name)) >= 2
    assert "root:" not in printed


def test_a_script_that_the_face_lacks_is_named_and_told() -> None:
    own = own_metric("own", "Łzy 疲れ", Direction.HIGHER_WORSE, Kind.SCALE)

    printed = typeset_week([own]).to_pdf()

    assert "Łzy" in text_of(printed.content)
    assert "[cjk text]" in text_of(printed.content)
    assert printed.warnings == ("2 characters can't be printed on the page: 疲, れ.",)


def test_what_does_not_fit_in_such_boxes_goes_on_under_the_same_days() -> None:
    own = [
        own_metric(f"own{number}", f"Thing {number}", Direction.NEUTRAL, Kind.SCALE)
        for number in range(60)
    ]

    sheets = sheet_texts(sheet(own, MONDAY))

    assert len(sheets) == 3
    assert all("Mon" in text and "2 Nov" in text for text in sheets)
    assert "page 2 of 3" in sheets[1]
    printed = squeeze("".join(sheets))
    assert all(squeeze(f"Thing {number}") in printed for number in range(60))


def test_german_has_a_word_for_all_that_moodlab_asks_and_leaves_own_words_alone() -> None:
    renamed = DAILY[3]._replace(label="Mood")
    own = own_metric("own", "Motivation", Direction.NEUTRAL, Kind.SCALE, low_anchor="none")
    printed = squeeze(text_of(sheet([*METRICS, renamed, own], language="de")))

    known = json.loads(assets.path("report", "week.de.json").read_text(encoding="utf-8"))
    for metric in METRICS:
        for text in (metric.label, metric.low_anchor, metric.high_anchor):
            assert not text or squeeze(known[text]) in printed
    # What a person named stays in their words.
    assert "Motivation" in printed
    assert "Mood" in printed
    for word in ("Week", "higher", "unwell", "Notes", "Mon", "page"):
        assert word not in printed.replace("Mood", "").replace("History,Week", "")


def test_the_template_reads_nothing_and_runs_nothing() -> None:
    template = assets.path("report", "week.typ").read_text(encoding="utf-8")
    code = "\n".join(line for line in template.splitlines() if not line.startswith("//"))

    for forbidden in ("eval(", "read(", "#import", "#include", "@preview", "plugin(", "yaml("):
        assert forbidden not in code
    assert code.count("json(bytes(sys.inputs.") == 1
