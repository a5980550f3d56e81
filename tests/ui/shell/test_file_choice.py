"""The window asks before an existing file is replaced: the file dialog's own question."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from moodlab.ui.shell.file_choice import choose_new_file


@pytest.mark.parametrize("typed", ["page.pdf", "page"])
@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])
def test_the_dialog_asks_about_a_file_that_is_there(
    app: QApplication, tmp_path: Path, typed: str, answer: QMessageBox.StandardButton
) -> None:
    (tmp_path / "page.pdf").write_text("there")
    parent, chosen, asked = QWidget(), [], []

    def reply() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            box.button(answer).click()

    choose_new_file(parent, "Save", tmp_path / "page.pdf", "*.pdf", chosen.append)
    (dialog,) = parent.findChildren(QFileDialog)
    dialog.selectFile(typed)
    QTimer.singleShot(100, reply)
    dialog.accept()

    assert len(asked) == 1
    assert "page.pdf" in asked[0]
    assert chosen == ([tmp_path / "page.pdf"] if answer is QMessageBox.StandardButton.Yes else [])
    dialog.reject()
