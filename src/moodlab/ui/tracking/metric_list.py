"""The list of what is asked and what could be: ticked, starred, ordered by drag or keys."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.tracking.list_painting import ENTRY, MetricDelegate, Part

_SHOWN_ROWS = 5
_ROW = 52


class Entry(NamedTuple):
    """A row: a metric with its words, or with an empty `id` the heading of a group."""

    id: str
    text: str
    about: str = ""
    is_asked: bool = False
    is_short: bool = False
    is_movable: bool = False

    def in_words(self) -> str:
        """Return the row as it is read out."""
        asked = (
            translate("tracking", "tracked")
            if self.is_asked
            else translate("tracking", "not tracked")
        )
        short = translate("tracking", "in the short version") if self.is_short else ""
        return ", ".join(filter(None, (self.text, asked, short, self.about)))


class MetricList(QListWidget):
    """One row is chosen. Space or a click on its box ticks it, Alt with an arrow moves it.

    `chosen(id)`; `ticked(id)` and `starred(id)` ask for the other state; `stepped(id, by)` for the
    place above or below, `dropped(id, id before which it shall stand, or "")` for another one.
    """

    chosen = Signal(str)
    ticked = Signal(str)
    starred = Signal(str)
    stepped = Signal(str, int)
    dropped = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("tracking", "What to track"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self._delegate = MetricDelegate(self)
        self._delegate.clicked.connect(self._click)
        self.setItemDelegate(self._delegate)
        self._entries: list[Entry] = []
        self.currentRowChanged.connect(lambda _row: self._tell_chosen())
        self._fit_look()

    @property
    def chosen_id(self) -> str:
        """The id of the chosen metric; empty while there is none."""
        row = self.currentRow()
        return self._entries[row].id if 0 <= row < len(self._entries) else ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows, headings too."""
        return tuple(self._entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these rows; the chosen metric stays chosen, or the first one is."""
        wanted = self.chosen_id
        at = self.verticalScrollBar().value()
        self.blockSignals(True)
        if [entry.id for entry in entries] != [entry.id for entry in self._entries]:
            self.clear()
            for _ in entries:
                self.addItem(QListWidgetItem())
        self._entries = list(entries)
        for row, entry in enumerate(entries):
            self._fill(self.item(row), entry)
        self.choose(wanted)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(at)
        self._tell_chosen()
        self.viewport().update()

    def choose(self, metric_id: str) -> None:
        """Choose a metric, or the first one where it is not here."""
        ids = [entry.id for entry in self._entries]
        row = ids.index(metric_id) if metric_id and metric_id in ids else 1
        if row != self.currentRow():
            self.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, by = event.key(), 0
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if by:
            self.stepped.emit(self.chosen_id, by)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ticked.emit(self.chosen_id)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the new place; the rows themselves come anew from the journal."""
        before = self._entry_below(event.position().toPoint())
        moved = self.chosen_id
        # Moved rows would be taken out of this list by Qt.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        QTimer.singleShot(0, self, lambda: self.dropped.emit(moved, before))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()
        super().changeEvent(event)

    def _fill(self, item: QListWidgetItem, entry: Entry) -> None:
        flag = Qt.ItemFlag
        flags = flag.ItemIsEnabled | flag.ItemIsSelectable
        if entry.is_movable:
            flags |= flag.ItemIsDragEnabled
        item.setFlags(flags if entry.id else flag.NoItemFlags)
        item.setData(ENTRY, entry)
        item.setText(entry.text)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.in_words() if entry.id else None)

    def _entry_below(self, place: QPoint) -> str:
        """Return the metric before which something dropped at `place` stands."""
        item = self.itemAt(place)
        row = self.row(item) if item is not None else len(self._entries)
        if item is not None and place.y() > self.visualItemRect(item).center().y():
            row += 1
        return self._entries[row].id if row < len(self._entries) else ""

    def _click(self, entry: Entry, part: Part) -> None:
        (self.ticked if part is Part.BOX else self.starred).emit(entry.id)

    def _tell_chosen(self) -> None:
        if self.chosen_id:
            self.chosen.emit(self.chosen_id)

    def _fit_look(self) -> None:
        self.setMinimumHeight(look().px(_ROW) * _SHOWN_ROWS)
        self.scheduleDelayedItemsLayout()
