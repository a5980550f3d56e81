"""A quiet screen while something is done for which no journal may be open."""

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.ui.background import Background
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import Errand, Opening
from moodlab.ui.widgets.text import Button


class ErrandScreen(StartScreen):
    """Does an errand and decides for where it leads. It can't be closed while it works."""

    def __init__(self, errand: Errand, geometry: str = "") -> None:
        super().__init__(errand.caption, geometry)
        self._errand = errand
        self._is_working = True
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(errand.caption)
        self.body.addWidget(self.progress)
        self.stop = Button(translate("start", "Stop"), "secondary", self._stop)
        self.stop.setVisible(errand.can_stop)
        self.add_end(self.stop)
        self._work = Background(errand.work, self._finish, self._give_up)
        self._work.progressed.connect(self._show_progress)

    def wait(self) -> Opening:
        self._work.start()
        decided: Opening = super().wait()
        return decided

    def first_focus(self) -> Button:
        return self.stop

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_working:
            self._stop()
            event.ignore()

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _stop(self) -> None:
        if self._errand.can_stop:
            self.stop.setEnabled(False)
            self._work.stop()

    def _finish(self, opening: Opening) -> None:
        self._is_working = False
        self.leave(opening)

    def _give_up(self, error: MoodLabError) -> None:
        self._is_working = False
        self.leave(self._errand.otherwise._replace(said=error.sentence))
