"""Reads passphrases from a file or the terminal, never from an argument."""

import sys
from pathlib import Path
from typing import BinaryIO

import click

from moodlab.commands.output import neutralise
from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.privacy import refuse_onlookers
from moodlab.store.encryption.crypto import LONGEST_PASSPHRASE, refuse_unusable

STANDARD_INPUT = "-"
# Every character may take four bytes, and the line its end.
_MOST_BYTES = 4 * LONGEST_PASSPHRASE + 2


def read_passphrase(file: str) -> str:
    """Return the passphrase in a file (``-``: standard input) without its trailing newline.

    Raises Refused where it can't be read or can't be a passphrase.
    """
    refuse_onlookers()
    try:
        if file == STANDARD_INPUT:
            content = _standard_input().read(_MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Refused(
            translate("security", "Can't read the passphrase file “{name}”: {reason}.").format(
                name=file, reason=error.strerror
            )
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(translate("security", "The passphrase file is not UTF-8 text.")) from error
    passphrase = text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text
    refuse_unusable(passphrase)
    return passphrase


def _standard_input() -> BinaryIO:
    # Python has none at all where it was closed before the start.
    if sys.stdin is None:
        raise Refused(
            translate("security", "Standard input is closed. Put the passphrase in a file.")
        )
    return sys.stdin.buffer


def is_terminal() -> bool:
    """Whether a person can be asked: standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask_passphrase(question: str) -> str:
    """Ask at the terminal without showing the input. Raises Refused for an empty passphrase."""
    refuse_onlookers()
    passphrase: str = click.prompt(
        neutralise(question), hide_input=True, default="", show_default=False, err=True
    )
    refuse_unusable(passphrase)
    return passphrase


def ask_new_passphrase() -> str:
    """Ask for a new passphrase twice. Raises Refused where the two differ."""
    passphrase = ask_passphrase(translate("security", "New passphrase"))
    again = ask_passphrase(translate("security", "New passphrase again"))
    if again != passphrase:
        raise Refused(translate("security", "The passphrases don't match. Nothing was changed."))
    return passphrase
