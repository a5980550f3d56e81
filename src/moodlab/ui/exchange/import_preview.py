"""What a file would bring, before anything is written: counts, the new results, the refusals."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from moodlab.domain.intake import Taken
from moodlab.exchange.table.words import table_words
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.exchange.import_words import count_words, name_tests, tabulate_problems
from moodlab.ui.exchange.importing import Preview
from moodlab.ui.look.style import look
from moodlab.ui.widgets.chart_table import ChartTable, give_room
from moodlab.ui.widgets.lab_table import LabTable
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import label


class ImportPreview(QWidget):
    """`decided` when the person chose what happens where file and journal differ.

    `tables`, with what would come and what can't, stand under the buttons.
    """

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._taken = Taken()
        self.replaces = False
        self.tables = QWidget()
        self.counts = label("", wrap=True)
        self.tests = label("", "muted", wrap=True)
        self.table = label("", "muted", wrap=True)
        self.differing = label(translate("import", "Where they differ:"), "muted")
        self.choice = Segments(
            translate("import", "Where the file and the journal differ"),
            [
                translate("import", "Keep the journal's version"),
                translate("import", "Use the file's version"),
            ],
        )
        self.choice.choose(0)
        self.choice.chosen.connect(self._choose)
        self.new_heading = label("", "section")
        self.new = LabTable(translate("import", "New results"), around=False)
        self.new.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.problems_heading = label(translate("import", "What can't be imported"), "section")
        self.problems = ChartTable(translate("import", "What can't be imported, and why"))
        self._lay_out()
        self.hide()

    @property
    def sentence(self) -> str:
        """What is in the file, in a few words."""
        return self.counts.text()

    @property
    def coming(self) -> int:
        """How many entries would be written now."""
        taken = self._taken
        kept = taken.kept if self.replaces else 0
        return taken.added + taken.replaced + taken.withdrawn + kept

    @property
    def question(self) -> str:
        """What the person could answer yes to, so that more can be taken in; else empty."""
        if withdrawn := self._count_withdrawals():
            if withdrawn == 1:
                return translate("import", "Yes, take it out")
            return translate("import", "Yes, take these {n} out").format(n=withdrawn)
        asked = sum(problem.is_question for problem in self._taken.problems)
        if not asked:
            return ""
        if asked == 1:
            return translate("import", "Yes, it is this test")
        return translate("import", "Yes, these {n} tests match").format(n=asked)

    @property
    def asks_to_take_out(self) -> bool:
        """Whether the question is about results that a lab withdrew."""
        return bool(self._count_withdrawals())

    def _count_withdrawals(self) -> int:
        return sum(problem.is_withdrawal for problem in self._taken.problems)

    def show_preview(self, found: Preview) -> None:
        """Show what would come."""
        taken = self._taken = found.taken
        self.counts.setText(" ".join(count_words(taken)))
        _set(self.tests, name_tests(taken))
        _set(self.table, " ".join(table_words(taken.table)) if taken.table else "")
        self.differing.setVisible(bool(taken.kept))
        self.choice.setVisible(bool(taken.kept))
        self._show_new(taken)
        self.problems_heading.setVisible(bool(taken.problems))
        self.problems.setVisible(bool(taken.problems))
        if taken.problems:
            self.problems.show_table(tabulate_problems(taken))
            give_room(self.problems)
        self.show()
        self.tables.show()

    def _show_new(self, taken: Taken) -> None:
        shown = taken.first_new
        count = sum(n for _test, n in taken.tests)
        words = translate("import", "The new results")
        if len(shown) < count:
            words = translate("import", "The first {n} of {all} new results").format(
                n=len(shown), all=f"{count:,}"
            )
        self.new_heading.setText(words)
        for widget in (self.new_heading, self.new):
            widget.setVisible(bool(shown))
        self.new.show_results(
            tuple(
                sorted(
                    shown, key=lambda result: (result.collected, result.label.casefold(), result.id)
                )
            )
        )

    def _choose(self, index: int) -> None:
        self.replaces = index == 1
        self.decided.emit()

    def _lay_out(self) -> None:
        px = look().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(GRID))
        row = QHBoxLayout()
        row.setSpacing(px(1.5 * GRID))
        row.addWidget(self.differing)
        row.addWidget(self.choice)
        row.addStretch(1)
        column.addWidget(self.counts)
        column.addWidget(self.tests)
        column.addWidget(self.table)
        column.addLayout(row)
        below = QVBoxLayout(self.tables)
        below.setContentsMargins(0, px(2 * GRID), 0, 0)
        below.setSpacing(px(GRID))
        for widget in (self.new_heading, self.new, self.problems_heading, self.problems):
            below.addWidget(widget)
        self.tables.hide()


def _set(widget: QLabel, text: str) -> None:
    widget.setText(text)
    widget.setVisible(bool(text))
