"""Saves finished documents: the one door through which exports, pages and sheets become files."""

import os
from pathlib import Path

from moodlab.atomic_replace import write_new, write_whole
from moodlab.domain.errors import MoodLabError, Refused
from moodlab.file_kinds import refuse_target
from moodlab.i18n import translate


class NotSaved(MoodLabError):
    """The document could not be written. The file that was there before is unchanged."""

    code = "not_saved"


class AlreadyThere(Refused):
    """Another file has this name, and nobody said that it may be replaced."""

    code = "already_there"


def save_atomically(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write `content` to `path`, readable by its owner only, and make it durable.

    An earlier output of MoodLab is replaced; any other file only where a person agreed
    (`overwrite`); a journal, a link or a device never. Raises Refused, AlreadyThere, and NotSaved
    where the folder is missing, read-only or full; nothing is left behind then.
    """
    refuse_unfit(path, content, overwrite=overwrite)
    try:
        if os.path.lexists(path):
            write_whole(path, content)
        else:
            write_new(path, content)
    except FileExistsError:
        raise _already_there(path) from None
    except (OSError, ValueError) as error:
        reason = os.strerror(getattr(error, "errno", None) or 0)
        raise NotSaved(
            translate("report", "Can't save {name}: {reason}. Choose another place.").format(
                name=path.name, reason=reason
            )
        ) from error


def refuse_unfit(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Raise Refused where `save_atomically` would not write `content`; write nothing."""
    refuse_target(path)
    if overwrite or not os.path.lexists(path) or path.is_dir():
        return
    # Here, as the window opens without what writes pages.
    from moodlab.report.own_output import is_earlier_output

    if not is_earlier_output(path, content):
        raise _already_there(path)


def _already_there(path: Path) -> AlreadyThere:
    return AlreadyThere(
        translate(
            "report", "{name} already exists, and MoodLab did not write it. Choose another name."
        ).format(name=path.name)
    )
