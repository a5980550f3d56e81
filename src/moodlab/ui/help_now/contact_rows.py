"""The person's own contacts as lines to type in, with an empty one at their end."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from moodlab.domain.events import Contact
from moodlab.i18n import translate
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button

MOST_CONTACTS = 12
LONGEST = 300


class ContactRows(QWidget):
    """`written(tuple of Contact)` when a line is left or Enter is pressed in it.

    Enter goes on to the next line. What the journal has is put into the lines that are there, so
    that the keyboard stays where it is.
    """

    written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[Line, Line]] = []
        self.removes: list[Button] = []
        self._shown: tuple[Contact, ...] | None = None
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setColumnStretch(0, 2)
        self._rows.setColumnStretch(1, 3)

    def show_contacts(self, contacts: tuple[Contact, ...]) -> None:
        """Show `contacts`, and a line for one more."""
        if contacts == self._shown:
            return
        self._shown = contacts
        wanted = (*contacts, Contact("", ""))[:MOST_CONTACTS]
        while len(self.fields) < len(wanted):
            self._add_row()
        while len(self.fields) > len(wanted):
            self._drop_row()
        for (name, reach), contact, remove in zip(self.fields, wanted, self.removes, strict=True):
            for field, text in ((name, contact.name), (reach, contact.reach)):
                is_typing = field.hasFocus() and field.isModified()
                if field.text().strip() == text:
                    field.setModified(False)
                elif not is_typing:
                    field.setText(text)
            called = contact.name or contact.reach
            remove.setVisible(bool(called))
            remove.setAccessibleName(translate("help now", "Remove {name}").format(name=called))

    def remove(self, row: int) -> None:
        """Take a contact out; the keyboard goes to the one that stands there then."""
        kept = [pair for number, pair in enumerate(self.fields) if number != row]
        self.written.emit(_read(kept))
        self.fields[min(row, len(self.fields) - 1)][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self) -> None:
        row = len(self.fields)
        name, reach = Line(), Line()
        for column, (field, caption) in enumerate(
            (
                (name, translate("help now", "Name")),
                (reach, translate("help now", "Number, place or words")),
            )
        ):
            field.setPlaceholderText(caption)
            field.setAccessibleName(f"{caption} {row + 1}")
            field.setMaxLength(LONGEST)
            field.editingFinished.connect(self._tell)
            field.returnPressed.connect(lambda at=(row, column): self._go_on(*at))
            self._rows.addWidget(field, row, column)
            field.show()  # at once: Enter goes on to a line that is new
        remove = Button(translate("help now", "Remove"), "link", lambda: self.remove(row))
        self._rows.addWidget(remove, row, 2)
        self.fields.append((name, reach))
        self.removes.append(remove)

    def _drop_row(self) -> None:
        for widget in (*self.fields.pop(), self.removes.pop()):
            if widget.hasFocus():
                self.fields[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _tell(self) -> None:
        written = _read(self.fields)
        if written == self._shown:
            return
        # Leaving the first field of a new contact for its second is not the end of it.
        last_name, last_reach = self.fields[-1]
        if last_name.text().strip() and not last_reach.text().strip() and last_reach.hasFocus():
            return
        self.written.emit(written)

    def _go_on(self, row: int, column: int) -> None:
        """Go to the next line; from the last one to the line for one more, once it is saved."""
        if column == 0:
            self.fields[row][1].setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._tell()
        following = min(row + 1, len(self.fields) - 1)
        self.fields[following][0].setFocus(Qt.FocusReason.TabFocusReason)


def _read(fields: list[tuple[Line, Line]]) -> tuple[Contact, ...]:
    texts = [(name.text().strip(), reach.text().strip()) for name, reach in fields]
    return tuple(Contact(name, reach) for name, reach in texts if name or reach)
