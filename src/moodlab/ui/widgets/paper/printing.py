"""Prints sheets of paper: pictures of the same document that is saved as PDF."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.ui.shell.file_choice import leave_no_trace

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
A4 = (210.0, 297.0)


class NotPrinted(MoodLabError):
    """The printer took nothing, or stopped."""

    code = "not_printed"


def ask_how_to_print(
    parent: QWidget, sheet: tuple[float, float], count: int, do: "Callable[[QPrinter], object]"
) -> None:
    """Ask for a printer for `count` sheets of so many millimetres, and give it to `do`."""
    # Needed only here, and it looks for the system's printers.
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    leave_no_trace()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QSizeF(*sheet), QPageSize.Unit.Millimeter))
    # It is shown in the list of what is being printed, which others may see.
    printer.setDocName(translate("print", "Page"))
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(translate("print", "Print"))
    if count > 1:
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, count)
    dialog.accepted.connect(lambda: do(printer))
    QDialog.open(dialog)


def print_sheets(printer: "QPrinter", sheets: Sequence[QImage]) -> str:
    """Print the sheets that were asked for, each whole; return what to say. Raises NotPrinted."""
    first = printer.fromPage() or 1
    wanted = sheets[first - 1 : printer.toPage() or len(sheets)]
    painter = QPainter()
    if not painter.begin(printer):
        raise _not_printed()
    try:
        for number, sheet in enumerate(wanted):
            if number and not printer.newPage():
                raise _not_printed()
            paper = painter.viewport()
            size = QSizeF(sheet.size()).scaled(
                QSizeF(paper.size()), Qt.AspectRatioMode.KeepAspectRatio
            )
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(paper).center())
            painter.drawImage(place, sheet)
    finally:
        painter.end()
    if printer.outputFileName():
        return translate("print", "Printed to a file. Anyone who has the file can read it.")
    return translate("print", "Sent to the printer.")


def _not_printed() -> NotPrinted:
    return NotPrinted(
        translate("print", "The printer did not take it. Check the printer, or save a PDF instead.")
    )
