"""A questionnaire to fill in: its question, its items, and how many of them are answered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.tracking.instruments import CREDIT, INSTRUMENTS, Instrument
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.questionnaires.item_row import ItemRow
from moodlab.ui.widgets.text import label


class Sheet(QWidget):
    """`edited` after every answer, `left_at_end` when the keyboard goes on after the last item."""

    edited = Signal()
    left_at_end = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.instrument: Instrument = INSTRUMENTS[0]
        self.rows: list[ItemRow] = []
        self._question = label("", "section", wrap=True)
        self.state = label("", "figure")
        self._items = QVBoxLayout()
        px = look().px
        self._items.setSpacing(px(1.5 * GRID))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(1.5 * GRID))
        layout.addWidget(self._question)
        layout.addLayout(self._items)
        layout.addWidget(self.state)
        layout.addWidget(label(CREDIT, "quiet", wrap=True))

    @property
    def total(self) -> int | None:
        """The sum of the answers; None until all are there."""
        values = [row.value for row in self.rows]
        return None if None in values else sum(value or 0 for value in values)

    @property
    def is_begun(self) -> bool:
        """Whether anything is answered."""
        return any(row.value is not None for row in self.rows)

    def show_instrument(self, instrument: Instrument) -> None:
        """Begin a questionnaire anew."""
        self.instrument = instrument
        for row in self.rows:
            self._items.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._question.setText(instrument.question)
        self.rows = [ItemRow(number, text) for number, text in enumerate(instrument.items, start=1)]
        for number, row in enumerate(self.rows):
            row.answered.connect(self._tell)
            row.left.connect(lambda steps, at=number: self._go(at + steps))
            self._items.addWidget(row)
            row.show()
        self._tell()

    def focus_first_open(self) -> None:
        """Give the keyboard to the first item without an answer, or to the last one."""
        row = next((row for row in self.rows if row.value is None), self.rows[-1])
        row.take_focus()

    def in_words(self) -> str:
        """Return the total, or how many items are answered."""
        if self.total is not None:
            return translate("questionnaires", "Total {total} (0 to {highest})").format(
                total=self.total, highest=self.instrument.highest
            )
        return translate("questionnaires", "{done} of {count} answered").format(
            done=sum(row.value is not None for row in self.rows), count=len(self.rows)
        )

    def _go(self, number: int) -> None:
        if number == len(self.rows):
            self.left_at_end.emit()
        elif number >= 0:
            self.rows[number].take_focus()

    def _tell(self) -> None:
        self.state.setText(self.in_words())
        self.edited.emit()
