"""``setting``: what travels with the journal, and the preferences of this computer."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from moodlab.commands.command import Answer, Place, argument, command
from moodlab.domain.days import DEFAULT_DAY_END_MINUTES, LATEST_DAY_END
from moodlab.domain.digits import western_digits
from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.preferences import CHOICES, DEFAULT, FREE, read_preference, show_preference
from moodlab.settings import Settings, read_settings, write_settings
from moodlab.store.backups.backup import refuse_own_folder
from moodlab.store.journal import Journal

_KEYS = {"name": "person_name", "born": "person_born", "day_end": "day_end_minutes"}
PREFERENCES = (*CHOICES, *sorted(FREE))


@command("setting", [argument("values", many=True, required=False)])
def setting(place: Place, values: Sequence[str]) -> Answer:
    """List all settings, or save some: NAME VALUE, or NAME=VALUE … (default resets one)."""
    written = _read_all(values)
    preferences = {name: text for name, text in written.items() if name in PREFERENCES}
    read = {name: _read_preference(place, name, text) for name, text in preferences.items()}
    now: dict[str, str] = {}
    # What belongs to the computer needs neither the journal nor its passphrase.
    if len(preferences) < len(written) or not written:
        own = {_KEYS[name]: _read(name, text) for name, text in written.items() if name in _KEYS}
        with place.open_journal(read_only=not own) as journal:
            if own:
                journal.set_settings(own)
            now = _shown(journal)
    settings = read_settings(place.paths.settings)
    if read:
        settings = settings._replace(**read)
        _write(place.paths.settings, settings)
    now |= {name: show_preference(name, settings) for name in PREFERENCES}
    return Answer(
        "\n".join(f"{name}={value}" for name, value in now.items()),
        {"settings": now},
        only_tells=not written,
    )


def _read_all(values: Sequence[str]) -> Mapping[str, str]:
    """Return names and texts from ``list``, ``NAME VALUE`` or any number of ``NAME=VALUE``."""
    if list(values) == ["list"]:
        return {}
    if len(values) == 2 and "=" not in values[0]:
        return {_find_name(values[0], values[0]): values[1]}
    pairs = (text.partition("=") for text in values)
    return {_find_name(name, text, equals): value
            for (name, equals, value), text in zip(pairs, values, strict=True)}  # fmt: skip


def _find_name(typed: str, text: str, equals: str = "=") -> str:
    name = typed.strip().lower().replace("-", "_")
    if equals and (name in _KEYS or name in PREFERENCES):
        return name
    raise Refused(
        translate("setting", "I can't read “{text}”. Use {known}.").format(
            text=text, known=", ".join(f"{each}=…" for each in (*_KEYS, *PREFERENCES))
        )
    )


def _shown(journal: Journal) -> dict[str, str]:
    hours, minutes = divmod(journal.day_end_minutes, 60)
    who = journal.identity()
    return {"name": who.name, "born": who.born, "day_end": f"{hours:02d}:{minutes:02d}"}


def _read(name: str, text: str) -> str:
    return str(_minutes(text)) if name == "day_end" else " ".join(text.split())


def _read_preference(place: Place, name: str, text: str) -> Any:
    if name not in FREE:
        return read_preference(name, text)
    text = text.strip()
    if text.lower() in ("", DEFAULT):
        return Settings()._asdict()[name]
    check: Callable[[Place, str], str] = _CHECKS[name]
    return check(place, text)


def _second_folder(place: Place, text: str) -> str:
    folder = Path(text).expanduser().absolute()
    if not folder.is_dir():
        raise Refused(translate("setting", "There is no folder {path}.").format(path=folder))
    refuse_own_folder(place.paths.journal, folder)
    return str(folder)


def _journal_file(_place: Place, text: str) -> str:
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise Refused(translate("setting", "There is no journal at {path}.").format(path=path))
    return str(path)


def _country(_place: Place, text: str) -> str:
    if re.fullmatch("[A-Za-z]{2}", text) is None:
        raise Refused(translate("setting", "A country has two letters, such as GB or DE."))
    return text.upper()


_CHECKS = {"second_copies": _second_folder, "journal": _journal_file, "country": _country}


def _write(path: Path, settings: Settings) -> None:
    try:
        write_settings(path, settings)
    except OSError as error:
        raise Refused(
            translate("setting", "Can't save the settings: {reason}.").format(
                reason=error.strerror or str(error)
            )
        ) from error


def _minutes(text: str) -> int:
    if text.strip().lower() == DEFAULT:
        return DEFAULT_DAY_END_MINUTES
    match = re.fullmatch(r"([0-9]{1,2})(?::([0-5][0-9]))?", western_digits(text).strip())
    minutes = int(match[1]) * 60 + int(match[2] or 0) if match else LATEST_DAY_END + 1
    if minutes > LATEST_DAY_END:
        raise Refused(
            translate("setting", "A day ends between 00:00 and 12:00. Try day_end=04:00.")
        )
    return minutes
