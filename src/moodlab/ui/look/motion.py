"""Reduced motion: nothing in the window fades, moves or blinks by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar

# What Qt itself adds to menus, lists and hints. The style sheet has the rest.
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox,
)  # fmt: skip
NO_MOTION = "* { widget-animation-duration: 0; }\n"
_NO_BLINKING = 0


class _System:
    effects: tuple[bool, ...] = ()  # as they were before they were taken away
    blinking = _NO_BLINKING


def is_still() -> bool:
    """Whether nothing may move by itself."""
    return bool(_System.effects)


def be_still(app: QApplication, reduced_motion: bool) -> None:
    """Take Qt's own motions away, or give back those that the system has."""
    if reduced_motion == is_still():
        return
    if reduced_motion:
        _System.effects = tuple(app.isEffectEnabled(effect) for effect in _EFFECTS)
        _System.blinking = app.cursorFlashTime()
        for effect in _EFFECTS:
            app.setEffectEnabled(effect, False)
        app.setCursorFlashTime(_NO_BLINKING)
        return
    for effect, was_on in zip(_EFFECTS, _System.effects, strict=True):
        app.setEffectEnabled(effect, was_on)
    app.setCursorFlashTime(_System.blinking)
    _System.effects = ()


def be_busy(bar: QProgressBar) -> None:
    """Have the bar move until it is told how far the work is; stand still with reduced motion."""
    bar.setRange(0, 1 if is_still() else 0)
    bar.setValue(0)
