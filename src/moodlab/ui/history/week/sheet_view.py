"""The blank week sheet, seen before it is printed or saved."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from moodlab.domain.days import LONGEST_YEAR, Period
from moodlab.domain.errors import MoodLabError
from moodlab.domain.tracking.week import asked_in, week_from, week_of
from moodlab.i18n import translate, translate_marked
from moodlab.report.files import save_atomically
from moodlab.store.journal import Journal
from moodlab.theme import GRID
from moodlab.ui.look.conventions import first_weekday
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.shell.file_choice import choose_new_file
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.paper.drawn_sheets import DrawnSheets, render
from moodlab.ui.widgets.paper.page_preview import PagePreview
from moodlab.ui.widgets.paper.sizes import PAPERS, find_paper
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Cancelled, Task, Worker

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_BLANK, _DATED = 0, 1
# In design pixels.
_SIDE_WIDTH, _DAY_WIDTH = 264, 148
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX
_LEAST_PREVIEW, _PREVIEW_WIDTH, _PREVIEW_HEIGHT = 320, 620, 480


@dataclass(frozen=True, slots=True)
class DrawnSheet(DrawnSheets):
    """The sheet as it was drawn; `name` is what its file is called, `text` what it asks."""

    name: str
    text: str


class SheetView(QWidget):
    """Dates or room for them, the paper, the sheet itself; Print and Save. `left` goes back."""

    left = Signal()

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__()
        self._session = session
        self._worker = worker
        self._task: Task | None = None
        self._drawn: DrawnSheet | None = None
        self._prints_soon = False
        self._build()
        self._draw()

    def take_focus(self) -> None:
        """Begin with the choice of dates."""
        self.dates.buttons[self.dates.index].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Draw again what is tracked now."""
        self._draw()

    def tell(self, sentence: str) -> None:
        """Show one sentence above the sheet."""
        self.notice.ask(sentence, [])

    # Building

    def _build(self) -> None:
        self.back = Button(translate("week", "‹ Back"), "", self.left.emit)
        self.back.setAccessibleName(translate("week", "‹ Back to History"))
        self.print = Button(translate("week", "Print…"), "secondary", self.ask_how_to_print)
        self.save_pdf = Button(translate("week", "Save PDF…"), "primary", self.ask_where)
        for button in (self.print, self.save_pdf):
            button.setEnabled(False)
        self.dates = Segments(
            translate("week", "Dates"),
            [translate("week", "Room for dates"), translate("week", "Dates from")],
        )
        self.dates.choose(_BLANK)
        self.dates.chosen.connect(lambda _index: self._change_dates())
        today = self._session.journal.today()
        self.first = DayField()
        self.first.setAccessibleName(translate("week", "First day"))
        self.first.be_today(today + timedelta(days=LONGEST_YEAR))
        self.first.show_day(week_of(today, first_weekday()).first)
        self.first.setEnabled(False)
        self.first.day_changed.connect(lambda _day: self._draw())
        self.first.told.connect(self.tell)
        self.paper = Segments(
            translate("week", "Paper"), [translate_marked(paper.name) for paper in PAPERS]
        )
        self.paper.choose(PAPERS.index(find_paper(self._session.settings.paper)))
        self.paper.chosen.connect(self._choose_paper)
        self.notice = Notice(keeps_room=True)
        self.about = label("", "quiet", wrap=True)
        self.preview = PagePreview(translate("week", "Preview of the week sheet"))
        self.preview.dpi_wanted.connect(self._render_again)
        self._lay_out()

    def _lay_out(self) -> None:
        choices = QVBoxLayout()
        choices.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        choices.addSpacing(look().px(GRID))
        for heading, widgets in (
            (translate("week", "Dates"), (self.dates, self.first)),
            (translate("week", "Paper"), (self.paper,)),
        ):
            choices.addWidget(label(heading, "heading"))
            for widget in widgets:
                choices.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
            choices.addSpacing(look().px(GRID))
        self._buttons = Flow()
        self._buttons.addWidget(self.print)
        self._buttons.addWidget(self.save_pdf)
        choices.addLayout(self._buttons)
        choices.addWidget(self.about)
        choices.addStretch(1)
        self._side = QWidget()
        self._side.setLayout(choices)
        choices.setContentsMargins(0, 0, 0, 0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.addWidget(self._side)
        self._columns.addWidget(self.preview, 1)
        self._columns.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addLayout(self._columns, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Put the choices beside the sheet, or above it where both don't fit."""
        px = look().px
        is_wide = self.width() >= px(_SIDE_WIDTH + 4 * GRID + _LEAST_PREVIEW)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        self._columns.setSpacing(px(4 * GRID if is_wide else 2 * GRID))
        self._buttons.setSpacing(px(GRID))
        self._side.setMinimumWidth(px(_SIDE_WIDTH) if is_wide else 0)
        self._side.setMaximumWidth(px(_SIDE_WIDTH) if is_wide else _ANY_WIDTH)
        self.first.setFixedWidth(px(_DAY_WIDTH))
        self.preview.setMaximumWidth(px(_PREVIEW_WIDTH))
        self.preview.setMinimumHeight(px(_PREVIEW_HEIGHT))

    # What the person chooses

    def _change_dates(self) -> None:
        self.first.setEnabled(self.dates.index == _DATED)
        self._draw()

    def _choose_paper(self, index: int) -> None:
        self._session.prefer(paper=PAPERS[index].id)
        self._draw()

    # Drawing

    def _draw(self) -> None:
        if self._task is not None:
            self._task.cancel()
        paper = find_paper(self._session.settings.paper)
        self.preview.set_paper(paper.width, paper.height)
        if self._drawn is None:
            self.preview.show_message(translate("week", "Drawing the sheet…"))
        first = self.first.day if self.dates.index == _DATED else None
        dpi, weekday = self.preview.dpi, first_weekday()
        self._task = self._worker.run(
            lambda journal, _progress: draw_sheet(journal, first, paper.id, weekday, dpi),
            self._show,
            self._fail,
        )

    def _render_again(self, dpi: float) -> None:
        drawn = self._drawn
        if drawn is None or abs(drawn.dpi - dpi) < 1:
            return
        self._worker.run(
            lambda _journal, _progress: drawn.at(dpi),
            lambda again: self._show(again) if self._drawn is drawn else None,
            self._fail,
        )

    def _show(self, drawn: DrawnSheet) -> None:
        is_first, self._drawn = self._drawn is None, drawn
        self.preview.show_sheets(drawn.sheets, drawn.text)
        warnings = " ".join(drawn.document.warnings)
        self.about.setText(" ".join((self._sheets_text(drawn), warnings)).strip())
        for button in (self.print, self.save_pdf):
            button.setEnabled(True)
        if self._prints_soon:
            self.ask_how_to_print()
        if is_first and self.preview.isVisible():
            self._render_again(self.preview.dpi)

    def _sheets_text(self, drawn: DrawnSheet) -> str:
        count = len(drawn.sheets)
        if count == 1:
            return translate("week", "1 sheet, with what you track and nothing that you entered.")
        return translate(
            "week", "{n} sheets, with what you track and nothing that you entered."
        ).format(n=count)

    # Printing and saving

    def ask_how_to_print(self) -> None:
        """Ask for a printer, as soon as the sheet is drawn."""
        drawn = self._drawn
        self._prints_soon = drawn is None
        if drawn is None:
            return
        from moodlab.ui.widgets.paper.printing import ask_how_to_print

        paper = find_paper(self._session.settings.paper)
        size, count = (paper.width, paper.height), len(drawn.sheets)
        ask_how_to_print(self, size, count, lambda printer: self.print_on(printer, drawn))

    def print_on(self, printer: "QPrinter", drawn: DrawnSheet) -> None:
        """Print the sheet as its PDF shows it."""
        from moodlab.ui.widgets.paper.printing import DPI, print_sheets

        def send(sharp: DrawnSheet) -> None:
            try:
                self._say(print_sheets(printer, sharp.sheets))
            except MoodLabError as error:
                self._fail(error)

        self.tell(translate("week", "Printing…"))
        self._worker.run(lambda _journal, _progress: drawn.at(DPI), send, self._fail)

    def ask_where(self) -> None:
        """Ask where the sheet is to be saved."""
        if self._drawn is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        choose_new_file(
            self,
            translate("week", "Save the week sheet"),
            Path(folder) / self._drawn.name,
            "PDF (*.pdf)",
            self.save_to,
        )

    def save_to(self, target: Path) -> None:
        """Save the sheet that the preview shows."""
        drawn = self._drawn
        if drawn is None:
            return

        def save() -> None:
            # The dialog asked about an existing file.
            save_atomically(target, drawn.document.to_pdf().content, overwrite=True)

        self._worker.run(
            lambda _journal, _progress: save(), lambda _none: self._tell_saved(target), self._fail
        )

    def _tell_saved(self, target: Path) -> None:
        sentence = translate("week", "Saved {name}.").format(name=target.name)
        self.notice.ask(
            sentence,
            [
                (translate("week", "Open"), lambda: _open(target)),
                (translate("week", "Show in folder"), lambda: _open(target.parent)),
            ],
        )
        announce(self.notice, sentence)

    def _say(self, sentence: str) -> None:
        self.tell(sentence)
        announce(self.notice, sentence)

    def _fail(self, error: MoodLabError) -> None:
        if not isinstance(error, Cancelled):
            self.tell(error.sentence)
            announce(self.notice, error.sentence, assertive=True)


def draw_sheet(
    journal: Journal, first: date | None, paper: str, weekday: int, dpi: float
) -> DrawnSheet:
    """Make the sheet. Slow, and the first time it loads what draws."""
    from moodlab.report.week_sheet import suggested_name, typeset_week

    today = journal.today()
    week = Period(today, today) if first is None else week_from(first)
    metrics = asked_in(journal.read_metrics(), week)
    document = typeset_week(metrics, first, paper=paper, first_weekday=weekday)
    text = ", ".join(metric.shown_label for metric in metrics)
    return DrawnSheet(document, dpi, render(document, dpi), suggested_name(first), text)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
