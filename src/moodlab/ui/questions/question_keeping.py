"""Keeps the questions for the visit: adds, changes and removes them, and says what became of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.events import Question, question_repeat
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.questions.question_list import QuestionList
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.notice import Notice


class QuestionKeeping(QObject):
    """Writes to the journal what `questions` asks for, and tells it in the page's `notice`."""

    def __init__(self, session: Session, questions: QuestionList, notice: Notice) -> None:
        super().__init__()
        self._session = session
        self._questions = questions
        self._notice = notice
        self._removal: int | None = None  # the step that the notice offers to undo
        questions.asked.connect(self._ask)
        questions.changed.connect(self._save)
        questions.removed.connect(self._remove)
        session.changed.connect(lambda _changes: self._let_go_of_undo())

    def _ask(self, text: str) -> None:
        journal = self._session.journal
        question = Question(journal.ledger.new_id(), journal.today(), text)
        try:
            question_repeat(question, journal.events.read_questions())
        except NeedsConfirmation as repeat:
            self._ask_whether_twice(repeat.sentence, question)
        except MoodLabError as error:
            self._tell(error)
        else:
            self._save(question)

    def _ask_whether_twice(self, sentence: str, question: Question) -> None:
        def save() -> None:
            self._notice.hide()
            self._save(question)

        self._removal = None
        self._notice.ask(
            sentence,
            [
                (translate("questions", "Ask it twice"), save),
                (translate("questions", "Cancel"), self._notice.hide),
            ],
        )
        announce(self._notice, sentence)

    def _save(self, question: Question) -> None:
        self._write(lambda journal: journal.events.ask(question))

    def _remove(self, question: Question) -> None:
        if not self._write(lambda journal: journal.events.delete("question", question.id)):
            return
        gone = translate("questions", "Removed: “{question}”.").format(question=question.text)
        self._notice.ask(gone, [(translate("questions", "Undo"), self._undo_removal)])
        self._removal = self._session.journal.newest_step()
        announce(self._notice, gone)

    def _undo_removal(self) -> None:
        self._session.undo()
        self._questions.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_go_of_undo(self) -> None:
        """The notice leaves when another step is the newest."""
        if self._removal not in (None, self._session.journal.newest_step()):
            self._removal = None
            self._notice.hide()

    def _write(self, write: Callable[[Journal], Changes]) -> bool:
        try:
            self._session.apply(write)
        except MoodLabError as error:
            self._tell(error)
            return False
        return True

    def _tell(self, error: MoodLabError) -> None:
        self._removal = None
        self._notice.ask(error.sentence, [])
        announce(self._notice, error.sentence, assertive=True)
