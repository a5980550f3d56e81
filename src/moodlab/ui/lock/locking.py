"""Locking: the content goes at once, what is half typed is kept, then the process starts anew."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget

from moodlab.domain.errors import JournalUnusable, MoodLabError
from moodlab.i18n import translate
from moodlab.store.encryption.unlocking import refuse_other_secret
from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.help_now.at_hand import HelpAtHand
from moodlab.ui.lock.unlock_form import UnlockForm
from moodlab.ui.look.style import look
from moodlab.ui.main_window import MainWindow
from moodlab.ui.opening.transition import Lock
from moodlab.ui.session import RETRY_MS, Session
from moodlab.ui.shell.drafts import Drafts
from moodlab.ui.widgets.text import Button, label


class Locker(QObject):
    """Covers the window and, as soon as nothing would be lost, asks to leave by `Lock`.

    While something can't be saved, the cover stays and the passphrase opens it again.
    """

    def __init__(self, main: MainWindow, session: Session, drafts: Drafts) -> None:
        super().__init__(main)
        self._main = main
        self._session = session
        self._drafts = drafts
        self._cover: Cover | None = None
        self._covered: QWidget | None = None
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._go)

    @property
    def is_locked(self) -> bool:
        """Whether the content is hidden."""
        return self._cover is not None

    def lock(self) -> None:
        """Hide everything now; the rest follows."""
        if self._cover is not None:
            return
        self._cover = Cover(self._session)
        self._cover.opened.connect(self._uncover)
        self._hide_content(self._cover)
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        QTimer.singleShot(0, self._go)

    def _hide_content(self, cover: QWidget) -> None:
        main = self._main
        QToolTip.hideText()
        for window in QApplication.topLevelWidgets():
            if window is not main and window.isVisible():
                window.hide()
        self._covered = main.takeCentralWidget()
        main.menuBar().setEnabled(False)
        main.menuBar().hide()
        main.setCentralWidget(cover)
        cover.show()
        main.repaint()

    def _go(self) -> None:
        if self._cover is None:
            return
        try:
            unsaved = self._main.unsaved()
            if unsaved:
                raise JournalUnusable(unsaved)
            self._drafts.keep()
        except MoodLabError as error:
            self._cover.wait_for(error.sentence)
            self._retry.start()
            return
        self._retry.stop()
        self._main.remember_place()
        opening = self._session.opening
        if opening is not None:
            self._session.leave_for(Lock((opening.back or opening).paths))

    def _uncover(self) -> None:
        self._retry.stop()
        main = self._main
        if self._covered is not None:
            main.setCentralWidget(self._covered)
            self._covered.show()
            main.menuBar().setEnabled(True)
            main.menuBar().show()
        self._cover = self._covered = None


class Cover(QWidget):
    """What is seen instead of the diary. `opened` when the person may see it again."""

    opened = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("pageBody")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.sentence = label("", wrap=True)
        self.button: Button | None = None
        self.form: UnlockForm | None = None
        content = QWidget()
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(*[look().px(PAGE_MARGIN)] * 4)
        self._layout.setSpacing(look().px(2 * GRID))
        self._layout.addWidget(label(translate("unlock", "Locking…"), "title"))
        self._layout.addWidget(self.sentence)
        self._layout.addStretch(1)
        self.help_now = HelpAtHand(content)
        self.help_now.country = session.settings.country
        self.help_now.country_chosen.connect(lambda code: session.prefer(country=code))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.help_now)
        # The menus are hidden and their keys with them.
        QShortcut(QKeySequence("Ctrl+Q"), self, lambda: self.window().close())

    def wait_for(self, reason: str) -> None:
        """Say why the lock is not complete yet, and offer the way back."""
        self.sentence.setText(
            translate(
                "unlock",
                "▲ {reason} The window is hidden. It locks completely when that is saved. "
                "MoodLab keeps trying.",
            ).format(reason=reason)
        )
        if self.button is None:
            self._offer_way_back()

    def _offer_way_back(self) -> None:
        key = self._session.journal.key
        words = translate("unlock", "Show my diary")
        if key is None:
            self.button = Button(words, "secondary", self.opened.emit)
        else:
            self.form = UnlockForm(
                translate("security", "&Passphrase"),
                words,
                lambda typed: refuse_other_secret(typed, key),
            )
            self.form.found.connect(lambda _none: self.opened.emit())
            self.form.refused.connect(lambda error: self.sentence.setText(error.sentence))
            self._layout.insertWidget(2, self.form)
            self.button = self.form.button
        self._layout.insertWidget(self._layout.count() - 1, self.button)
        (self.form.field if self.form is not None else self.button).setFocus()
