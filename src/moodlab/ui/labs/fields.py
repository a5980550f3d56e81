"""The fields of a blood result: test, unit, what was going on, the value, and "leave out"."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.labs.catalogue import BUILT_IN, Catalogue
from moodlab.domain.labs.printed_values import read_typed_value
from moodlab.domain.labs.results import CONTEXTS, presets_excluded
from moodlab.domain.labs.units import fold_unit
from moodlab.domain.labs.words import context_words
from moodlab.i18n import translate
from moodlab.ui.labs.open_choice import OpenChoice
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import Line

# Room before and behind the text of a choice, in design pixels, as in a field with a list.
_BEFORE, _BEHIND = 12, 30


class TestChoice(OpenChoice):
    """Tests by their ids, and "Another test…"."""

    __test__ = False  # for pytest: a test of blood

    def __init__(self) -> None:
        super().__init__()
        self._catalogue = BUILT_IN
        self._list_tests(BUILT_IN.analytes[0].id)

    @property
    def catalogue(self) -> Catalogue:
        """Every test that is offered."""
        return self._catalogue

    @property
    def test_id(self) -> str:
        """The chosen test; while another one is being named, the one chosen before."""
        return self._last if self.is_at_another else self.currentData()

    @property
    def analyte(self) -> Analyte:
        """The test with that id."""
        return self._catalogue.by_id[self.test_id]

    def offer(self, catalogue: Catalogue) -> bool:
        """Offer the journal's own tests too; the chosen one stays. Say whether any changed."""
        if catalogue.own == self._catalogue.own:
            return False
        self._catalogue = catalogue
        at_another = self.is_at_another
        self._list_tests(self._last)
        if at_another:
            self.blockSignals(True)
            self.setCurrentIndex(self.count() - 1)
            self.blockSignals(False)
        return True

    def _list_tests(self, chosen: str) -> None:
        tests = [(analyte.label, analyte.id) for analyte in self._catalogue.analytes]
        self._list(tests, translate("labs", "Another test…"), chosen)


class UnitChoice(OpenChoice):
    """Units as people write them. Where the person chose none, it follows one that they type.

    It then returns to where it stood as soon as no known unit is typed any more.
    """

    def __init__(self) -> None:
        super().__init__()
        self._home = 0
        self._was_chosen = False
        # One that stood there already may be chosen, too.
        self.activated.connect(lambda _index: self._be_chosen())

    @property
    def unit(self) -> str:
        """The chosen unit; while another one is being told, the one chosen before."""
        return self._last if self.is_at_another else self.currentText()

    @property
    def was_chosen(self) -> bool:
        """Whether the person chose it, or a saved result says so."""
        return self._was_chosen

    @property
    def is_led(self) -> bool:
        """Whether it stands at a unit that was typed behind the value."""
        return not self._was_chosen and self.currentIndex() != self._home

    def step_back(self) -> None:
        """Return to the unit that was there; no choice was made."""
        was_chosen = self._was_chosen
        super().step_back()
        self._was_chosen = was_chosen

    def offer(self, analyte: Analyte, preferred: Iterable[str], *, is_own: bool) -> None:
        """Offer the units of a test; the last of `preferred` that it knows stands there."""
        units = [display_unit(conversion.unit) for conversion in analyte.conversions]
        another = translate("labs", "Another unit…") if is_own else ""
        self._list([(unit, unit) for unit in units], another, "")
        for unit in preferred:
            self._stand_at(unit)
        self.settle()

    def settle(self) -> None:
        """Let what stands there be a habit, and no choice."""
        if self.is_at_another:
            self._move(max(0, self.findData(self._last)))
        self._home = self.currentIndex()
        self._was_chosen = False

    def choose_printed(self, unit: str) -> None:
        """Choose a unit in any spelling, and keep the one in which it was printed.

        One that an own test does not know is asked for.
        """
        if unit and not self.knows(unit) and self.has_another:
            self.setCurrentIndex(self.count() - 1)
            return
        self._stand_at(unit)
        self._was_chosen = True

    def knows(self, unit: str) -> bool:
        """Whether a unit is offered, in any spelling."""
        return self._place_of(unit) is not None

    def follow(self, typed: str) -> None:
        """Stand at the unit typed behind the value, or else where it stood before."""
        if self._was_chosen or self.is_at_another:
            return
        place = self._place_of(typed) if typed else None
        self._move(self._home if place is None else place)

    def _place_of(self, unit: str) -> int | None:
        for place in range(self.count()):
            name = self.itemData(place)
            if name is not None and fold_unit(name) == fold_unit(unit):
                return place
        return None

    def _stand_at(self, unit: str) -> None:
        place = self._place_of(unit) if unit else None
        if place is not None:
            self.setItemText(place, display_unit(unit))
            self._move(place)

    def _move(self, place: int) -> None:
        if place != self.currentIndex():
            self.blockSignals(True)
            self.setCurrentIndex(place)
            self.blockSignals(False)
            self._last = self.currentData() or ""

    def _tell(self) -> None:
        self._be_chosen()
        super()._tell()

    def _be_chosen(self) -> None:
        self._was_chosen = self._was_chosen or not self.is_at_another


