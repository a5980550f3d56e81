"""The sheets of a document as they will be printed, white in every theme."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from moodlab.theme import GRID, PRINT
from moodlab.ui.look.style import look

_INCH_MM = 25.4
_SETTLED_MS = 200
_MOST_DPI = 300.0


class PagePreview(QScrollArea):
    """Shows the sheets one below the other; arrows, Page Up and Down, Home and End scroll.

    `dpi_wanted(float)` is sent when the sheets should be rendered anew for their size on screen.
    `zoom` 0 fits the width, otherwise 1.0 is the size of paper.
    """

    dpi_wanted = Signal(float)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(False)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sheets = _Sheets()
        self.setWidget(self._sheets)
        self._page_mm = (210.0, 297.0)
        self._zoom = 0.0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED_MS)
        self._settle.timeout.connect(lambda: self.dpi_wanted.emit(self.dpi))

    @property
    def dpi(self) -> float:
        """The resolution, in device pixels per inch of paper, at which sheets look sharpest now."""
        inches = self._page_mm[0] / _INCH_MM
        return min(_MOST_DPI, self._sheet_width() * self.devicePixelRatioF() / inches)

    @property
    def sheet_count(self) -> int:
        """How many sheets it shows."""
        return len(self._sheets.images)

    def set_paper(self, width_mm: float, height_mm: float) -> None:
        """Say how large a sheet is."""
        self._page_mm = (width_mm, height_mm)
        self._fit()

    def set_zoom(self, zoom: float) -> None:
        """Show the sheets `zoom` times as large as paper; 0 fits the width."""
        self._zoom = zoom
        self._fit()
        self._settle.start()

    def show_sheets(self, images: Sequence[QImage], description: str) -> None:
        """Show the rendered sheets; `description` is what they say."""
        self._sheets.images = tuple(images)
        self.setAccessibleDescription(description)
        self._fit()
        self._sheets.update()

    def show_message(self, text: str) -> None:
        """Say something where the first sheet will be."""
        self._sheets.message = text
        self._sheets.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if event.size().width() != event.oldSize().width():
            self._settle.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._fit()

    def _sheet_width(self) -> int:
        if self._zoom:
            return round(look().px(self._page_mm[0] / _INCH_MM * 96 * self._zoom))
        # The bar's room is left free, so that its coming and going does not move the sheets.
        return max(120, self.width() - self.verticalScrollBar().sizeHint().width() - 2 * GRID)

    def _fit(self) -> None:
        width = self._sheet_width()
        height = round(width * self._page_mm[1] / self._page_mm[0])
        self._sheets.arrange(QSize(width, height))


class _Sheets(QWidget):
    """Paints the images at their places; only what is in view."""

    def __init__(self) -> None:
        super().__init__()
        self.images: tuple[QImage, ...] = ()
        self.message = ""
        self._sheet = QSize(100, 141)

    def arrange(self, sheet: QSize) -> None:
        self._sheet = sheet
        count = max(1, len(self.images))
        self.setFixedSize(
            sheet.width() + GRID, count * sheet.height() + (count - 1) * 2 * GRID + GRID
        )

    def _place(self, number: int) -> QRect:
        top = GRID // 2 + number * (self._sheet.height() + 2 * GRID)
        return QRect(GRID // 2, top, self._sheet.width(), self._sheet.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(max(1, len(self.images))):
            place = self._place(number)
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, QColor(PRINT.window))
            if self.images:
                image = self.images[number]
                painter.drawImage(QRectF(place), image, QRectF(image.rect()))
            painter.setPen(QPen(look().color("hairline"), 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if not self.images and self.message:
            painter.setPen(QColor(PRINT.muted))
            painter.setFont(look().font())
            painter.drawText(
                self._place(0).adjusted(24, 48, -24, 0),
                Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap,
                self.message,
            )
