"""Colours, type and styles: facts/ux §2.4 and the checks A9, A13, 48."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest

import moodlab.ui
from moodlab.preferences import TEXT_SIZES
from moodlab.settings import Settings
from moodlab.theme import SCREEN_THEMES, Theme
from moodlab.ui.application import Window
from moodlab.ui.look.style import Look, look, next_text_size
from moodlab.ui.look.style_sheet import style_sheet
from tests.ui.test_accessibility import contrast
from tests.ui.waiting import wait_until

UI = Path(moodlab.ui.__file__).parent


def ratio(theme: Theme, one: str, other: str) -> float:
    return contrast(QColor(getattr(theme, one)).rgb(), QColor(getattr(theme, other)).rgb())


@pytest.mark.parametrize("theme", SCREEN_THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["window", "panel", "control"])
def test_text_and_controls_stand_out(theme: Theme, ground: str) -> None:
    assert ratio(theme, "text", ground) >= 7
    assert ratio(theme, "muted", ground) >= 6.4
    for token in ("error", "saved", "accent"):
        assert ratio(theme, token, ground) >= 4.5, token
    for token in ("control_border", "focus"):
        assert ratio(theme, token, ground) >= 3, token


@pytest.mark.parametrize("theme", SCREEN_THEMES, ids=lambda theme: theme.name)
def test_text_stands_out_on_what_is_chosen(theme: Theme) -> None:
    assert ratio(theme, "on_accent", "accent") >= 4.5
    assert ratio(theme, "text", "accent_soft") >= 7
    assert ratio(theme, "accent", "window") >= 3


def test_no_type_is_sized_in_pixels() -> None:
    for percent in TEXT_SIZES:
        sheet = style_sheet(Look(percent=percent))
        assert re.findall(r"font(?:-size)?:[^;]*px", sheet) == []
    for module in UI.rglob("*.py"):
        source = module.read_text(encoding="utf-8")
        assert "setPixelSize" not in source, module
        assert not re.search(r"font-size:\s*\{?\w*\}?px", source), module


def test_colours_stand_only_in_the_theme() -> None:
    for module in UI.rglob("*.py"):
        found = re.findall(r"[\"'(:\s]#[0-9A-Fa-f]{6}\b", module.read_text(encoding="utf-8"))
        assert found == [], module


def test_text_sizes_stop_at_their_ends() -> None:
    assert [next_text_size(percent, 1) for percent in TEXT_SIZES] == [*TEXT_SIZES[1:], 200]
    assert [next_text_size(percent, -1) for percent in TEXT_SIZES] == [80, *TEXT_SIZES[:-1]]
    assert next_text_size(97, 0) == 100


def test_small_text_keeps_large_targets() -> None:
    assert Look(percent=80).px(40) == 40
    assert Look(percent=80).pt(10) == 8
    assert Look(percent=200).px(40) == 80


@pytest.mark.parametrize("theme", SCREEN_THEMES, ids=lambda theme: theme.name)
def test_a_theme_is_changed_while_the_window_is_open(window: Window, theme: Theme) -> None:
    window.session.prefer(theme=theme.name)
    QTest.qWait(10)

    assert look().theme is theme
    image = window.main.grab().toImage()
    assert image.pixelColor(window.main.width() - 5, 200).name().upper() == theme.window


def test_the_menu_offers_the_themes_and_changes_them(open_window: Callable[..., Window]) -> None:
    window = open_window(Settings(theme="dark"))

    def find_offered() -> dict[str, QAction]:
        actions = window.main.findChildren(QAction)
        return {action.text(): action for action in actions if action.actionGroup() is not None}

    wait_until(find_offered)
    offered = find_offered()

    assert [text for text, action in offered.items() if action.isChecked()] == ["Dark"]
    assert list(offered) == ["Like the system", "Light", "Dark", "More contrast"]
    offered["More contrast"].trigger()
    assert window.session.settings.theme == "more_contrast"
    assert look().theme.name == "more_contrast"
