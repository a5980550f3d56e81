"""The days before a draw, in words of each kind of metric."""

from dataclasses import replace
from datetime import timedelta

from moodlab.analysis.draws import set_beside
from moodlab.domain.diary import TrackedMetric
from moodlab.domain.metrics import BY_ID, Direction, Every, Kind, own_metric
from moodlab.ui.widgets.lab_words import beside_words
from tests.diaries import EVER, LAST, diary, rating


def test_yes_counts_days_and_what_is_weekly_gives_its_values() -> None:
    walked = own_metric("walked", "Walked", Direction.HIGHER_BETTER, Kind.YES_NO)
    weight = BY_ID["weight"]._replace(every=Every.WEEK)
    days = [LAST - timedelta(days=number) for number in range(14, 0, -1)]
    made = replace(
        diary({
            "walked": tuple(
                rating(day, number % 2, metric="walked") for number, day in enumerate(days)
            ),
            "weight": (
                rating(days[1], 71, metric="weight"), rating(days[8], 72, metric="weight")
            ),
        }),
        metrics=(TrackedMetric(walked, EVER), TrackedMetric(weight, EVER)),
    )  # fmt: skip

    words = beside_words(set_beside(made, LAST), {"walked": walked, "weight": weight})

    assert words.endswith(": walked yes on 7 of 14 days; weight 71–72 kg (n 2).")
