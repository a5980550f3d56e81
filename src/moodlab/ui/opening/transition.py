"""Where a person goes when one journal is left: another opening, a task, an import, a lock."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from moodlab.paths import Paths
from moodlab.ui.worker import Progress

if TYPE_CHECKING:
    from moodlab.store.backups.names import Backup
    from moodlab.store.encryption.crypto import Key


class Greeting(NamedTuple):
    """What is said and offered once when a journal is opened.

    `offers_sheet` shows the recovery sheet first, as the key is new; `offers_undo` sets a way to
    take back beside what is said.
    """

    said: str = ""
    offers_sheet: bool = False
    offers_undo: bool = False


class Opening(NamedTuple):
    """A journal to open: where it is, what opens it, and the page that is shown.

    `backup` is one that is only looked into. `back` is where the bar leads from there, and from the
    example. `begins_anew` welcomes a person whose former journal is gone, and `accepts_plain` opens
    one that was encrypted and is not any more.
    """

    paths: Paths
    key: "Key | None" = None
    page: str = ""
    backup: "Backup | None" = None
    back: "Opening | None" = None
    begins_anew: bool = False
    accepts_plain: bool = False
    greeting: Greeting = Greeting()

    def saying(self, sentence: str, *, offers_undo: bool = False) -> "Opening":
        """Return the same opening with another greeting."""
        return self._replace(greeting=Greeting(sentence, offers_undo=offers_undo))


class BackgroundTask(NamedTuple):
    """Work for which no journal may be open, such as a restore; `caption` is shown meanwhile.

    `work` says where to go afterwards; when it raises a MoodLabError it is `otherwise`, with the
    sentence to say.
    """

    caption: str
    work: Callable[[Progress], Opening]
    otherwise: Opening
    can_stop: bool = False


class Import(NamedTuple):
    """A file to be taken in, and the journal that gets it and is opened again afterwards."""

    opening: Opening
    path: Path


class Lock(NamedTuple):
    """The process starts anew, into the window that asks for the passphrase."""

    paths: Paths


Transition = Opening | BackgroundTask | Import | Lock
