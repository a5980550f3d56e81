"""Settings: one calm page with a search. What is changed holds at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.changes import Changes
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.settings.control import Surroundings
from moodlab.ui.settings.rows import ALL
from moodlab.ui.settings.setting_row import SettingRow
from moodlab.ui.shell.actions import page_action
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import NEVER_DRAFTED, hairline, label
from moodlab.ui.worker import Worker

READING_WIDTH = 760
_SEARCH_WIDTH = 360


class SettingsPage(Page):
    """The rows of the registry under their headings; the search leaves those with its words."""

    ID = "settings"
    TITLE = "Settings"
    ICON = "settings"
    PURPOSE = QT_TRANSLATE_NOOP("settings", "Change how MoodLab looks and works.")
    REFRESH_ON = Changes.SETTINGS

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate_marked(self.PURPOSE), max_width=READING_WIDTH)
        self._session = session
        around = Surroundings(session, self._say, self.page_wanted.emit)
        self.search = SearchLine()
        self.search.textChanged.connect(self._filter)
        self.search.entered.connect(self._enter_first)
        self.nothing = label("", "muted", wrap=True)
        self.nothing.hide()
        self.notice = Notice()
        for widget in (self.search, self.notice, self.nothing):
            self.body.addWidget(widget)
        self.rows = [SettingRow(row, around) for row in ALL]
        self._sections: list[tuple[QWidget, list[SettingRow]]] = []
        self._add_sections()
        self.body.addStretch(1)
        session.settings_changed.connect(lambda _settings: self.refresh())

    def fit(self) -> None:
        super().fit()
        if hasattr(self, "search"):
            self.search.setMaximumWidth(look().px(_SEARCH_WIDTH))

    def refresh(self) -> None:
        """Show every setting as it is now."""
        for row in self.rows:
            row.show_now()

    def take_focus(self) -> None:
        """Begin at the search."""
        self.show_top()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def actions_for_menu(self) -> list[QAction]:
        """Offer the search in the menu."""
        find = translate("settings", "Search settings")
        return [page_action(self, find, self._search_again, ["Ctrl+F"])]

    def go_to_place(self, place: str) -> None:
        """Give the keyboard to the setting of this name."""
        self.search.clear()
        for row in self.rows:
            if row.row.id == place:
                row.control.first.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(row)

    def be_read_only(self, reason: str) -> None:
        """Take no changes of what the journal keeps."""
        for row in self.rows:
            if row.control.is_of_journal:
                row.control.setEnabled(False)
                row.show_now()

    def tell(self, sentence: str) -> bool:
        """Show one sentence at the top."""
        self.notice.ask(sentence, [])
        self.ensureWidgetVisible(self.notice)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self._search_again()
            self.search.clear()
            return
        super().keyPressEvent(event)

    def _add_sections(self) -> None:
        for row in self.rows:
            if not self._sections or self._sections[-1][1][-1].row.section != row.row.section:
                self._sections.append((QWidget(), []))
            self._sections[-1][1].append(row)
        for section, rows in self._sections:
            column = QVBoxLayout(section)
            column.setContentsMargins(0, look().px(1.5 * GRID), 0, 0)
            column.setSpacing(0)
            column.addWidget(label(translate_marked(rows[0].row.section), "section"))
            column.addSpacing(look().px(GRID / 2))
            column.addWidget(hairline())
            for row in rows:
                column.addWidget(row)
            self.body.addWidget(section)

    def _filter(self, text: str) -> None:
        found = 0
        for section, rows in self._sections:
            hits = [row.row.is_found_by(text) for row in rows]
            for row, is_hit in zip(rows, hits, strict=True):
                row.setVisible(is_hit)
            section.setVisible(any(hits))
            found += sum(hits)
        self.nothing.setText(
            translate("settings", "No setting contains “{text}”.").format(text=text.strip())
        )
        self.nothing.setVisible(not found)
        if text.strip():
            announce(self.search, _found_words(found) if found else self.nothing.text())

    def _enter_first(self) -> None:
        first = next((row for row in self.rows if not row.isHidden()), None)
        if first is not None and self.search.text().strip():
            first.control.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _search_again(self) -> None:
        self.take_focus()
        self.search.selectAll()

    def _say(self, sentence: str) -> None:
        self.tell(sentence)
        announce(self, sentence, assertive=True)


class SearchLine(Line):
    """`entered` is Enter or Down: on to what was found."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        words = translate("settings", "Search settings")
        self.setAccessibleName(words)
        self.setPlaceholderText(words)
        self.setProperty(NEVER_DRAFTED, True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
            return
        super().keyPressEvent(event)


def _found_words(count: int) -> str:
    if count == 1:
        return translate("settings", "1 setting")
    return translate("settings", "{n} settings").format(n=count)
