"""The sizes of paper that can be chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale

from moodlab.i18n import QT_TRANSLATE_NOOP, Marked


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, in millimetres."""

    id: str
    name: Marked
    width: float
    height: float


PAPERS = (
    Paper("a4", QT_TRANSLATE_NOOP("report", "A4"), 210.0, 297.0),
    Paper("letter", QT_TRANSLATE_NOOP("report", "US Letter"), 215.9, 279.4),
)


def find_paper(chosen: str) -> Paper:
    """Return the paper with this id, or the one that is usual where this computer stands."""
    for paper in PAPERS:
        if paper.id == chosen:
            return paper
    system = QLocale.system().measurementSystem()
    return PAPERS[system is QLocale.MeasurementSystem.ImperialUSSystem]
