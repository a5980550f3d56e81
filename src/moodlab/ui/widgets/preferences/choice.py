"""One of a few values: side by side, or in a list that opens where they are more."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from moodlab.ui.widgets.segments import Segments

_MOST_SIDE_BY_SIDE = 5


def make_choice(name: str, texts: Sequence[str], choose: Callable[[int], object]) -> QWidget:
    """Return the control for one of `texts`, which tells `choose` what a person picked."""
    if len(texts) <= _MOST_SIDE_BY_SIDE:
        segments = Segments(name, texts)
        segments.chosen.connect(choose)
        return segments
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.addItems(list(texts))
    choice.activated.connect(choose)
    return choice


def show_choice(control: QWidget, index: int) -> None:
    """Show which one holds, without telling anybody."""
    if isinstance(control, Segments):
        if control.index != index:
            control.choose(index)
    elif isinstance(control, QComboBox):
        control.setCurrentIndex(index)


def first_of(control: QWidget) -> QWidget:
    """Return what of it gets the keyboard."""
    return control.buttons[max(control.index, 0)] if isinstance(control, Segments) else control
