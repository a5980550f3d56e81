"""What the View menu offers on History: for every view, for the calendar, and for the week."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from moodlab.i18n import translate
from moodlab.ui.shell.actions import page_action

_MONTHS = 12


class HistoryWalker(Protocol):
    """What the actions ask for."""

    def go_to_today(self) -> None:
        """Show today, or the week that it is now."""

    def find_words(self) -> None:
        """Give the keyboard to the field for words."""

    def delete_day(self) -> None:
        """Move what is the chosen day's own to the bin."""

    def ask_for_day(self) -> None:
        """Give the keyboard to the field for a day."""

    def turn_months(self, by: int) -> None:
        """Go so many months back or on."""

    def turn_weeks(self, by: int) -> None:
        """Go so many weeks back or on."""

    def toggle_span(self) -> None:
        """Show the year instead of the month, or the month."""

    def show_week(self) -> None:
        """Show the week from paper."""

    def show_sheet(self) -> None:
        """Show the blank week sheet."""


class HistoryActions(NamedTuple):
    """The actions by the view in which they hold; a key may be in both, one at a time."""

    shared: tuple[QAction, ...]
    calendar: tuple[QAction, ...]
    week: tuple[QAction, ...]

    def hold_for(self, *, is_week: bool) -> None:
        """Offer those of the view that is seen; the keys of what is not offered rest."""
        for action in self.calendar:
            action.setVisible(not is_week)
        for action in self.week:
            action.setVisible(is_week)


def make_actions(page: QWidget, walker: HistoryWalker) -> HistoryActions:
    """Return the actions; their keys work while `page` is open."""

    def action(text: str, do: Callable[[], object], *keys: str) -> QAction:
        return page_action(page, text, do, keys)

    return HistoryActions(
        shared=(
            action(translate("history", "Find words"), walker.find_words, "Ctrl+F"),
            action(translate("history", "Go to today"), walker.go_to_today, "Ctrl+T"),
            action(translate("history", "Go to day…"), walker.ask_for_day, "Ctrl+G"),
            action(translate("history", "Month or year"), walker.toggle_span, "Ctrl+Shift+Y"),
            action(translate("history", "Week from paper"), walker.show_week, "Ctrl+Shift+W"),
            action(translate("history", "Blank week sheet…"), walker.show_sheet),
        ),
        calendar=(
            action(translate("history", "Delete this day"), walker.delete_day),
            action(translate("history", "Previous month"), lambda: walker.turn_months(-1), "PgUp"),
            action(translate("history", "Next month"), lambda: walker.turn_months(1), "PgDown"),
            action(
                translate("history", "Previous year"),
                lambda: walker.turn_months(-_MONTHS),
                "Ctrl+PgUp",
            ),
            action(
                translate("history", "Next year"),
                lambda: walker.turn_months(_MONTHS),
                "Ctrl+PgDown",
            ),
        ),
        week=(
            action(translate("history", "Previous week"), lambda: walker.turn_weeks(-1), "PgUp"),
            action(translate("history", "Next week"), lambda: walker.turn_weeks(1), "PgDown"),
        ),
    )
