"""The page on paper: nothing outside, nothing on top of another, nothing too small or too pale."""

import numpy as np  # noqa: TID253
import pytest

from tests.report.models import MODELS, page_of
from tests.report.pages import WATERMARK, find_overlaps, letters_of, render

DPI = 150


@pytest.fixture(scope="module", params=[(n, p) for n in MODELS for p in ("a4", "letter")],
                ids=lambda each: " ".join(each))  # fmt: skip
def content(request: pytest.FixtureRequest) -> bytes:
    name, paper = request.param
    return page_of(name, paper)


def test_the_outer_ten_millimetres_are_white(content: bytes) -> None:
    edge = int(10 / 25.4 * DPI)
    for sheet in render(content, DPI):
        ink = np.asarray(sheet) < 250
        assert not ink[:edge].any()
        assert not ink[-edge:].any()
        assert not ink[:, :edge].any()
        assert not ink[:, -edge:].any()


def test_no_text_is_smaller_than_seven_and_a_half_points(content: bytes) -> None:
    assert min(letter.size for letter in letters_of(content)) >= 7.49


def test_no_letter_stands_on_another(content: bytes) -> None:
    assert find_overlaps(content) == []


def test_text_is_dark_enough_in_grey(content: bytes) -> None:
    """Every letter has a core at 4.5:1 or more, so grey printers keep it readable."""
    sheets = [np.asarray(sheet) for sheet in render(content, 300)]
    scale = 300 / 72
    for letter in list(letters_of(content))[::7]:
        if letter.size >= WATERMARK or letter.text in "·.,'":
            continue
        picture = sheets[letter.sheet]
        height = picture.shape[0]
        core = picture[
            int(height - letter.top * scale) : int(height - letter.bottom * scale) + 1,
            int(letter.left * scale) : int(letter.right * scale) + 1,
        ]
        assert core.min() < 130, letter
