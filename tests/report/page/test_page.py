"""The page as a file: what is in it, for eyes, for screen readers and for archives."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from moodlab.domain.diary import Identity
from moodlab.domain.metrics import METRICS, Kind
from moodlab.report import typesetting
from moodlab.report.json import to_json
from moodlab.report.model import ReportModel, build_report, choose_period, reading_for
from moodlab.report.pdf import typeset, write_pdf
from moodlab.store.journal import Journal
from tests.needs import needs
from tests.report import diaries
from tests.report.models import MODELS, page_of
from tests.report.pages import sheet_texts, squeeze, tags_of, text_of

SCALES = tuple(metric for metric in METRICS if metric.kind is Kind.SCALE)


def example_model(journal: Journal) -> ReportModel:
    period = choose_period(journal.today(), journal.events.read_events())
    return build_report(journal.read_diary(reading_for(period)), period)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_pdf_says_every_word_of_the_json(name: str, paper: str) -> None:
    model = MODELS[name]()

    printed = squeeze(text_of(page_of(name, paper)))

    words = to_json(model)["words"]
    assert words
    for sentence in words:
        assert squeeze(sentence) in printed, sentence


def test_the_example_says_every_word_of_its_json(example: Journal) -> None:
    model = example_model(example)

    printed = squeeze(text_of(write_pdf(model).content))

    for sentence in to_json(model)["words"]:
        assert squeeze(sentence) in printed, sentence


def test_less_than_and_minus_can_be_copied_from_the_page() -> None:
    diary = diaries.diary(
        diaries.weeks_of_ratings(84),
        labs=[diaries.lab(9, "hs-crp", "<0.3")],
        questions=["Is −2 points much?"],
    )

    printed = text_of(write_pdf(diaries.report(diary)).content)

    assert "<0.3 mg/L" in printed.replace("\xa0", " ")
    assert "−2" in printed


def test_it_is_tagged_with_language_title_headings_and_tables() -> None:
    content = page_of("twelve weeks")

    kinds = [kind for kind, _ in tags_of(content)]
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en"
        title = str(document.docinfo.Title)
        with document.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
    assert title == "Symptom diary summary (self-reported), 13 Aug – 4 Nov 2025"
    assert kinds.count("/H1") == 2
    assert kinds.count("/H2") >= 3
    assert kinds.count("/Table") >= 3
    # Each table names its columns: the ratings, the blood results, and those of the details.
    assert kinds.count("/TH") >= 4 + 4


def test_every_drawing_has_its_words() -> None:
    figures = [node for kind, node in tags_of(page_of("twelve weeks"))
               if kind == "/Figure"]  # fmt: skip

    texts = [str(node.get("/Alt", "")) for node in figures]
    assert len(texts) == 1 + 7 + 4
    assert all(len(text) > 30 for text in texts)
    assert texts[0] == "Time axis, 13 August to 4 November 2025"
    assert "Fatigue, higher = worse" in texts[1]
    assert "84 of 84 days have a rating" in texts[1]
    assert "Events: Chest infection, 1 September to 10 September 2025." in texts


def test_the_title_in_the_file_names_nobody() -> None:
    diary = diaries.diary(identity=Identity("Ada Example", "1 May 1984"))

    content = write_pdf(diaries.report(diary)).content

    assert "Ada Example" in text_of(content)
    with pikepdf.open(io.BytesIO(content)) as document:
        told = json.dumps({key: str(value) for key, value in document.docinfo.items()})
        xmp = document.Root.Metadata.read_bytes().decode()
    assert "Ada" not in told + xmp
    assert str(Path.home()) not in told + xmp


def test_only_inter_is_in_it_and_all_of_it_embedded() -> None:
    with pikepdf.open(io.BytesIO(page_of("hostile"))) as document:
        names = set()
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                names.add(str(thing.FontName).partition("+")[2])
                assert any(key in thing for key in ("/FontFile2", "/FontFile3"))
    assert {name.partition("-")[0] for name in names} == {"Inter"}


def test_every_sheet_of_an_example_says_so() -> None:
    sheets = sheet_texts(page_of("hostile"))

    assert len(sheets) > 2
    assert all("EXAMPLE: invented data" in sheet for sheet in sheets)


def test_a_real_page_is_not_marked_as_example() -> None:
    assert "EXAMPLE" not in text_of(page_of("twelve weeks"))


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("count", [1, 7, 9])
def test_up_to_nine_ratings_are_on_the_first_sheet(paper: str, count: int) -> None:
    first = sheet_texts(write_pdf(diaries.report(diaries.full(SCALES[:count])), paper).content)[0]

    for metric in SCALES[:count]:
        assert metric.label in first.replace("\r\n", " ")
    assert "How to read this" in first


def test_a_plain_diary_needs_one_sheet_only() -> None:
    plain = diaries.report(diaries.diary(diaries.weeks_of_ratings(84)))

    assert len(sheet_texts(write_pdf(plain).content)) == 1


def test_too_few_days_give_the_day_list_instead_of_panels() -> None:
    printed = squeeze(text_of(page_of("ten days")))

    assert squeeze("Too few days for a summary; the day list follows") in printed
    assert squeeze("7-day middle value") not in printed


def test_a_section_below_its_threshold_says_why() -> None:
    sparse = diaries.report(diaries.diary(diaries.weeks_of_ratings(84, every=9)))

    printed = squeeze(text_of(write_pdf(sparse).content))

    assert squeeze("n=4, too few") in printed
    assert squeeze("None entered in this period.") in printed


def test_the_preview_is_the_same_document() -> None:
    model = MODELS["twelve weeks"]()

    pictures = typeset(model, "letter").to_png(72)

    assert len(pictures) == len(sheet_texts(page_of("twelve weeks", "letter")))
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


PRINT_TWICE = """
import hashlib, sys
from pathlib import Path
from moodlab.report.json import write_json
from moodlab.report.model import build_report, reading_for
from moodlab.report.pdf import write_pdf
from moodlab.report.text import write_text
from moodlab.domain.days import Period
from moodlab.store.journal import Journal
from datetime import date

