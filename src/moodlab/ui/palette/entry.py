"""What the palette offers: where an entry leads, and what providers make entries from."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from moodlab.ui.session import Session
from moodlab.ui.shell.window import AppWindow


class Around(NamedTuple):
    """What providers read and what their entries act on."""

    main: AppWindow
    session: Session


class Entry(NamedTuple):
    """One line of the palette. `id` tells it from all others, `leads` says where it goes.

    `also` are words by which it is found beside its title, `keys` is its shortcut.
    """

    id: str
    title: str
    leads: str
    do: Callable[[], object]
    also: str = ""
    keys: str = ""


class Provider(NamedTuple):
    """One kind of entries: those that are there when the palette opens, and what is typed."""

    at_opening: Callable[[Around], Iterable[Entry]] = lambda _around: ()
    as_typed: Callable[[Around, str], Iterable[Entry]] = lambda _around, _text: ()
