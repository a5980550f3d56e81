"""The command palette: a field, the entries that match, and nothing else."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.palette.entry import Around, Entry
from moodlab.ui.palette.entry_list import EntryList, entry_words
from moodlab.ui.palette.matching import find_entries
from moodlab.ui.palette.providers import all_providers
from moodlab.ui.shell.announce import announce
from moodlab.ui.shell.focus_ring import OWN_RING
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import label

_WIDTH, _FROM_TOP, _MARGIN = 560, 72, 24
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class Palette(QDialog):
    """Enter or a click does what the chosen entry says, once the palette is gone.

    Esc leaves everything as it is; the keyboard is then where it was. `recent` are the ids of what
    was chosen before, newest first; the palette adds to it.
    """

    def __init__(self, around: Around, recent: list[str]) -> None:
        super().__init__(around.main, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._around, self._recent = around, recent
        self._providers = all_providers()
        self._entries = [entry for each in self._providers for entry in each.at_opening(around)]
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("palette", "Go to"))
        self.field = PaletteField()
        self.field.textChanged.connect(lambda _text: self._show())
        self.field.stepped.connect(self._step)
        self.field.paged.connect(self._step_pages)
        self.field.entered.connect(self._take_current)
        self.list = EntryList()
        self.list.picked.connect(self._take)
        self.nothing = label("", "muted", wrap=True)
        px = look().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[px(1.5 * GRID)] * 4)
        layout.setSpacing(px(GRID))
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)
        self._place()
        self._show()
        self.field.setFocus()
        around.main.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is typed before the system has given the keyboard to the palette.

        That is why it is not modal: a window behind a modal one gets no keys at all.
        """
        if watched is self._around.main.windowHandle() and event.type() == QEvent.Type.KeyPress:
            return QApplication.sendEvent(self.field, event)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            self.reject()
        return super().event(event)

    def _place(self) -> None:
        """Stand near the top of the window, as wide as it allows."""
        main, px = self._around.main, look().px
        width = min(px(_WIDTH), main.width() - 2 * px(_MARGIN))
        self.setFixedWidth(width)
        top = min(px(_FROM_TOP), main.height() // 8)
        self.move(main.mapToGlobal(QPoint((main.width() - width) // 2, top)))

    def _room(self) -> int:
        """Return how high the list may be, so that all of it stands within the window."""
        main, px = self._around.main, look().px
        top = min(px(_FROM_TOP), main.height() // 8)
        return main.height() - top - self.field.sizeHint().height() - 6 * px(GRID)

    def _show(self) -> None:
        text = self.field.text().strip()
        typed = [
            entry for each in self._providers for entry in each.as_typed(self._around, text)
        ] if text else []  # fmt: skip
        found = find_entries(text, self._entries, typed, self._recent)
        self.list.show_entries(found, self._room())
        self.nothing.setText(
            "" if found else translate("palette", "Nothing found. Try fewer letters.")
        )
        self.nothing.setVisible(not found)
        self.adjustSize()
        if text:
            announce(self, self._count_words())

    def _count_words(self) -> str:
        entry, count = self.list.current, len(self.list.entries)
        if entry is None:
            return self.nothing.text()
        form = (
            translate("palette", "{n} found.") if count != 1 else translate("palette", "1 found.")
        )
        return f"{form.format(n=count)} {entry_words(entry)}"

    def _step(self, steps: int) -> None:
        self.list.step(steps)
        entry = self.list.current
        if entry is not None:
            announce(
                self,
                translate("palette", "{entry}, {number} of {count}").format(
                    entry=entry_words(entry),
                    number=self.list.currentIndex().row() + 1,
                    count=len(self.list.entries),
                ),
            )

    def _step_pages(self, pages: int) -> None:
        self._step(pages * self.list.page)

    def _take_current(self) -> None:
        entry = self.list.current
        if entry is not None:
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        if entry.id in self._recent:
            self._recent.remove(entry.id)
        self._recent.insert(0, entry.id)
        self.accept()
        # What is done may open a question of its own: the palette is gone by then.
        QTimer.singleShot(0, self._around.main, _calling(entry.do))


class PaletteField(Line):
    """A line whose arrows and page keys move the choice below."""

    stepped = Signal(int)
    paged = Signal(int)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(OWN_RING, True)
        words = translate("palette", "Page, action, metric, test, treatment or day")
        self.setPlaceholderText(words)
        self.setAccessibleName(translate("palette", "Go to"))
        self.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() in _PAGES:
            self.paged.emit(_PAGES[Qt.Key(event.key())])
        elif event.key() in _ENTER:
            self.entered.emit()
        elif event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)


def _calling(do: Callable[[], object]) -> Callable[[], None]:
    def call() -> None:
        do()

    return call
