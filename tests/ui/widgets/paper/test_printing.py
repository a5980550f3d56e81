"""Printing: the same document as the PDF, on a printer that writes a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest

from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.store.encryption.crypto import make_key
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.opening.recovery_sheet import print_recovery_sheet
from moodlab.ui.widgets.paper.printing import DPI, NotPrinted, ask_how_to_print, print_sheets
from tests.ui.waiting import wait_until

pdfium = pytest.importorskip("pypdfium2")
pytestmark = pytest.mark.usefixtures("quick_keys", "app")


def printer_to(target: Path, size: tuple[float, float] = (210.0, 297.0)) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QSizeF(*size), QPageSize.Unit.Millimeter))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def sheet(colour: str, width: int = 2480, height: int = 3508) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def look(path: Path, page: int = 0):
    with pdfium.PdfDocument(path) as document:
        return document[page].render(scale=1).to_pil().convert("RGB")


def test_each_sheet_fills_its_paper(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    said = print_sheets(printer_to(target), [sheet("#ff0000"), sheet("#0000ff")])

    with pdfium.PdfDocument(target) as document:
        assert len(document) == 2
    for page, colour in enumerate([(255, 0, 0), (0, 0, 255)]):
        seen = look(target, page)
        corners = [(2, 2), (seen.width - 3, seen.height - 3)]
        for corner in corners:
            found = seen.getpixel(corner)
            assert all(abs(a - b) < 8 for a, b in zip(found, colour, strict=True))
    assert said == "Printed to a file. Anyone who has the file can read it."


def test_only_the_pages_that_were_asked_for_are_printed(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    printer = printer_to(target)
    printer.setFromTo(2, 2)
    print_sheets(printer, [sheet("#ff0000"), sheet("#0000ff"), sheet("#00ff00")])

    with pdfium.PdfDocument(target) as document:
        assert len(document) == 1
    assert look(target).getpixel((100, 100))[2] > 200


def test_on_other_paper_the_sheet_stays_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    print_sheets(printer_to(target, (215.9, 279.4)), [sheet("#ff0000")])

    seen = look(target)
    assert seen.getpixel((2, seen.height // 2)) == (255, 255, 255)
    assert seen.getpixel((seen.width // 2, 2))[1] < 8


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotPrinted, match="The printer did not take it"):
        print_sheets(printer_to(tmp_path / "absent" / "out.pdf"), [sheet("#ff0000")])


def test_the_dialog_asks_and_gives_the_printer(window: Window) -> None:
    given: list[QPrinter] = []
    ask_how_to_print(window.main, (210.0, 297.0), 3, given.append)
    dialog = window.main.findChild(QPrintDialog)
    assert dialog.isVisible()
    assert (dialog.minPage(), dialog.maxPage()) == (1, 3)
    assert dialog.printer().resolution() == DPI
    dialog.accepted.emit(dialog.printer())

    assert len(given) == 1
    dialog.reject()
    QTest.qWait(10)


def test_the_report_on_paper_is_the_report_in_the_pdf(
    open_window: Callable[..., Window], tmp_path: Path
) -> None:
    pytest.importorskip("PIL.ImageChops")
    from PIL import ImageChops, ImageStat

    page = open_window(Settings(theme="light", paper="a4"), "report").main.page
    wait_until(lambda: page._drawn is not None)
    saved, printed = tmp_path / "saved.pdf", tmp_path / "printed.pdf"
    page.save(saved, "pdf")
    page.print_on(printer_to(printed), page._drawn)
    wait_until(lambda: saved.exists() and page.notice.sentence.startswith("Printed"))

    one, other = look(saved), look(printed)
    difference = ImageChops.difference(one, other.resize(one.size))
    assert max(ImageStat.Stat(difference).mean) < 4
    assert min(ImageStat.Stat(one).mean) < 254  # there is something on it


def test_the_recovery_sheet_is_printed_and_leaves_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    paths = find_paths(data_dir=str(folder))
    key = make_key("five quiet words of mine")
    Journal.create(paths.journal, key=key).close()
    before = sorted(folder.iterdir())
    target = tmp_path / "out.pdf"
    said = print_recovery_sheet(printer_to(target), key, paths.journal)

    assert said.endswith("Keep the print away from the computer.")
    assert sorted(folder.iterdir()) == before
    seen = look(target)
    assert sum(seen.convert("L").histogram()[:128]) > 500
