"""Where the links to a journal lead: to the file that has the backups, or to nothing."""

import os
from pathlib import Path

from moodlab.i18n import translate

_MOST_LINKS = 40  # as many as Linux follows


def names_of(journal: Path) -> tuple[Path, ...]:
    """Return the journal's own path, then the links that lead there from `journal`, if any."""
    names = [journal]
    while names[-1].is_symlink() and len(names) <= _MOST_LINKS:
        names.append(names[-1].parent / names[-1].readlink())
    return tuple(reversed(names))


def why_link_is_broken(path: Path) -> str | None:
    """Return a sentence that names where a link leads, if nothing is there; None otherwise.

    Looks at the folders of `path` too: any of them may be a link to a drive that is away.
    """
    for place in (path, *path.parents):
        # Those of pathlib raise where a folder may not be looked into.
        if os.path.islink(place) and not os.path.exists(place):  # noqa: PTH110, PTH114
            return translate(
                "store",
                "{name} is a link to {target}, which is not there. Connect its drive, or change "
                "the link.",
            ).format(name=place.name, target=os.path.realpath(place))
    return None
