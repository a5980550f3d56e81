"""Finding words: what counts as the same, and what is shown around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.errors import Refused
from moodlab.domain.history.finding import Excerpt, Needle, fold


@pytest.mark.parametrize(
    ("wanted", "written", "match"),
    [
        ("cafe", "Im CAFÉ", "CAFÉ"),
        ("CAFÉ", "in the cafe", "cafe"),
        ("cafe", "a cafe\u0301 here", "cafe\u0301"),
        ("strasse", "Hauptstraße 3", "straße"),
        ("straße", "STRASSE", "STRASSE"),
        ("istanbul", "İstanbul", "İstanbul"),
        ("two  words", "two\nwords", "two words"),
        ("fi", "eﬃcient", "ﬃ"),
        ("<b>", "a <b> b", "<b>"),
        ("头痛", "昨天头痛", "头痛"),
    ],
)
def test_case_accents_and_line_breaks_do_not_count(wanted: str, written: str, match: str) -> None:
    found = Needle(wanted).find_in(written)

    assert found is not None
    assert found.match == match


def test_the_words_around_it_are_cut_between_words() -> None:
    found = Needle("middle").find_in("far away words " * 9 + "in the middle of " + "it all " * 30)

    assert found is not None
    assert found.before.startswith("…")
    assert found.before.endswith(" in the ")
    assert found.after.endswith("…")
    known = {"far", "away", "words", "in", "the", "middle", "of", "it", "all"}
    assert set(found.text.strip("…").split()) <= known
    assert len(found.text) < 140


def test_what_is_not_there_is_not_found() -> None:
    assert Needle("rain").find_in("sun") is None
    with pytest.raises(Refused, match="Enter a word"):
        Needle(" \n ")
    with pytest.raises(Refused, match="Shorten it"):
        Needle("x" * 201)


@given(st.text(max_size=30), st.text(min_size=1, max_size=10), st.text(max_size=30))
def test_what_was_written_is_found_and_shown_as_written(
    before: str, wanted: str, after: str
) -> None:
    line = " ".join((before + wanted + after).split())
    if not fold(wanted) or fold(wanted) not in fold(line):
        return

    found = Needle(wanted).find_in(before + wanted + after)

    assert isinstance(found, Excerpt)
    assert found.before.lstrip("…") + found.match in line
    assert fold(wanted) in fold(found.match)
