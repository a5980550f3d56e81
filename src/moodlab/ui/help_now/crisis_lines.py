"""The bundled numbers to call, by country, with the day on which each was last seen published."""

import json
from dataclasses import dataclass
from datetime import date

from moodlab import assets
from moodlab.domain.days import short_date
from moodlab.i18n import translate


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """Somebody to talk to. `seen` is None where the number is only a candidate."""

    name: str
    reach: str
    seen: date | None

    def how_sure(self) -> str:
        """Return how far the number can be relied on."""
        if self.seen is None:
            return translate("help now", "not checked for this version; numbers can change")
        return translate("help now", "checked on {day}; numbers can change").format(
            day=short_date(self.seen)
        )


@dataclass(frozen=True, slots=True)
class Country:
    """A country's emergency number and lines; `code` as in ISO 3166."""

    code: str
    name: str
    emergency: str
    lines: tuple[CrisisLine, ...]


def read_countries() -> tuple[Country, ...]:
    """Return the bundled list in the order of the countries' names."""
    stored = json.loads(assets.path("crisis_contacts.json").read_text(encoding="utf-8"))
    return tuple(
        Country(
            country["code"],
            country["name"],
            country["emergency"],
            tuple(
                CrisisLine(
                    line["name"],
                    line["reach"],
                    date.fromisoformat(line["seen"]) if line["seen"] else None,
                )
                for line in country["lines"]
            ),
        )
        for country in stored["countries"]
    )
