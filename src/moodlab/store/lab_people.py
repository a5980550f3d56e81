"""Whose lab files were imported: hashed facts about each person, so that another one is noticed."""

import json
from collections.abc import Iterable

from moodlab.store.ledger.history import Ledger

KEY = "lab_people"
_MOST = 200


def read_people(ledger: Ledger) -> tuple[frozenset[str], ...]:
    """Return the facts about each person; empty before the first file that names one."""
    row = ledger.read("journal", {"key": KEY})
    return tuple(frozenset(facts) for facts in json.loads(row["value"])) if row else ()


def remember_people(ledger: Ledger, people: Iterable[frozenset[str]]) -> None:
    """Add the people of a file to those that are known, inside an import's step."""
    known = read_people(ledger)
    new = [facts for facts in people if not any(facts <= other for other in known)]
    if new and len(known) < _MOST:
        value = json.dumps([sorted(facts) for facts in (*known, *new)])
        ledger.put("journal", {"key": KEY, "value": value})
