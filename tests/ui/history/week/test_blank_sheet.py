"""The blank sheet in the window: seen, dated, printed and saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest

from moodlab.ui.application import Window
from moodlab.ui.history.page import HistoryPage
from moodlab.ui.history.week import sheet_view
from moodlab.ui.history.week.sheet_view import SheetView
from tests.report.pages import squeeze, text_of
from tests.ui.waiting import wait_until

pdfium = pytest.importorskip("pypdfium2")


@pytest.fixture
def history(window: Window) -> HistoryPage:
    return window.main.open_page("history")


@pytest.fixture
def sheet(history: HistoryPage) -> SheetView:
    history.blank.click()
    shown = history.weeks.sheet
    wait_until(shown.save_pdf.isEnabled)
    return shown


def settle(window: Window) -> None:
    wait_until(lambda: window.worker.is_idle)


def test_it_is_shown_and_led_back_from(history: HistoryPage, sheet: SheetView) -> None:
    assert history.place == "sheet"
    assert sheet.preview.sheet_count == 1
    assert "Fatigue" in sheet.preview.accessibleDescription()
    assert sheet.about.text().startswith("1 sheet")

    sheet.back.click()

    assert history.month.isVisible()
    assert not sheet.isVisible()
    history.show_week()
    history.go_to_place("sheet")
    assert sheet.isVisible()
    assert not history.weeks.week.isVisible()
    QTest.keyClick(sheet.paper.buttons[0], Qt.Key.Key_Escape)
    assert history.place.startswith("week ")
    assert history.weeks.week.grid.hasFocus()
    history.show_sheet()
    history.span.buttons[2].click()
    assert history.weeks.week.isVisible()
    assert not sheet.isVisible()


def test_what_is_saved_is_what_is_seen(window: Window, sheet: SheetView, tmp_path: Path) -> None:
    sheet.dates.buttons[1].click()
    settle(window)
    target = tmp_path / "week.pdf"

    sheet.save_to(target)
    wait_until(target.exists)
    settle(window)

    printed = squeeze(text_of(target.read_bytes()))
    assert "2Mar–8Mar2026" in printed
    assert sheet.notice.sentence == "Saved week.pdf."
    sheet.paper.buttons[1].click()
    settle(window)
    sheet.save_to(target)
    settle(window)
    with pdfium.PdfDocument(target) as document:
        assert document[0].get_size() == pytest.approx((612, 792), abs=1)


def test_dates_may_begin_in_days_to_come(window: Window, sheet: SheetView, tmp_path: Path) -> None:
    sheet.dates.buttons[1].click()
    sheet.first.setText("9.3.2026")
    sheet.first.editingFinished.emit()
    settle(window)

    sheet.save_to(tmp_path / "week.pdf")
    settle(window)

    assert "9Mar–15Mar2026" in squeeze(text_of((tmp_path / "week.pdf").read_bytes()))


def test_the_dialog_suggests_a_name_that_says_nothing_about_a_person(
    sheet: SheetView, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(sheet_view, "choose_new_file", lambda *words: asked.append(words))

    sheet.save_pdf.click()

    _parent, _title, suggested, kind, save = asked[0]
    assert (suggested.name, kind) == ("week-sheet.pdf", "PDF (*.pdf)")
    assert save == sheet.save_to


def test_a_place_that_cant_be_written_is_told(
    window: Window, sheet: SheetView, tmp_path: Path
) -> None:
    sheet.save_to(tmp_path / "gone" / "week.pdf")
    settle(window)

    assert sheet.notice.sentence.startswith("Can't save week.pdf")


def test_print_prints_the_sheet(
    window: Window,
    history: HistoryPage,
    sheet: SheetView,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("PySide6.QtWidgets.QDialog.open", asked.append)
    window.main.print_page()
    sheet.print.click()
    assert [type(each) for each in asked] == [QPrintDialog, QPrintDialog]

    target = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(300)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QSizeF(210, 297), QPageSize.Unit.Millimeter))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    sheet.print_on(printer, sheet._drawn)
    settle(window)

    with pdfium.PdfDocument(target) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    assert picture.getextrema()[0] < 80
    assert sheet.notice.sentence.startswith("Printed to a file.")


def test_elsewhere_in_history_print_is_left_to_the_report(history: HistoryPage) -> None:
    assert history.print_page() is False


def test_a_new_metric_is_on_the_sheet_at_once(window: Window, sheet: SheetView) -> None:
    from tests.ui.history.week.conftest import track_own

    today = window.session.journal.today()
    window.session.apply(lambda journal: track_own(journal, today) or journal.ledger.changes)
    settle(window)

    wait_until(lambda: "Walked" in sheet.preview.accessibleDescription())