class ContextChoice(QPushButton):
    """A button that says what is ticked in its menu; `changed` when that becomes another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        menu = QMenu(self)
        for context in CONTEXTS:
            action = menu.addAction(context_words(context))
            action.setCheckable(True)
            action.setData(context)
            action.toggled.connect(lambda _checked: self._tell())
        self.setMenu(menu)
        self._name()

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked, in the order of the menu."""
        ticked = {action.data() for action in self.menu().actions() if action.isChecked()}
        return tuple(context for context in CONTEXTS if context in ticked)

    def choose(self, contexts: Collection[str]) -> None:
        """Tick just these."""
        for action in self.menu().actions():
            action.setChecked(action.data() in contexts)

    def tick(self, context: str) -> None:
        """Tick one more."""
        self.choose((*self.chosen, context))

    def paintEvent(self, event: QPaintEvent) -> None:
        # Where the mark of the menu is styled, Qt forgets the padding before the text.
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        room = self.rect().adjusted(look().px(_BEFORE), 0, -look().px(_BEHIND), 0)
        elided = Qt.TextElideMode.ElideRight
        painter.drawItemText(
            room,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.palette(),
            self.isEnabled(),
            self.fontMetrics().elidedText(self.text(), elided, room.width()),
            QPalette.ColorRole.ButtonText,
        )

    def _tell(self) -> None:
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        words = [context_words(context) for context in self.chosen]
        self.setText(", ".join(words) or translate("labs", "nothing"))
        self.setAccessibleName(
            translate("labs", "Around the draw: {what}").format(what=self.text())
        )


class ValueField(Line):
    """A line for ``<0.3``, with its unit behind it or without."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(translate("labs", "as printed, <0.3"))

    @property
    def unit(self) -> str:
        """The unit that stands behind the value; empty without one."""
        return read_typed_value(self.text()).unit

    @property
    def number(self) -> Decimal | None:
        """The number in the value; None where there is none, or only after a question."""
        return read_typed_value(self.text()).number


class LeaveOut(QCheckBox):
    """Follows the context of a draw until the person ticks or clears it."""

    def __init__(self) -> None:
        super().__init__(translate("labs", "Leave out of summaries (still shown)"))
        self._is_preset = True
        self.clicked.connect(lambda _checked: self._decide())

    def begin(self, context: Sequence[str]) -> None:
        """Follow the context of another draw."""
        self._is_preset = True
        self.follow(context)

    def take(self, context: Sequence[str], *, excluded: bool) -> None:
        """Stand as a saved result does; what its context presets is followed further."""
        self.setChecked(excluded)
        self._is_preset = excluded == presets_excluded(context)

    def follow(self, context: Sequence[str]) -> None:
        """Let the context decide, where the person has not."""
        if self._is_preset:
            self.setChecked(presets_excluded(context))

    def _decide(self) -> None:
        self._is_preset = False
