"""Makes the rows of a day as high as the page has room for."""

from PySide6.QtCore import QObject, QSize, QTimer

from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.today.rating_form import RatingForm
from moodlab.ui.today.sleep_hours import SleepHours


class RowFitting(QObject):
    """Measures again only when what is around the rows changed."""

    def __init__(self, page: Page, form: RatingForm) -> None:
        super().__init__(page)
        self._page = page
        self._form = form
        self._sleep: SleepHours | None = None
        self._fitted: object = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._measure)

    def fit(self, sleep: SleepHours | None, *around: object) -> None:
        """Fit the rows to the room that is left; `around` tells what else is shown."""
        self._sleep = sleep
        shown = self._form.shown, around, self._room(), look()
        if shown == self._fitted:
            return
        self._fitted = shown
        self._measure()
        # Again when what folds to the new width has done so.
        self._settled.start(0)

    def _room(self) -> QSize:
        # Asking for the viewport itself has PySide make an enumeration, a tenth of the start.
        return QSize(self._page.inner.width(), self._page.maximumViewportSize().height())

    def _measure(self) -> None:
        form, outer = self._form.layout(), self._page.inner.layout()
        if form is None or outer is None:
            return
        outer.activate()
        outer.activate()  # what folded in the first pass takes its new height in this one
        room = self._room()
        around = outer.totalHeightForWidth(room.width()) - form.totalHeightForWidth(
            self._form.width()
        )
        self._form.fit_height(room.height() - around, self._sleep)
