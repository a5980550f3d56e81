"""The HTML twin: the same sentences, nothing to load, nothing that people write is markup."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from moodlab.domain.events import Question
from moodlab.domain.ids import new_id
from moodlab.report.html import write_html
from moodlab.report.model import build_report, choose_period, reading_for
from moodlab.report.page.words import page_words
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal


class Reader(HTMLParser):
    """Collects text outside of drawings, and every tag and address."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self._drawing = 0

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.add(tag)
        self._drawing += tag in ("svg", "style")
        for name, value in attrs:
            if name in ("src", "href", "xlink:href") and value:
                self.addresses.append(value)
            if name == "id" and value:
                self.ids.append(value)

    def handle_endtag(self, tag) -> None:
        self._drawing -= tag in ("svg", "style")

    def handle_data(self, data) -> None:
        if not self._drawing and data.strip():
            self.texts.append(data.strip())


def read(journal: Journal):
    period = choose_period(journal.today_where_last_written(), journal.events.read_events())
    model = build_report(journal.read_diary(reading_for(period)), period)
    reader = Reader()
    reader.feed(write_html(model))
    return model, reader


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("html") / "e.moodlab"
    make_example(path, seed=4)
    return path


def test_it_says_every_sentence_of_the_page(example: Path) -> None:
    with Journal.open(example) as journal:
        model, reader = read(journal)

    whole = " ".join(" ".join(reader.texts).split())
    skipped = {str(model.identity.name), "Name", "Born"}
    for sentence in page_words(model):
        if sentence in skipped or re.fullmatch(r"[\W_]*", sentence):
            continue
        assert " ".join(sentence.split()) in whole, sentence


def test_it_loads_nothing_and_runs_nothing(example: Path) -> None:
    with Journal.open(example) as journal:
        _, reader = read(journal)

    assert "script" not in reader.tags
    assert all(address.startswith("#") for address in reader.addresses)
    assert len(reader.ids) == len(set(reader.ids))
    targets = {address.removeprefix("#") for address in reader.addresses}
    assert targets <= set(reader.ids)


def test_what_people_write_is_never_markup(tmp_path: Path) -> None:
    hostile = "<img src=file:///etc/passwd> & <script>alert(1)</script> \u202egnp.exe"
    with Journal.create(tmp_path / "j") as journal:
        journal.days.rate(date(2026, 3, 1), "mood", 4000)
        journal.events.ask(Question(new_id(), date(2026, 3, 1), hostile))
        _, reader = read(journal)

    assert {"img", "script"} & reader.tags == set()
    assert any("<script>alert(1)</script>" in text for text in reader.texts)
    assert not any("\u202e" in text for text in reader.texts)
