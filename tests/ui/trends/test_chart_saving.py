"""What Trends shows is copied, saved, and pinned to the page."""

from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtGui import QGuiApplication

from moodlab.ui.application import Window
from moodlab.ui.trends.chart_saving import Saving, save_chart_to
from moodlab.ui.trends.page import TrendsPage
from tests.ui.trends.test_trends import open_trends, settle

__all__ = ["open_trends"]


def action(page: TrendsPage, text: str):
    (found,) = [each for each in page.save.menu().actions() if text in each.text().replace("&", "")]
    return found


def saving(page: TrendsPage) -> Saving:
    return Saving(page._framed, lambda: "2026-03-04", page._say)


def test_the_image_goes_to_the_clipboard_with_its_head(
    qtbot, open_trends, example, opened: list[Window]
) -> None:
    page = open_trends(example)
    QGuiApplication.clipboard().clear()

    action(page, "Copy image").trigger()
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull(), timeout=20_000)

    image = QGuiApplication.clipboard().image()
    assert image.height() > page.view.picture.height
    assert page.said.text() == "Image copied."


@pytest.mark.parametrize("suffix", [".png", ".svg", ".csv"])
def test_what_is_shown_is_saved(
    qtbot, open_trends, example, opened: list[Window], tmp_path: Path, suffix: str
) -> None:
    page = open_trends(example)
    page.go_to_place("one_metric mood")
    settle(qtbot, opened[-1])
    target = tmp_path / f"chart{suffix}"

    save_chart_to(target, opened[-1].worker, saving(page))
    settle(qtbot, opened[-1])

    assert page.said.text() == f"Saved chart{suffix}. It is not encrypted."
    assert target.stat().st_mode & 0o777 == 0o600
    if suffix != ".png":
        assert "Mood" in target.read_text(encoding="utf-8-sig")


def test_the_journal_is_never_replaced_by_a_chart(
    qtbot, open_trends, example, opened: list[Window]
) -> None:
    page = open_trends(example)
    target = example.path.with_suffix(".png")
    target.hardlink_to(example.path)
    before = target.read_bytes()

    save_chart_to(target, opened[-1].worker, saving(page))
    settle(qtbot, opened[-1])

    assert "Nothing was replaced" in page.said.text()
    assert target.read_bytes() == before


def test_days_when_are_pinned_and_unpinned_with_undo(
    qtbot, open_trends, journal, opened: list[Window]
) -> None:
    from tests.ui.trends.test_trends import rate_days

    rate_days(journal, 20, "mood")
    page = open_trends(journal)
    assert page.pin.isHidden()
    page.go_to_place("days_when")
    page._choose_subject("mood>=5", True)
    settle(qtbot, opened[-1])
    assert page.view.isVisible()
    assert page.pin.text() == "Pin to the page"

    page.pin.click()
    settle(qtbot, opened[-1])
    assert [pin.conditions for pin in journal.questionnaires.read_pins()] == [
        (("mood", ">=", 5000),)
    ]
    assert page.pin.text() == "Unpin"

    page.pin.click()
    settle(qtbot, opened[-1])
    assert journal.questionnaires.read_pins() == ()
    opened[-1].main.undo()
    assert len(journal.questionnaires.read_pins()) == 1


def test_conditions_that_cannot_be_read_say_how_to_write_them(
    qtbot, open_trends, example, opened: list[Window]
) -> None:
    page = open_trends(example)
    page.go_to_place("days_when")
    page._choose_subject("mood is low", True)
    settle(qtbot, opened[-1])

    assert page.message.text() == "I can't read “mood is low”. Write it as “mood>=5”."
    assert page.view.isHidden()
    assert page.save.isHidden()
