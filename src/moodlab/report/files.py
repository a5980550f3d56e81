"""Save a finished document in one step: the file is either the old one or the new one."""

import os
from pathlib import Path

from moodlab.atomic_replace import write_whole
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate


class NotSaved(MoodLabError):
    """The document could not be written. The file that was there before is unchanged."""

    code = "not_saved"


def save_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`, readable by its owner only, and make it durable.

    Raises NotSaved where the folder is missing, read-only or full; nothing is left behind then.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise NotSaved(
            translate("report", "Can't save {name}: {reason}. Choose another place.").format(
                name=path.name, reason=os.strerror(error.errno or 0)
            )
        ) from error
