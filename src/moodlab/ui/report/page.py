"""Report: one page for the doctor, seen before it is saved."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from moodlab.domain.changes import Changes
from moodlab.domain.days import Period
from moodlab.domain.diary import Identity
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.model import DEFAULT_DAYS, choose_period, explain_period
from moodlab.report.options import PageOptions
from moodlab.settings import Settings
from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.questions.question_keeping import QuestionKeeping
from moodlab.ui.questions.question_list import QuestionList
from moodlab.ui.report.drawing import DrawnPage, describe_saved, draw_page
from moodlab.ui.report.period_choice import ChosenPeriod, PeriodChoice
from moodlab.ui.report.section_choice import SectionChoice
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.paper.page_preview import PagePreview
from moodlab.ui.widgets.paper.sizes import PAPERS, find_paper
from moodlab.ui.widgets.preferences.identity_fields import IdentityFields
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Cancelled, Task, Worker

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

ZOOMS = (
    (QT_TRANSLATE_NOOP("report", "Fit"), 0.0),
    (QT_TRANSLATE_NOOP("report", "100 %"), 1.0),
    (QT_TRANSLATE_NOOP("report", "150 %"), 1.5),
)
# The choices beside the preview; alone above it they may be wider.
SIDE_WIDTH, MOST_SIDE, LEAST_PREVIEW = 284, 420, 320
_RING = 4
_SETTLED_MS = 150
_FILTERS = {"pdf": "PDF (*.pdf)", "txt": "Text (*.txt)", "html": "HTML (*.html)"}


class ReportPage(Page):
    """Choose the days, see the page, save it."""

    ID = "report"
    TITLE = "Report"
    ICON = "report"
    PURPOSE = QT_TRANSLATE_NOOP("report", "One page for your doctor.")
    REFRESH_ON = Changes.EVERYTHING

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate_marked(self.PURPOSE))
        self._session = session
        self._worker = worker
        self._task: Task | None = None
        self._drawn: DrawnPage | None = None
        self._prints_soon = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLED_MS)
        self._soon.timeout.connect(self._draw)
        self._build()
        session.settings_changed.connect(self._follow_settings)
        self.refresh()

    # What others ask of a page

    def refresh(self) -> None:
        """Read the journal again and draw the page anew."""
        journal = self._session.journal
        self.identity.show_identity(journal.identity())
        today = journal.today()
        self.questions.show_questions(journal.events.read_questions(), today)
        self.period.be_today(today)
        since = choose_period(today, journal.events.read_events())
        usual = Period.ending(today, DEFAULT_DAYS)
        why = explain_period(today, journal.events.read_events(), since)
        self.period.offer_since(since != usual, why)
        self._soon.start()

    def take_focus(self) -> None:
        """Begin with the choice of days."""
        self.period.focus_chosen()

    def actions_for_menu(self) -> list[QAction]:
        """Offer all ways of saving in the menu."""
        save = QAction(translate("report", "Save PDF…"), self)
        save.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
        save.triggered.connect(lambda _checked=False: self.ask_where("pdf"))
        text = QAction(translate("report", "Save as text…"), self)
        text.triggered.connect(lambda _checked=False: self.ask_where("txt"))
        web = QAction(translate("report", "Save as HTML…"), self)
        web.triggered.connect(lambda _checked=False: self.ask_where("html"))
        return [save, text, web]

    def print_page(self) -> bool:
        """Ask for a printer, as soon as the page is drawn."""
        drawn = self._drawn
        self._prints_soon = drawn is None
        if drawn is not None:
            from moodlab.ui.widgets.paper.printing import ask_how_to_print

            paper = find_paper(self._session.settings.paper)
            size, count = (paper.width, paper.height), len(drawn.sheets)
            ask_how_to_print(self, size, count, lambda printer: self.print_on(printer, drawn))
        return True

    def print_on(self, printer: "QPrinter", drawn: DrawnPage) -> None:
        """Print a page as its PDF shows it."""
        from moodlab.ui.widgets.paper.printing import DPI, print_sheets

        def send(sharp: DrawnPage) -> None:
            try:
                sentence = print_sheets(printer, sharp.sheets)
            except MoodLabError as error:
                self._fail(error)
                return
            self.tell(sentence)
            announce(self.notice, sentence)

        self.tell(translate("report", "Printing…"))
        self._worker.run(lambda _journal, _progress: drawn.at(DPI), send, self._fail)

    def tell(self, sentence: str) -> bool:
        """Show one sentence above the preview."""
        self.notice.ask(sentence, [])
        return True

    def be_read_only(self, reason: str) -> None:
        """Take no name and no questions; the page itself can still be saved."""
        self.identity.setEnabled(False)
        self.questions.setEnabled(False)

    # Building

    def _build(self) -> None:
        self.save_text = Button(
            translate("report", "Save as text…"), "secondary", lambda: self.ask_where("txt")
        )
        self.save_pdf = Button(
            translate("report", "Save PDF…"), "primary", lambda: self.ask_where("pdf")
        )
        self.save_html = Button(
            translate("report", "Save as HTML…"), "secondary", lambda: self.ask_where("html")
        )
        for button in (self.save_html, self.save_text, self.save_pdf):
            button.setEnabled(False)
            self.corner.addWidget(button)
        self.notice = Notice(keeps_room=True)
        self.warning = label("", "quiet", wrap=True)
        self.warning.hide()
        self.body.addWidget(self.notice)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self._build_side())
        self._columns.addLayout(self._build_preview(), 1)
        self.body.addLayout(self._columns, 1)
        self._fit_columns()

    def fit(self) -> None:
        super().fit()
        if hasattr(self, "_columns"):
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Put the choices beside the preview, or above it where both don't fit."""
        px = look().px
        room = self.width() - 2 * px(PAGE_MARGIN)
        is_wide = room >= px(SIDE_WIDTH + 4 * GRID + LEAST_PREVIEW)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        self._columns.setContentsMargins(-px(_RING), 0, 0, 0)
        self._columns.setSpacing(px(4 * GRID))
        self._side.setMinimumWidth(px(SIDE_WIDTH) if is_wide else 0)
        self._side.setMaximumWidth(px(SIDE_WIDTH if is_wide else MOST_SIDE))
        # Above the preview all choices are seen, and the page scrolls.
        all_of_it = self._choices.sizeHint().height()
        self._side.setMinimumHeight(px(200) if is_wide else all_of_it)
        self.preview.setMinimumHeight(px(360))

    def _build_side(self) -> QWidget:
        settings = self._session.settings
        self.period = PeriodChoice(settings.report_period, self._session.journal.today())
        self.period.chosen.connect(self._choose_period)
        self.identity = IdentityFields()
        self.identity.changed.connect(self._save_identity)
        self.paper = Segments(
            translate("report", "Paper"), [translate_marked(paper.name) for paper in PAPERS]
        )
        self.paper.choose(PAPERS.index(find_paper(settings.paper)))
        self.paper.chosen.connect(self._choose_paper)
        self.sections = SectionChoice(settings)
        self.sections.chosen.connect(self._choose_sections)
        self.questions = QuestionList()
        self._question_keeping = QuestionKeeping(self._session, self.questions, self.notice)
        self._choices = side = QWidget()
        side.setObjectName("pageBody")
        layout = QVBoxLayout(side)
        # Room for the focus ring at the edges of the scrolled part.
        layout.setContentsMargins(*[look().px(_RING)] * 4)
        layout.setSpacing(look().px(GRID))
        blocks = (
            (translate("report", "Days"), self.period),
            (translate("report", "I’d like to discuss"), self.questions),
            (translate("report", "Name and date of birth (optional)"), self.identity),
            (translate("report", "On the page"), self.sections),
            (translate("report", "Paper"), self.paper),
        )
        for heading, widget in blocks:
            layout.addWidget(label(heading, "heading"))
            layout.addWidget(widget)
            layout.addSpacing(look().px(1.5 * GRID))
        layout.addStretch(1)
        self._side = scrolled = QScrollArea()
        scrolled.setWidget(side)
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return scrolled

    def _build_preview(self) -> QVBoxLayout:
        self.preview = PagePreview(translate("report", "Preview of the page"))
        self.preview.dpi_wanted.connect(self._render_again)
        self.zoom = Segments(
            translate("report", "Size of the preview"),
            [translate_marked(text) for text, _ in ZOOMS],
        )
        self.zoom.choose(0)
        self.zoom.chosen.connect(lambda index: self.preview.set_zoom(ZOOMS[index][1]))
        self.sheets = label("", "quiet", wrap=True)
        self.contents = label("", "quiet", wrap=True)
        above = QHBoxLayout()
        above.addWidget(self.sheets, 1)
        above.addWidget(self.zoom)
        column = QVBoxLayout()
        column.setSpacing(look().px(GRID))
        column.addLayout(above)
        column.addWidget(self.contents)
        column.addWidget(self.warning)
        column.addWidget(self.preview, 1)
        return column

    # What the person chooses

    def _choose_paper(self, index: int) -> None:
        self._session.prefer(paper=PAPERS[index].id)
        self._soon.start()

    def _follow_settings(self, settings: Settings) -> None:
        index = PAPERS.index(find_paper(settings.paper))
        if index != self.paper.index:
            self.paper.choose(index)
            self._soon.start()

    def _choose_period(self, chosen: ChosenPeriod) -> None:
        if self._session.settings.report_period != chosen.preset:
            self._session.prefer(report_period=chosen.preset)
        self._soon.start()

    def _choose_sections(self, _options: PageOptions) -> None:
        self._session.prefer(**self.sections.preferences)
        self._soon.start()

    def _save_identity(self, identity: Identity) -> None:
        written = {"person_name": identity.name, "person_born": identity.born}
        try:
            self._session.apply(lambda journal: journal.set_settings(written))
        except MoodLabError as error:
            self._fail(error)

    # Drawing

    def _draw(self) -> None:
        if self._task is not None:
            self._task.cancel()
        paper = find_paper(self._session.settings.paper)
        self.preview.set_paper(paper.width, paper.height)
        if self._drawn is None:
            self.preview.show_message(translate("report", "Drawing the page…"))
        choice, dpi, options = self.period.choice, self.preview.dpi, self.sections.options
        self._task = self._worker.run(
            lambda journal, told: draw_page(
                journal, told, choice, journal.today(), paper.id, dpi, options
            ),
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

    def _show(self, drawn: DrawnPage) -> None:
        is_first = self._drawn is None
        self._drawn = drawn
        self.set_subtitle(drawn.about)
        self.preview.show_sheets(drawn.sheets, drawn.text)
        self.sheets.setText(drawn.sheets_text)
        self.contents.setText(drawn.contents)
        warnings = " ".join(drawn.document.warnings)
        if warnings != self.warning.text():
            announce(self.warning, warnings)
        self.warning.setText(warnings)
        self.warning.setVisible(bool(warnings))
        for button in (self.save_pdf, self.save_text, self.save_html):
            button.setEnabled(True)
        if self._prints_soon:
            self.print_page()
        if is_first and self.preview.isVisible():
            self._render_again(self.preview.dpi)

    # Saving

    def ask_where(self, kind: str) -> None:
        """Ask where to save the page, as ``pdf``, ``txt`` or ``html``."""
        if self._drawn is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._dialog = QFileDialog(self, translate("report", "Save the page"), folder)
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setDefaultSuffix(kind)
        self._dialog.setNameFilter(_FILTERS[kind])
        self._dialog.selectFile(self._drawn.suggested_name(kind))
        self._dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen), kind))
        self._dialog.open()

    def save(self, target: Path, kind: str) -> None:
        """Save the page that the preview shows to `target`, as ``pdf``, ``txt`` or ``html``."""
        drawn = self._drawn
        if drawn is None:
            return

        self._worker.run(
            lambda _journal, _progress: drawn.save(target, kind),
            lambda warnings: self._tell_saved(target, warnings),
            self._fail,
        )

    def _tell_saved(self, target: Path, warnings: tuple[str, ...]) -> None:
        sentence = describe_saved(target, warnings)
        self.notice.ask(
            sentence,
            [
                (translate("report", "Open"), lambda: _open(target)),
                (translate("report", "Show in folder"), lambda: _open(target.parent)),
            ],
        )
        announce(self.notice, sentence)

    def _fail(self, error: MoodLabError) -> None:
        if isinstance(error, Cancelled):
            return
        self.notice.ask(error.sentence, [])
        announce(self.notice, error.sentence, assertive=True)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
