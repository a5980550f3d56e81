"""Saves the files that commands write; an existing file is replaced only with ``--overwrite``."""

from collections.abc import Mapping
from pathlib import Path

import click

from moodlab.commands.command import flag
from moodlab.domain.errors import Refused
from moodlab.file_kinds import refuse_target
from moodlab.i18n import translate
from moodlab.report.files import AlreadyThere, NotSaved, refuse_unfit, save_atomically


def overwrite_flag() -> click.Option:
    """Return the option of every command that writes a file."""
    return flag("--overwrite", "Replace an existing file that MoodLab did not write.")


def save_file(target: Path, content: bytes, *, overwrite: bool) -> None:
    """Save one file. Raises Refused and NotSaved, with the file as it was."""
    try:
        save_atomically(target, content, overwrite=overwrite)
    except AlreadyThere as error:
        raise _with_hint(error) from error


def save_folder(folder: Path, files: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Save files into a folder, which is made if need be; none of them if one has no place."""
    refuse_target(folder)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError as error:
        raise Refused(
            translate("export", "{name} already exists and is not a folder.").format(
                name=folder.name
            )
        ) from error
    except OSError as error:
        raise NotSaved(
            translate("export", "Can't create {name}: {reason}.").format(
                name=folder.name, reason=error.strerror
            )
        ) from error
    try:
        for name, content in files.items():
            refuse_unfit(folder / name, content, overwrite=overwrite)
    except AlreadyThere as error:
        raise _with_hint(error) from error
    for name, content in files.items():
        save_file(folder / name, content, overwrite=overwrite)


def _with_hint(error: AlreadyThere) -> AlreadyThere:
    return AlreadyThere(
        translate("report", "{problem} Add --overwrite to replace it.").format(
            problem=error.sentence
        )
    )
