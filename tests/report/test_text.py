"""The text twin: the same sentences, readable in eighty columns."""

import re

import pytest

from moodlab.domain.metrics import METRICS
from moodlab.report.page.blocks import words_of
from moodlab.report.page.words import write_page
from moodlab.report.text import WIDTH, write_text
from tests.report import diaries
from tests.report.models import MODELS


@pytest.mark.parametrize("name", [name for name in MODELS if name != "hostile"])
def test_it_says_what_the_page_says(name: str) -> None:
    model = MODELS[name]()
    page = write_page(model)

    written = " ".join(write_text(model).split())

    drawn = {entry.text for entry in page.legend} | set(page.labs_panel) | set(page.coverage)
    for sentence in words_of(page):
        if sentence in drawn or sentence in ("Name", "Born"):
            continue
        for word in sentence.split():
            assert word in written, sentence
    for _, sentence in page.glance:
        assert sentence in written


@pytest.mark.parametrize("name", MODELS)
def test_no_line_is_wider_than_eighty_columns(name: str) -> None:
    for line in write_text(MODELS[name]()).splitlines():
        assert len(line) <= WIDTH, line


def test_columns_stand_under_their_heads() -> None:
    lines = write_text(diaries.report(diaries.full())).splitlines()

    rule = next(at for at, line in enumerate(lines) if re.fullmatch("-+(  -+){3}", line))
    columns = [match.start() for match in re.finditer("-+", lines[rule])]
    assert any(line.startswith("Rating") for line in lines[rule - 2 : rule])
    for line in lines[rule + 1 : rule + 8]:
        assert all(line[start - 1 : start] in (" ", "") for start in columns[1:])


def test_own_words_are_quoted_or_listed() -> None:
    text = write_text(diaries.report(diaries.full()))

    assert "- Is the dose right?" in text
    assert "“Slept badly after the visit.”" in text
    assert "Not for the page." not in text


def test_a_metric_without_values_still_has_its_row() -> None:
    text = write_text(diaries.report(diaries.diary(metrics=METRICS[:2])))

    assert "Fatigue" in text
    assert "n=0, too few" in text
