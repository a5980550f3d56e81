"""Ctrl+J: jot a question for the visit from anywhere."""

from PySide6.QtWidgets import QWidget

from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.events import Question, question_repeat
from moodlab.i18n import translate
from moodlab.ui.jotting.popover import Popover
from moodlab.ui.session import Session
from moodlab.ui.widgets.line import Line

LONGEST = 1000


class QuestionPopover(Popover):
    """One line; Enter saves it, and saves a repeated question only the second time."""

    def __init__(self, host: QWidget, bars: QWidget, session: Session) -> None:
        super().__init__(host, bars, translate("jotting", "A question for the visit"))
        self._session = session
        self._repeated = ""
        self.text = Line()
        self.text.setMaxLength(LONGEST)
        self.text.setAccessibleName(translate("jotting", "A question for the visit"))
        self.text.setPlaceholderText(translate("jotting", "What would you like to ask?"))
        self.text.returnPressed.connect(self._save)
        self.form.addWidget(self.text)

    def jot(self) -> None:
        """Show the line."""
        self._repeated = ""
        self.open(self.text)

    def _save(self) -> None:
        text = " ".join(self.text.text().split())
        if not text:
            self.close_form()
            return
        journal = self._session.journal
        question = Question(journal.ledger.new_id(), journal.today(), text)
        try:
            if text != self._repeated:
                question_repeat(question, journal.events.read_questions())
            self._session.apply(lambda journal: journal.events.ask(question))
        except NeedsConfirmation as repeat:
            self._repeated = text
            again = translate("jotting", "{question} Enter again saves it.")
            self.refuse(again.format(question=repeat.sentence))
        except MoodLabError as error:
            self.refuse(error.sentence)
        else:
            self.text.empty()
            self._repeated = ""
            self.done(translate("jotting", "Saved for the visit: {text}").format(text=text))
