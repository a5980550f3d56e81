"""Offers to join courses of one treatment that share days, which earlier versions could leave."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.session import Session
from moodlab.ui.shell.window import AppWindow
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.domain.treatments import Treatment

# After the first paint, and after the day's backup was looked for.
SOON_MS = 400


class CourseCheck(QObject):
    """Looks once, after the window is painted; the Worker reads the treatments."""

    def __init__(self, main: AppWindow, session: Session, worker: Worker) -> None:
        super().__init__(main)
        self._main = main
        self._session = session
        self._worker = worker
        QTimer.singleShot(SOON_MS, self, self.look)

    def look(self) -> None:
        """Look for courses that share days."""
        if not self._session.is_closed and self._session.why_read_only is None:
            # A journal that can't be read says so where it is shown.
            self._worker.run(
                lambda journal, _progress: _find_overlap(journal), self._offer, lambda _error: None
            )

    def _offer(self, found: "tuple[Treatment, Treatment] | None") -> None:
        if found is None:
            return
        from moodlab.domain.courses import course_text

        one, other = found
        self._main.bars.tell(
            translate(
                "window",
                "{name} has two courses that share days: {one}, and {other}. MoodLab can make one "
                "course of them.",
            ).format(name=one.name, one=course_text(one), other=course_text(other)),
            offers=[(translate("window", "Join them"), lambda: self._join(one.name))],
        )

    def _join(self, name: str) -> None:
        from moodlab.domain.courses import join_courses

        try:
            book = self._session.journal.treatments
            joined = join_courses(book.read_courses(name)).courses
            self._session.apply(lambda journal: journal.treatments.save_courses(name, joined))
        except MoodLabError as error:
            self._main.bars.tell(error.sentence)
            return
        self._main.bars.tell(
            translate("window", "The courses of {name} are joined.").format(name=name),
            undo=self._main.undo,
        )


def _find_overlap(journal: Journal) -> "tuple[Treatment, Treatment] | None":
    from moodlab.domain.courses import find_overlaps

    return next(find_overlaps(journal.treatments.read_all()), None)
