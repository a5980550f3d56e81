"""What the keeping of treatments and of events share: telling, asking, and offering Undo."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.notice import Notice

Then = Callable[[], object]


class Keeping(QObject):
    """Writes to the journal and says in `notice` what became of it.

    `undo` takes back the deletion that the notice tells of.
    """

    def __init__(self, session: Session, notice: Notice, undo: Then) -> None:
        super().__init__()
        self._session = session
        self._notice = notice
        self._undo = undo
        self._step: int | None = None  # the step that the notice offers to undo
        session.changed.connect(lambda _changes: self._let_go_of_undo())

    @property
    def _journal(self) -> Journal:
        return self._session.journal

    def tell(self, sentence: str, *, assertive: bool = False) -> None:
        """Say what was done, or why it was not."""
        self._step = None
        self._notice.ask(sentence, [])
        announce(self._notice, sentence, assertive)

    def _delete(self, write: Callable[[Journal], Changes], gone: str) -> bool:
        if not self._try(lambda: self._session.apply(write)):
            return False
        self._notice.ask(gone, [(translate("treatments", "Undo"), self._undo)])
        self._step = self._journal.newest_step()
        announce(self._notice, gone)
        return True

    def _try(self, save: Then) -> bool:
        try:
            save()
        except MoodLabError as error:
            self.tell(error.sentence, assertive=True)
            return False
        return True

    def _ask(self, question: NeedsConfirmation, save: Then) -> None:
        asked_from = QApplication.focusWidget()

        def go_on() -> None:
            self._notice.hide()
            self._try(save)

        def go_back() -> None:
            self._notice.hide()
            if asked_from is not None and isValid(asked_from):
                asked_from.setFocus(Qt.FocusReason.OtherFocusReason)

        self._step = None
        self._notice.ask(
            question.sentence,
            [
                (translate("treatments", "Yes, save it"), go_on),
                (translate("treatments", "Go back"), go_back),
            ],
        )
        announce(self._notice, question.sentence, assertive=True)
        self._notice.buttons[1].setFocus()

    def _let_go_of_undo(self) -> None:
        """The notice leaves when another step is the newest."""
        if self._step not in (None, self._journal.newest_step()):
            self._step = None
            self._notice.hide()
