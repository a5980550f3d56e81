"""What stands in a page's fields and is not saved, read out and put back by the fields' names."""

import json
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from moodlab.ui.lock.secret_field import SecretEdit
from moodlab.ui.today.note_field import NoteField


def read_half_typed(page: QWidget) -> dict[str, str]:
    """Return the text of every field in which something was typed, with the choices beside it.

    A day's note is saved as itself, and a passphrase nowhere.
    """
    typed = {
        field.accessibleName(): field.text()
        for field in page.findChildren(QLineEdit)
        if field.isModified() and field.text() and _is_kept(field)
    }
    typed |= {
        field.accessibleName(): field.toPlainText()
        for field in page.findChildren(QPlainTextEdit)
        if field.document().isModified() and field.toPlainText() and _is_kept(field)
    }
    if not typed:
        return {}
    choices = {
        choice.accessibleName(): choice.currentText()
        for choice in page.findChildren(QComboBox)
        if choice.accessibleName() and not choice.isEditable()
    }
    return choices | typed


def put_back(page: QWidget, typed: dict[str, str]) -> None:
    """Put texts back into the fields they came from; a field that is gone loses nothing else."""
    for choice in page.findChildren(QComboBox):
        if choice.accessibleName() in typed and not choice.isEditable():
            at = choice.findText(typed[choice.accessibleName()])
            if at >= 0:
                choice.setCurrentIndex(at)
    for field in page.findChildren(QLineEdit):
        text = typed.get(field.accessibleName())
        if text and _is_kept(field):
            field.setText(text)
            field.setModified(True)
            field.textEdited.emit(text)
    for editor in page.findChildren(QPlainTextEdit):
        text = typed.get(editor.accessibleName())
        if text and _is_kept(editor):
            editor.setPlainText(text)
            editor.document().setModified(True)


def write_draft(open_page: str, place: str, pages: dict[str, dict[str, str]]) -> str:
    """Return everything half typed as one text; empty where there is nothing."""
    if not pages:
        return ""
    return json.dumps({"page": open_page, "place": place, "pages": pages}, ensure_ascii=False)


def read_draft_text(text: str) -> dict[str, Any]:
    """Return what `write_draft` wrote; empty for anything else."""
    try:
        draft = json.loads(text) if text else {}
    except ValueError:
        return {}
    return draft if isinstance(draft, dict) else {}


def _is_kept(field: QWidget) -> bool:
    if isinstance(field, SecretEdit) or not field.accessibleName():
        return False
    parent = field.parentWidget()
    while parent is not None:
        # A choice's inner line and a date's are kept by what they belong to; a note is saved.
        if isinstance(parent, NoteField | QComboBox):
            return False
        parent = parent.parentWidget()
    return True