with Journal.open(Path(sys.argv[1]), read_only=True) as journal:
    period = Period.ending(date(2026, 3, 4), 84)
    model = build_report(journal.read_diary(reading_for(period)), period)
for content in (write_pdf(model).content, write_text(model).encode(), write_json(model).encode()):
    print(hashlib.sha256(content).hexdigest())
"""


def test_two_time_zones_print_the_same_bytes(example_path: Path) -> None:
    def hashes(zone: str, seed: str) -> str:
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", PRINT_TWICE, str(example_path)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        ).stdout

    first, second = hashes("Pacific/Apia", "1"), hashes("America/New_York", "2")

    assert first.count("\n") == 3
    assert first == second


def test_it_is_dated_by_the_journals_last_change(example: Journal) -> None:
    model = example_model(example)

    with pikepdf.open(io.BytesIO(write_pdf(model).content)) as document:
        created = str(document.docinfo.CreationDate)
    assert created.startswith(f"D:{model.data_up_to:%Y%m%d}000000")


def test_a_page_that_cannot_meet_the_standards_is_saved_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typesetting, "STANDARDS", ["a-4", "ua-1"])  # these two exclude each other

    document = write_pdf(MODELS["twelve weeks"]())

    assert document.content.startswith(b"%PDF")
    assert document.warnings == (
        "The page was saved without the marks that screen readers and archives need.",
    )


PRINT_ONE = """
import sys
sys.path.insert(0, sys.argv[1])
from moodlab.report.pdf import typeset, write_pdf
from tests.report import diaries
model = diaries.report(diaries.full())
write_pdf(model)
print("begin", flush=True)
write_pdf(model)
typeset(model).to_png(110)
"""


@needs("strace")
def test_setting_the_page_writes_no_file(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = [
        "strace", "-f", "-o", str(trace), "-e", "trace=openat,open,creat,write,socket",
        sys.executable, "-c", PRINT_ONE, str(Path(__file__).parents[3]),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)

    _, _, after = trace.read_text(errors="replace").partition('"begin')
    assert "page.typ" in after
    opened = re.findall(r'(?:open|openat|creat)\((?:AT_FDCWD, )?"([^"]+)", ([A-Z_|]+)', after)
    assert [path for path, flags in opened if re.search("O_WRONLY|O_RDWR|O_CREAT", flags)] == []
    assert "socket(" not in after


_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_BROKEN = re.compile(
    rf"\d\s*[\r\n]+\s*{_MONTH}\b|\b{_MONTH}\s*[\r\n]+\s*(?:19|20)\d\d|\d–\s*[\r\n]+\s*\d"
)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_dates_and_ranges_never_break_inside(name: str, paper: str) -> None:
    assert _BROKEN.findall(text_of(page_of(name, paper))) == []
