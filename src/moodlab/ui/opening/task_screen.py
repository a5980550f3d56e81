"""A quiet screen while something is done for which no journal may be open."""

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.ui.look.motion import be_busy
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import BackgroundTask, Opening
from moodlab.ui.widgets.text import Button
from moodlab.ui.worker import Runner, Task


class TaskScreen(StartScreen[Opening]):
    """Does a task and decides for where it leads. It can't be closed while it works."""

    def __init__(self, task: BackgroundTask, geometry: str = "") -> None:
        super().__init__(task.caption, geometry)
        self._task = task
        self._is_working = True
        self.progress = QProgressBar()
        be_busy(self.progress)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(task.caption)
        self.body.addWidget(self.progress)
        self.stop = Button(translate("start", "Stop"), "secondary", self._stop)
        self.stop.setVisible(task.can_stop)
        self.add_end(self.stop)
        self._runner = Runner()
        self._under_way: Task | None = None

    def wait(self) -> Opening | None:
        self._under_way = self._runner.run(
            self._task.work, self._finish, self._give_up, self._show_progress
        )
        return super().wait()

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
        if self._task.can_stop and self._under_way is not None:
            self.stop.setEnabled(False)
            self._under_way.cancel()

    def _finish(self, opening: Opening) -> None:
        self._is_working = False
        self.leave(opening)

    def _give_up(self, error: MoodLabError) -> None:
        self._is_working = False
        self.leave(self._task.otherwise.saying(error.sentence))
