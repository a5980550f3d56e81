"""Adding a test of one's own, and another unit to it, from the page Labs."""

from decimal import Decimal

from PySide6.QtCore import QObject, Qt, Signal

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.labs.catalogue import unit_as_printed
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.labs.lab_form import LabForm
from moodlab.ui.labs.new_test import NewTest
from moodlab.ui.labs.new_unit import NewUnit
from moodlab.ui.session import Session


class OwnTests(QObject):
    """Opens the strips `new_test` and `new_unit` at the lists of `form`, and saves what they give.

    `said(sentence, is_refusal)` is for the page.
    """

    said = Signal(str, bool)

    def __init__(self, session: Session, form: LabForm) -> None:
        super().__init__()
        self._session = session
        self._form = form
        self.new_test = NewTest()
        self.new_test.given.connect(self._add_test)
        self.new_test.cancelled.connect(self._leave_new_test)
        self.new_unit = NewUnit()
        self.new_unit.given.connect(self._add_unit)
        self.new_unit.cancelled.connect(self._leave_new_unit)
        form.test.another_asked.connect(lambda at_once: self.new_test.open(at_once=at_once))
        form.test.chosen.connect(lambda _test: self._close())
        form.unit.another_asked.connect(self._ask_for_unit)
        form.unit.chosen.connect(lambda _unit: self.new_unit.hide())

    def follow_changes(self) -> None:
        """Close what belongs to a test or a unit that is not being asked for any more."""
        if not self._form.test.is_at_another:
            self.new_test.hide()
        if not self._form.unit.is_at_another:
            self.new_unit.hide()

    def _close(self) -> None:
        self.new_test.hide()
        self.new_unit.hide()

    def _add_test(self, name: str, unit: str) -> None:
        added: list[Analyte] = []

        def add(journal: Journal) -> Changes:
            added.append(journal.labs.add_analyte(name, [unit_as_printed(unit)]))
            return Changes.LABS

        try:
            self._session.apply(add)
        except MoodLabError as error:
            self.said.emit(error.sentence, True)
            self.new_test.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._form.choose_test(added[0].id)
        self.said.emit(translate("labs", "Added: {test}").format(test=added[0].label), False)

    def _leave_new_test(self) -> None:
        self.new_test.hide()
        self._form.test.step_back()
        self._form.test.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for_unit(self, at_once: bool) -> None:
        self.new_unit.open(
            self._form.test.analyte,
            at_once=at_once,
            unit=self._form.unknown_unit,
            example=self._form.value.number,
        )

    def _add_unit(self, unit: str, factor: Decimal) -> None:
        analyte = self._form.test.analyte

        def add(journal: Journal) -> Changes:
            journal.labs.add_unit(analyte.id, unit, factor)
            return Changes.LABS

        try:
            self._session.apply(add)
        except MoodLabError as error:
            self.new_unit.refuse(error.sentence)
            return
        self.new_unit.hide()
        self._form.choose_unit(unit)
        self.said.emit(
            translate("labs", "Added: {test} in {unit}").format(
                test=analyte.label, unit=display_unit(" ".join(unit.split()))
            ),
            False,
        )

    def _leave_new_unit(self) -> None:
        self.new_unit.hide()
        self._form.unit.step_back()
        self._form.unit.setFocus(Qt.FocusReason.OtherFocusReason)
