"""Keeps the order in which Tab goes through widgets that come and go."""

import itertools

from PySide6.QtWidgets import QWidget


class TabOrder:
    """Sets an order once, and again only when it became another."""

    def __init__(self) -> None:
        self._stops: tuple[QWidget, ...] = ()

    def be(self, *stops: QWidget) -> None:
        """Let Tab visit `stops` in this order."""
        if stops != self._stops:
            for before, after in itertools.pairwise(stops):
                QWidget.setTabOrder(before, after)
            self._stops = stops
