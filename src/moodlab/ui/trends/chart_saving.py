"""Copying and saving what Trends shows: as a picture, a drawing or its values."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget

from moodlab.exchange.formulas import guard
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.files import save_atomically
from moodlab.ui.shell.actions import add_action
from moodlab.ui.shell.file_choice import choose_new_file
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.charts.drawing.framed import Framed

_KINDS = (
    (".png", QT_TRANSLATE_NOOP("trends", "Save as a &picture (PNG)…")),
    (".svg", QT_TRANSLATE_NOOP("trends", "Save as a &drawing (SVG)…")),
    (".csv", QT_TRANSLATE_NOOP("trends", "Save the &values (CSV)…")),
)


class Saving(NamedTuple):
    """What the menu needs: what is shown now, today's date for the name, and who tells of it."""

    shown: Callable[[], "Framed | None"]
    today: Callable[[], str]
    tell: Callable[[str], None]


def fill_saving_menu(menu: QMenu, page: QWidget, worker: Worker, saving: Saving) -> None:
    """List how the chart can be copied and saved."""
    add_action(
        menu, translate("trends", "Copy &image"), partial(_copy_image, worker, saving),
        ["Ctrl+Shift+C"],
    )  # fmt: skip
    for suffix, text in _KINDS:
        add_action(menu, translate_marked(text), partial(_ask_where, suffix, page, worker, saving))


def _copy_image(worker: Worker, saving: Saving) -> None:
    framed = saving.shown()
    if framed is None:
        return
    from moodlab.charts.drawing.framed import framed_png

    def copy(content: bytes) -> None:
        QGuiApplication.clipboard().setImage(QImage.fromData(content))
        saving.tell(translate("trends", "Image copied."))

    worker.run(
        lambda _journal, _progress: framed_png(framed),
        copy,
        lambda error: saving.tell(error.sentence),
    )


def _ask_where(suffix: str, page: QWidget, worker: Worker, saving: Saving) -> None:
    folder = Path(
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    )
    # No word of what it shows: names of files are seen by others.
    name = f"moodlab-chart-{saving.today()}{suffix}"
    choose_new_file(
        page,
        translate("trends", "Save the chart: the file will not be encrypted"),
        (folder if folder.is_dir() else Path.home()) / name,
        f"*{suffix}",
        lambda target: save_chart_to(target, worker, saving),
    )


def save_chart_to(target: Path, worker: Worker, saving: Saving) -> None:
    """Write what is shown there, beside the window."""
    framed = saving.shown()
    if framed is None:
        return
    from moodlab.report.chart_files import write_chart

    def work(_journal: object, _progress: object) -> Path:
        # The dialog asked about an existing file.
        save_atomically(target, write_chart(target.suffix.lower(), framed, guard), overwrite=True)
        return target

    worker.run(
        work,
        lambda saved: saving.tell(
            translate("trends", "Saved {name}. It is not encrypted.").format(name=saved.name)
        ),
        lambda error: saving.tell(error.sentence),
    )
