"""Where things live: the system's own places, or one folder given with --data-dir."""

from dataclasses import dataclass
from pathlib import Path

JOURNAL_NAME = "journal.moodlab"


@dataclass(frozen=True, slots=True)
class Paths:
    """The journal file, the settings file and a folder for what can be made again."""

    journal: Path
    settings: Path
    cache: Path

    @property
    def lock(self) -> Path:
        """The file that says which window has the journal open."""
        return self.journal.with_name(f".{self.journal.name}.lock")


def find_paths(journal: str | None = None, data_dir: str | None = None) -> Paths:
    """Return where everything lives; `journal` overrides only the journal's own place."""
    if data_dir is not None:
        folder = Path(data_dir).expanduser().absolute()
        data, config, cache = folder, folder, folder / "cache"
    else:
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("MoodLab", appauthor=False)
        data, config, cache = dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path
    file = Path(journal).expanduser().absolute() if journal is not None else data / JOURNAL_NAME
    return Paths(file, config / "settings.json", cache)
