"""The total of any questionnaire: what it is called, the total, and what it can go from and to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.days import short_date
from moodlab.domain.errors import Refused
from moodlab.domain.tracking.questionnaires import Questionnaire, read_total
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.line import Line, mark
from moodlab.ui.widgets.text import label

_NAME_WIDTH, _TOTAL_WIDTH = 220, 96
_LONGEST = 200


class TotalForm(QWidget):
    """`submitted` on Enter. While a total is changed, the form says which one."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.changed: Questionnaire | None = None
        self.heading = label("", "section", wrap=True)
        self.name, self.total, self.lowest, self.highest = (Line() for _ in range(4))
        self.name.setMaxLength(_LONGEST)
        self._fields = (
            (translate("questionnaires", "Name"), self.name, _NAME_WIDTH),
            (translate("questionnaires", "Total"), self.total, _TOTAL_WIDTH),
            (translate("questionnaires", "Lowest (optional)"), self.lowest, _TOTAL_WIDTH),
            (translate("questionnaires", "Highest (optional)"), self.highest, _TOTAL_WIDTH),
        )
        row = Flow()
        row.setSpacing(look().px(1.5 * GRID))
        for text, field, width in self._fields:
            row.addWidget(_captioned(text, field, width))
            field.returnPressed.connect(self.submitted)
            field.textEdited.connect(lambda _text, typed=field: mark(typed, ""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addWidget(self.heading)
        layout.addLayout(row)
        self.begin()

    def begin(self) -> None:
        """Empty the form for another total."""
        self.changed = None
        self.heading.setText(translate("questionnaires", "The total of any other questionnaire"))
        for _, field, _ in self._fields:
            field.empty()
            mark(field, "")

    def edit(self, given: Questionnaire) -> None:
        """Put a total that is kept into the form."""
        self.begin()
        self.changed = given
        self.heading.setText(
            translate("questionnaires", "Change {name} of {day}").format(
                name=given.name, day=short_date(given.day)
            )
        )
        for field, text in (
            (self.name, given.name),
            (self.total, given.total),
            (self.lowest, given.lowest),
            (self.highest, given.highest),
        ):
            field.setText(text)

    def read(self) -> tuple[str, str, str, str]:
        """Return name, total, lowest and highest. Raises Refused, with the field marked."""
        name = " ".join(self.name.text().split())
        if not name:
            raise self._refused(
                self.name, translate("questionnaires", "The questionnaire needs a name.")
            )
        if not self.total.text().strip():
            raise self._refused(
                self.total, translate("questionnaires", "Enter the total, for example 12.")
            )
        return name, self._read(self.total), self._read(self.lowest), self._read(self.highest)

    def take_focus(self) -> None:
        """Begin at the name, or at the total that is changed."""
        field = self.name if self.changed is None else self.total
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _read(self, field: Line) -> str:
        if not field.text().strip():
            return ""
        try:
            return read_total(field.text())
        except Refused as error:
            raise self._refused(field, error.sentence) from error

    def _refused(self, field: Line, sentence: str) -> Refused:
        mark(field, sentence)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return Refused(sentence)


def _captioned(text: str, field: Line, width: int) -> QWidget:
    made = QWidget()
    caption = label(text, "quiet")
    caption.setBuddy(field)
    field.setAccessibleName(text)
    field.setMinimumWidth(look().px(width))
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(look().px(4))
    layout.addWidget(caption)
    layout.addWidget(field)
    return made
