"""Where things live: the system's own places, or one folder given with --data-dir."""

from pathlib import Path
from typing import NamedTuple

from moodlab.settings import read_settings

JOURNAL_NAME = "journal.moodlab"


class Paths(NamedTuple):
    """The journal file, the settings file and a folder for what can be made again.

    `is_remembered` says that the person once chose this place for the journal, `is_named` that the
    start named it.
    """

    journal: Path
    settings: Path
    cache: Path
    is_remembered: bool = False
    is_named: bool = False

    @property
    def lock(self) -> Path:
        """The file that says which window has the journal open."""
        return self.journal.with_name(f".{self.journal.name}.lock")

    @property
    def activation_request(self) -> Path:
        """The file by which a second start asks the first to raise its window."""
        return self.journal.with_name(f".{self.journal.name}.knock")


def find_paths(journal: str | None = None, data_dir: str | None = None) -> Paths:
    """Return where everything lives; `journal` overrides only the journal's own place.

    Without it, the place that the person chose in the window counts before the usual one.
    """
    if data_dir is not None:
        folder = Path(data_dir).expanduser().absolute()
        data, config, cache = folder, folder, folder / "cache"
    else:
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("MoodLab", appauthor=False)
        data, config, cache = dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path
    settings = config / "settings.json"
    if journal is not None:
        return Paths(Path(journal).expanduser().absolute(), settings, cache, is_named=True)
    chosen = read_settings(settings).journal
    if chosen:
        return Paths(Path(chosen), settings, cache, is_remembered=True)
    return Paths(data / JOURNAL_NAME, settings, cache)
