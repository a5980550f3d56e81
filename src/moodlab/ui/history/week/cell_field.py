"""Opens a field over a cell, reads what was typed there, and closes it again."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from moodlab.domain.errors import Refused
from moodlab.domain.metrics import Metric
from moodlab.domain.ratings import parse_rating
from moodlab.ui.history.week.cell_editor import NoteEditor, ValueEditor
from moodlab.ui.history.week.entries import Place, RowKind
from moodlab.ui.history.week.model import WeekModel
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import mark

_DASHES = ("-", "–", "—", "−")
# In design pixels.
_VALUE_WIDTH, _NOTE_WIDTH, _NOTE_HEIGHT = 76, 320, 92


class CellField(QObject):
    """At most one field is open.

    `written(cell, thousandths, None or text)` and `emptied(cell)` tell what became of it,
    `told(sentence)` why it can't be read; it stays open then. `entered(int)` follows Enter or an
    arrow up or down, `closed` when the keyboard was in it, and
    `opened` that it is seen.
    """

    written = Signal(object, object)
    emptied = Signal(object)
    told = Signal(str)
    entered = Signal(int)
    closed = Signal()
    opened = Signal()

    def __init__(
        self, viewport: QWidget, cells: WeekModel, area_of: Callable[[QModelIndex], QRect]
    ) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._cells = cells
        self._area_of = area_of
        self._place: Place | None = None
        self.editor: ValueEditor | NoteEditor | None = None

    def open(self, cell: QModelIndex, typed: str) -> None:
        """Open with what stands in `cell`, or with the letter that was typed over it."""
        if self.editor is not None:
            self.editor.setFocus()
            return
        row, day = self._cells.row_at(cell), self._cells.day_at(cell)
        entries, is_note = self._cells.entries, row.kind is RowKind.NOTE
        self._place = self._cells.place_of(cell)
        self.editor = NoteEditor() if is_note else ValueEditor()
        self.editor.setParent(self._viewport)
        self.editor.setAccessibleName(entries.words(row, day).partition(": ")[0])
        self.editor.begin(entries.note(day) if is_note else entries.text(row, day), typed)
        self.editor.entered.connect(self._enter)
        self.editor.cancelled.connect(self.close)
        self.editor.left.connect(self.commit)
        self.place()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def commit(self) -> bool:
        """Tell what is typed, and close; False where it can't be read."""
        editor, index = self.editor, self._index()
        if editor is None or not index.isValid():
            return True
        text = editor.written()
        row, day = self._cells.row_at(index), self._cells.day_at(index)
        value: int | str | None = text
        if row.metric is not None:
            try:
                value = _read_value(row.metric, text)
            except Refused as error:
                mark(editor, error.sentence)
                self.told.emit(error.sentence)
                return False
        self.close()
        if not text:
            self.emptied.emit(index)
        elif row.metric is not None or text != self._cells.entries.note(day):
            self.written.emit(index, value)
        return True

    def close(self) -> None:
        """Close it; what is in it is dropped."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        had_focus = editor.hasFocus()
        editor.blockSignals(True)
        editor.hide()
        editor.deleteLater()
        if had_focus:
            self.closed.emit()

    def place(self) -> None:
        """Stand over the cell; a note is wider, and stays within the grid."""
        if self.editor is None:
            return
        px, room = look().px, self._viewport.rect()
        cell = self._area_of(self._index())
        wide, high = px(_VALUE_WIDTH), cell.height()
        if isinstance(self.editor, NoteEditor):
            wide, high = px(_NOTE_WIDTH), px(_NOTE_HEIGHT)
        width = min(max(wide, cell.width()), room.width())
        left = max(room.left(), min(cell.left(), room.right() + 1 - width))
        top = max(room.top(), min(cell.top(), room.bottom() + 1 - high))
        self.editor.setGeometry(QRect(left, top, width, high))

    def _index(self) -> QModelIndex:
        return QModelIndex() if self._place is None else self._cells.index_of(self._place)

    def _enter(self, by: int) -> None:
        if self.commit():
            self.entered.emit(by)


def _read_value(metric: Metric, text: str) -> int | None:
    """Return what is typed in thousandths; None for a dash or nothing. Raises Refused."""
    if text in ("", *_DASHES):
        return None
    return parse_rating(metric, "10" if text.casefold() == "x" else text)
