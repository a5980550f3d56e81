"""Save a finished document in one step: the file is either the old one or the new one."""

import os
from pathlib import Path

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate


class NotSaved(MoodLabError):
    """The document could not be written. The file that was there before is unchanged."""


def save_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`, readable by its owner only, and make it durable.

    Raises NotSaved where the folder is missing, read-only or full; nothing is left behind then.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync(path.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise NotSaved(
            translate("report", "Can't save {name}: {reason}. Choose another place.").format(
                name=path.name, reason=os.strerror(error.errno or 0)
            )
        ) from error


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
