"""``setting``: the journal's own settings, which travel with it."""

import re
from collections.abc import Sequence

from moodlab.commands.command import Answer, Place, argument, command
from moodlab.domain.days import LATEST_DAY_END
from moodlab.domain.digits import western_digits
from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.store.journal import Journal

_KEYS = {"name": "person_name", "born": "person_born", "day_end": "day_end_minutes"}


@command("setting", [argument("values", many=True, required=False)])
def setting(place: Place, values: Sequence[str]) -> Answer:
    """Show the journal's settings, or save name=, born= or day_end= (such as 04:00)."""
    with place.open_journal(read_only=not values) as journal:
        if values:
            journal.set_settings(dict(_read(text) for text in values))
        now = _shown(journal)
    return Answer(
        "\n".join(f"{name}={value}" for name, value in now.items()),
        {"settings": now},
        only_tells=not values,
    )


def _shown(journal: Journal) -> dict[str, str]:
    hours, minutes = divmod(journal.day_end_minutes, 60)
    who = journal.identity()
    return {"name": who.name, "born": who.born, "day_end": f"{hours:02d}:{minutes:02d}"}


def _read(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    key = _KEYS.get(name.strip().lower().replace("-", "_"))
    if key is None or not equals:
        raise Refused(
            translate("setting", "I can't read “{text}”. Use {known}.").format(
                text=text, known=", ".join(f"{each}=…" for each in _KEYS)
            )
        )
    return key, str(_minutes(value)) if key == "day_end_minutes" else " ".join(value.split())


def _minutes(text: str) -> int:
    match = re.fullmatch(r"([0-9]{1,2})(?::([0-5][0-9]))?", western_digits(text).strip())
    minutes = int(match[1]) * 60 + int(match[2] or 0) if match else LATEST_DAY_END + 1
    if minutes > LATEST_DAY_END:
        raise Refused(
            translate("setting", "A day ends between 00:00 and 12:00. Try day_end=04:00.")
        )
    return minutes
