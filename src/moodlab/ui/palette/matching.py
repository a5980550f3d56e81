"""Which entries are meant by a few typed letters, the likeliest first."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from moodlab.ui.palette.entry import Entry

MOST = 12
# Of what is no beginning of a word, but letters in their order, such as “snd” for “sound”.
_FEWEST_LETTERS, _REACH = 3, 2


def find_entries(
    text: str, entries: Sequence[Entry], typed: Iterable[Entry] = (), recent: Sequence[str] = ()
) -> list[Entry]:
    """Return at most twelve entries: first those made of what is `typed`, then by how they match.

    Beginnings of words come before letters in their order, and of those that match alike the ones
    in `recent`, newest first. Without a text it is the recent ones, then the others as they stand.
    """
    wanted = _words(text)
    ranks = {entry_id: number for number, entry_id in enumerate(recent)}
    found = []
    for number, entry in enumerate(entries):
        level = _level(wanted, entry)
        if level is not None:
            found.append((level, ranks.get(entry.id, len(ranks)), number, entry))
    return [*typed, *(entry for *_, entry in sorted(found, key=lambda each: each[:3]))][:MOST]


def _level(wanted: list[str], entry: Entry) -> int | None:
    """Return how well an entry matches, 0 the best; None where it does not."""
    title = _words(entry.title)
    if _begin(wanted, title):
        return 0 if not wanted or title[0].startswith(wanted[0]) else 1
    if _begin(wanted, [*title, *_words(entry.also)]):
        return 2
    letters = "".join(wanted)
    if len(letters) >= _FEWEST_LETTERS and any(
        _stands_in(letters, "".join(title[number:])) for number in range(len(title))
    ):
        return 3
    return None


def _begin(wanted: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _stands_in(letters: str, text: str) -> bool:
    """Whether `text` begins with the first letter and has the others in their order, not far on."""
    rest = iter(text[: _REACH * len(letters)])
    return text.startswith(letters[0]) and all(letter in rest for letter in letters)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
