"""The questionnaires that can be filled in here, word by word as their authors published them.

Quoted texts: they are neither translated nor put in other words, and stand outside of the words
that MoodLab itself uses. The ninth question of PHQ-9 is not asked: PHQ-8 is the same without it.
"""

from typing import NamedTuple

ANSWERS = ("Not at all", "Several days", "More than half the days", "Nearly every day")
CREDIT = (
    "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with "
    "an educational grant from Pfizer Inc. No permission required to reproduce, translate, display "
    "or distribute."
)
_ANY_PROBLEM = (
    "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
)
_PROBLEMS = "Over the last 2 weeks, how often have you been bothered by the following problems?"
_PHQ = (
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    "Feeling bad about yourself, or that you are a failure, or have let yourself or your family "
    "down",
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    "Moving or speaking so slowly that other people could have noticed. Or the opposite – being so "
    "fidgety or restless that you have been moving around a lot more than usual",
)
_GAD = (
    "Feeling nervous, anxious or on edge",
    "Not being able to stop or control worrying",
    "Worrying too much about different things",
    "Trouble relaxing",
    "Being so restless that it is hard to sit still",
    "Becoming easily annoyed or irritable",
    "Feeling afraid as if something awful might happen",
)


class Instrument(NamedTuple):
    """A questionnaire whose items each count 0 to 3 for one of `ANSWERS`."""

    name: str
    question: str
    items: tuple[str, ...]

    @property
    def highest(self) -> int:
        """The highest total there can be; the lowest is 0."""
        return (len(ANSWERS) - 1) * len(self.items)


INSTRUMENTS = (
    Instrument("PHQ-8", _ANY_PROBLEM, _PHQ),
    Instrument("PHQ-2", _ANY_PROBLEM, _PHQ[:2]),
    Instrument("GAD-7", _PROBLEMS, _GAD),
    Instrument("GAD-2", _PROBLEMS, _GAD[:2]),
)


def find_instrument(name: str) -> Instrument | None:
    """Return the questionnaire that is meant by ``phq8`` or ``PHQ-8``; None for any other."""
    return next((each for each in INSTRUMENTS if _fold(each.name) == _fold(name)), None)


def _fold(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())
