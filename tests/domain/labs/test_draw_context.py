"""What was noted before a draw: shown always, offered where its words say so, in two languages."""

from datetime import date, timedelta

import pytest

from moodlab.domain.events import Event
from moodlab.domain.labs.draw_context import noted_before, suggested_context

DRAWN = date(2025, 10, 21)


def ago(days: int) -> date:
    return DRAWN - timedelta(days=days)


def test_nothing_is_noted_before_a_draw_of_the_first_days_there_are() -> None:
    """Only an older version let such a result in; it can still be opened."""
    assert noted_before((Event("e", date.min, "flu"),), date.min) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Chest infection", "a cold", "Flu", "COVID-19", "Tooth abscess", "UTI", "Fever 39",
        "Grippe", "grippaler Infekt", "Erkältung", "Lungenentzündung", "Blasenentzündung",
        "Fieber", "Magen-Darm", "Harnwegsinfekt", "Corona", "Schnupfen",
    ],
)  # fmt: skip
def test_an_infection_is_known_by_its_words(text: str) -> None:
    assert suggested_context(text) == "infection"


@pytest.mark.parametrize(
    "text",
    ["Flu jab", "COVID booster", "Vaccination (tetanus)", "flu shot", "Grippeimpfung",
     "Corona-Impfung", "gegen FSME geimpft"],
)  # fmt: skip
def test_a_vaccination_is_no_infection(text: str) -> None:
    assert suggested_context(text) == "vaccination"


@pytest.mark.parametrize(
    "text",
    ["Moved house", "hay fever", "Heuschnupfen", "cold shower", "disinfected the bath",
     "hat geschimpft", "Influencer course", "shot a film", "Coldplay", "Schulfest", ""],
)  # fmt: skip
def test_other_words_suggest_nothing(text: str) -> None:
    assert suggested_context(text) is None


def test_only_the_28_days_before_the_draw_and_its_own_day_count() -> None:
    events = (
        Event("long", ago(60), "Infection", ago(28)),
        Event("old", ago(60), "Infection", ago(29)),
        Event("first", ago(28), "Infection"),
        Event("same", DRAWN, "Flu jab"),
        Event("after", DRAWN + timedelta(days=1), "Infection"),
        Event("visit", ago(3), "Infection clinic", is_appointment=True),
        Event("move", ago(5), "Moved house"),
    )
    assert [(each.event.id, each.context) for each in noted_before(events, DRAWN)] == [
        ("long", "infection"), ("first", "infection"), ("move", None), ("same", "vaccination"),
    ]  # fmt: skip
