"""Finding words: a field, and the places below it, each with its day and what stands around it."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.domain.history.finding import Found, Hit, nothing_found
from moodlab.domain.texts import LONGEST_WORDS
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.history.hit_drawing import HitDrawing, HitModel
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import NEVER_DRAFTED, label
from moodlab.ui.worker import Worker

# Typing goes on while nothing is looked for.
PAUSE_MS = 150
# In design pixels, and rows.
_FIELD_WIDTH, _MOST_ROWS, _FEWEST_ROWS = 220, 12, 3
# What stands above the list: title, hint and the sentence.
_ABOVE = 120
_NEWLINE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindField(Line):
    """Enter and Down go on to what was found, Esc ends the search."""

    entered = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(translate("find", "Find in notes and events"))
        self.setAccessibleName(translate("find", "Find in notes, events and questions"))
        self.setProperty(NEVER_DRAFTED, True)
        self.setMaxLength(LONGEST_WORDS)
        self.setFixedWidth(look().px(_FIELD_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_NEWLINE, Qt.Key.Key_Down):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class HitList(QListView):
    """The places, one below the other; Enter or a click chooses one."""

    chosen = Signal(object)
    left_at_top = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hits = HitModel(self)
        self._room = 0
        self.setModel(self.hits)
        self.setItemDelegate(HitDrawing(self))
        self.setAccessibleName(translate("find", "Places found"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._choose)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show these, the first one current."""
        self.hits.show_hits(hits)
        if hits:
            self.setCurrentIndex(self.hits.index(0))
        self.fit()

    def fit(self) -> None:
        """Take the height of the rows, as many as there is room for."""
        if not self.hits.shown:
            self.setFixedHeight(0)
            return
        row = self.sizeHintForRow(0)
        fitting = min(max((self._room - look().px(_ABOVE)) // row, _FEWEST_ROWS), _MOST_ROWS)
        self.setFixedHeight(min(fitting, len(self.hits.shown)) * row + 2)

    def fit_to(self, height: int) -> None:
        """Fit into a page of this height."""
        self._room = height
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _NEWLINE:
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() == 0:
            self.left_at_top.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.hits.shown[index.row()])


class Find(QWidget):
    """What was found for the words in `field`, which the page places itself.

    `opened(bool)` when there is something to show, and not any more; `chosen(Hit)`.
    """

    opened = Signal(bool)
    chosen = Signal(object)

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self._worker = worker
        self._wanted = ""
        self._goes_on = False  # to the list, once it is there
        self.field = FindField()
        self.list = HitList()
        self.said = label("", "quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addWidget(self.said)
        layout.addWidget(self.list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.field.textEdited.connect(lambda _text: self._pause.start())
        self.field.textChanged.connect(self._close_when_empty)
        self.field.entered.connect(self._go_on)
        self.field.escaped.connect(self.close_results)
        self.list.chosen.connect(self.chosen)
        self.list.left_at_top.connect(self.begin)
        self.hide()

    def begin(self) -> None:
        """Give the keyboard to the field, with its words chosen."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_results(self) -> None:
        """Show what was there before the search."""
        self._wanted = ""
        self._pause.stop()
        self.field.empty()
        if not self.isHidden():
            self.hide()
            self.opened.emit(False)

    def refresh(self) -> None:
        """Look again, as the journal may hold other words now."""
        if not self.isHidden():
            self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.close_results()
            return
        super().keyPressEvent(event)

    def _close_when_empty(self, text: str) -> None:
        if not text.strip() and self._wanted:
            self.close_results()

    def _go_on(self) -> None:
        self._goes_on = True
        self._look()

    def _look(self) -> None:
        self._pause.stop()
        text = " ".join(self.field.text().split())
        if not text:
            self._goes_on = False
            return
        self._wanted = text
        self._worker.run(
            lambda journal, _progress: journal.find(text),
            lambda found: self._show(text, found),
            lambda error: self._refuse(text, error),
        )

    def _show(self, text: str, found: Found) -> None:
        if text != self._wanted:
            return  # other words were typed meanwhile
        self.list.show_hits(found.hits)
        self.list.setVisible(bool(found.hits))
        self._say(_count_words(text, found))
        if self._goes_on and found.hits:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._goes_on = False

    def _refuse(self, text: str, error: MoodLabError) -> None:
        if text == self._wanted:
            self.list.show_hits(())
            self._say(error.sentence)
            self._goes_on = False

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        announce(self, sentence)
        if self.isHidden():
            self.show()
            self.opened.emit(True)
        self.list.fit()


def _count_words(text: str, found: Found) -> str:
    if not found.total:
        return nothing_found(text)
    if found.total > len(found.hits):
        return translate("find", "{total} places, the latest {n} of them").format(
            total=found.total, n=len(found.hits)
        )
    if found.total == 1:
        return translate("find", "1 place")
    return translate("find", "{total} places").format(total=found.total)
