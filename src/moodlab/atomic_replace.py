"""Puts finished files in their places: whole, private and durable, or as it was before.

Everything that MoodLab writes goes through here: journals, backups, pages, exports, settings.
"""

import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path

_DRAFT = re.compile(r"\.[0-9]{1,10}-[0-9a-f]{8}\.new")
_OTHERS = 0o077


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` by a file with `content`. Raises OSError, and the old one stays."""
    draft = new_draft(path.parent)
    try:
        draft.write_bytes(content)
        place_over(draft, path)
    finally:
        drop_draft(draft)


def write_new(path: Path, content: bytes) -> None:
    """Write a new file. Raises FileExistsError rather than replace one, and other OSErrors."""
    draft = new_draft(path.parent)
    try:
        draft.write_bytes(content)
        place_new(draft, path)
    finally:
        drop_draft(draft)


def new_draft(folder: Path) -> Path:
    """Make an empty private file in `folder` and return it, to be filled. Raises OSError."""
    draft = name_draft(folder)
    make_private_file(draft)
    return draft


def name_draft(folder: Path) -> Path:
    """Return a name in `folder` for a draft that nothing has yet."""
    return folder / f".{os.getpid()}-{os.urandom(4).hex()}.new"


def is_draft(path: Path) -> bool:
    """Whether a file is a draft by its whole name, and no link; other hidden files are not ours."""
    return _DRAFT.fullmatch(path.name) is not None and path.is_file() and not path.is_symlink()


def drop_draft(draft: Path) -> None:
    """Remove a draft and the rollback journal that a broken-off write may have left beside it."""
    for leftover in (draft, draft.with_name(f"{draft.name}-journal")):
        with suppress(OSError):
            leftover.unlink()


def place_new(draft: Path, target: Path) -> None:
    """Give a finished draft its name, durably. Raises FileExistsError rather than replace."""
    sync_file(draft)
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:
        # No hard links on this file system: the name is taken first, then filled in one step.
        make_private_file(target)
        draft.replace(target)
    sync_folder(target.parent)
    draft.unlink(missing_ok=True)


def place_over(draft: Path, target: Path) -> None:
    """Put a finished draft in the place of `target` in one step, durably. Raises OSError."""
    sync_file(draft)
    draft.replace(target)
    sync_folder(target.parent)


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner reads. Raises FileExistsError and other OSErrors."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def keep_private(path: Path) -> None:
    """Have only its owner read an existing file or folder of ours, where the system can."""
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)


def make_private_folder(folder: Path) -> None:
    """Make `folder`, readable by its owner only, where it is missing. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        sync_folder(folder.parent)


def keep_owner(path: Path, like: Path) -> None:
    """Give what root made to the owner of `like`, who could not read it otherwise. Raises OSError.

    Nobody but root can, or needs to.
    """
    if os.name != "posix" or os.geteuid() != 0:
        return
    made, wanted = path.lstat(), like.stat()
    if (made.st_uid, made.st_gid) != (wanted.st_uid, wanted.st_gid):
        os.chown(path, wanted.st_uid, wanted.st_gid, follow_symlinks=False)


def sync_file(path: Path) -> None:
    """Make what was written to `path` durable. Never call it on an open journal's own file."""
    handle = os.open(path, os.O_RDWR)
    try:
        if sys.platform == "darwin":
            import fcntl

            # fsync on macOS leaves the data in the drive's own cache.
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        else:
            os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make a new or replaced name in `folder` durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
