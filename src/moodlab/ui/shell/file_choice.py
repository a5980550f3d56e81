"""Asks for files and folders without leaving a list of them behind on the computer."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Chosen = Callable[[Path], object]


def leave_no_trace() -> None:
    """Have file dialogs keep no history.

    Qt's own would write folders and files into ``QtProject.conf``, those of the Linux desktops into
    lists of recent files. In Flatpak only the portal's dialog can reach a person's files.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, "/dev/null")
    if sys.platform == "linux" and not Path("/.flatpak-info").exists():
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


def choose_file(parent: QWidget, title: str, folder: Path, filters: list[str], do: Chosen) -> None:
    """Ask for a file that is there, and give it to `do`."""
    dialog = _dialog(parent, title, do)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    dialog.setDirectory(str(folder))
    dialog.open()


def choose_new_file(parent: QWidget, title: str, suggested: Path, kind: str, do: Chosen) -> None:
    """Ask for the name of a file to be written, and give it to `do`. `kind` is a name filter."""
    dialog = _dialog(parent, title, do)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
    dialog.setDirectory(str(suggested.parent))
    dialog.selectFile(suggested.name)
    dialog.open()


def choose_folder(parent: QWidget, title: str, folder: Path, do: Chosen) -> None:
    """Ask for a folder, and give it to `do`."""
    dialog = _dialog(parent, title, do)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(str(folder))
    dialog.open()


def _dialog(parent: QWidget, title: str, do: Chosen) -> QFileDialog:
    leave_no_trace()
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: do(Path(chosen)))
    return dialog
