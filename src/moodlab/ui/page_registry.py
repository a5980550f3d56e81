"""The pages of the window, in the order of the navigation.

TO ADD A PAGE: a folder named after its id, in it ``page.py`` with a class named after the id
(``help_now`` → ``HelpNowPage``), and its entry in `ALL`. The class is a `Page`
(`moodlab.ui.page`), which says what it can override. A page's module is imported when the page is
first shown, so it may import what is heavy.
"""

import importlib
from typing import TYPE_CHECKING, NamedTuple

from moodlab.i18n import QT_TRANSLATE_NOOP, Marked, translate_marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from moodlab.ui.page import Page
    from moodlab.ui.session import Session
    from moodlab.ui.worker import Worker


class PageEntry(NamedTuple):
    """What the navigation knows of a page before it is loaded.

    One that is not `in_navigation` is reached from other pages and from the View menu.
    """

    id: str
    title: Marked
    icon: str
    fixed_at_bottom: bool = False
    in_navigation: bool = True

    @property
    def shown_title(self) -> str:
        """The title in the chosen language."""
        return translate_marked(self.title)

    def load(self) -> "Callable[[Session, Worker], Page]":
        """Import the page's module and return its class."""
        module = importlib.import_module(f"moodlab.ui.{self.id}.page")
        page: Callable[[Session, Worker], Page] = getattr(
            module, self.id.title().replace("_", "") + "Page"
        )
        return page


ALL = (
    PageEntry("today", QT_TRANSLATE_NOOP("pages", "Today"), "today"),
    PageEntry("history", QT_TRANSLATE_NOOP("pages", "History"), "history"),
    PageEntry("labs", QT_TRANSLATE_NOOP("pages", "Labs"), "labs"),
    PageEntry("trends", QT_TRANSLATE_NOOP("pages", "Trends"), "trends"),
    PageEntry("treatments", QT_TRANSLATE_NOOP("pages", "Treatments & events"), "treatments"),
    PageEntry("report", QT_TRANSLATE_NOOP("pages", "Report"), "report"),
    PageEntry("settings", QT_TRANSLATE_NOOP("pages", "Settings"), "settings"),
    PageEntry("safety", QT_TRANSLATE_NOOP("pages", "Security & backups"), "safety"),
    PageEntry(
        "tracking",
        QT_TRANSLATE_NOOP("pages", "What to track"),
        "settings",
        in_navigation=False,
    ),
    PageEntry(
        "questionnaires",
        QT_TRANSLATE_NOOP("pages", "Questionnaires"),
        "report",
        in_navigation=False,
    ),
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


def has_page(page_id: str) -> bool:
    """Whether there is a page with this id."""
    return any(entry.id == page_id for entry in ALL)
