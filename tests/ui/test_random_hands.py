"""A little of `random_hands` on every page: no exception, and a journal that is whole after it."""

from pathlib import Path

import pytest

from moodlab.ui.page_registry import ALL
from tests.ui.journal_contents import fill_usually
from tests.ui.random_hands import run_on_page

ACTS = 60


@pytest.mark.parametrize("page_id", [entry.id for entry in ALL])
@pytest.mark.usefixtures("app")
def test_random_keys_and_clicks_do_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page_id: str
) -> None:
    monkeypatch.chdir(tmp_path)  # what is saved under a typed name goes here

    acts, wrong = run_on_page(tmp_path, page_id, "1", fill_usually, lambda acts, _: acts < ACTS)

    assert acts == ACTS
    assert wrong == []
