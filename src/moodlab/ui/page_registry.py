"""The pages of the window, in the order of the navigation.

TO ADD A PAGE: a folder named after its id, in it ``page.py`` with a class named after the id
(``help_now`` → ``HelpNowPage``), and its entry in `ALL`. The class is a QWidget with ``ID``,
``TITLE``, ``ICON``, ``PURPOSE`` (one sentence) and ``REFRESH_ON`` (`Changes`), a constructor
``(session, worker)`` and ``refresh()``; optional are ``take_focus()``, ``actions_for_menu()``,
``unsaved()``, ``be_read_only(reason)``, and ``place`` with ``go_to_place(place)`` for pages that
show one thing of many. A page's module is imported when the page is first shown, so it may import
what is heavy.
"""

import importlib
from typing import Any, NamedTuple

from moodlab.i18n import QT_TRANSLATE_NOOP, Marked, translate_marked


class PageEntry(NamedTuple):
    """What the navigation knows of a page before it is loaded."""

    id: str
    title: Marked
    icon: str
    fixed_at_bottom: bool = False

    @property
    def shown_title(self) -> str:
        """The title in the chosen language."""
        return translate_marked(self.title)

    def load(self) -> type[Any]:
        """Import the page's module and return its class."""
        module = importlib.import_module(f"moodlab.ui.{self.id}.page")
        return getattr(module, self.id.title().replace("_", "") + "Page")


ALL = (
    PageEntry("today", QT_TRANSLATE_NOOP("pages", "Today"), "today"),
    PageEntry("labs", QT_TRANSLATE_NOOP("pages", "Labs"), "labs"),
    PageEntry("trends", QT_TRANSLATE_NOOP("pages", "Trends"), "trends"),
    PageEntry("report", QT_TRANSLATE_NOOP("pages", "Report"), "report"),
    PageEntry("safety", QT_TRANSLATE_NOOP("pages", "Safety"), "safety"),
    PageEntry("help", QT_TRANSLATE_NOOP("pages", "Help"), "help", fixed_at_bottom=True),
    PageEntry(
        "help_now",
        QT_TRANSLATE_NOOP("pages", "If you need help now"),
        "help_now",
        fixed_at_bottom=True,
    ),
)


def find_page(page_id: str) -> PageEntry:
    """Return the entry with this id, or the first page when there is none."""
    return next((entry for entry in ALL if entry.id == page_id), ALL[0])
