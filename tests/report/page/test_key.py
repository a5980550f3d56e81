"""The key: each word has its mark on the sheet, and each mark its word."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from moodlab.analysis.coverage import DayClass
from moodlab.domain.events import Event
from moodlab.domain.metrics import METRICS
from moodlab.domain.ratings import DayRecord, DayState
from moodlab.report.page.key import strip_words
from moodlab.report.page.words import write_page
from tests.examples import one_in
from tests.report import diaries

MOOD = [metric for metric in METRICS if metric.id == "mood"]


def marks_of(model) -> set[str]:
    return {entry.mark for entry in write_page(model).legend}


def mood(answers, marks=None, **more):
    """A report on four weeks of moods, given as {days ago: days late or None}."""
    ratings = tuple(
        diaries.rating(ago, "mood", 5, late) for ago, late in sorted(answers.items(), reverse=True)
    )
    return diaries.report(
        diaries.diary(
            {"mood": ratings},
            metrics=MOOD,
            days=[DayRecord(diaries.day(ago), state) for ago, state in (marks or {}).items()],
            **more,
        ),
        28,
    )


@one_in(2)
@given(
    st.dictionaries(st.integers(0, 27), st.sampled_from([0, 1, 5, None])),
    st.dictionaries(st.integers(0, 27), st.sampled_from(list(DayState)), max_size=9),
    st.lists(st.integers(0, 40), max_size=2, unique=True),
)
def test_it_names_what_is_drawn_and_nothing_else(answers, marks, doses) -> None:
    steps = [(ago, f"{ago} mg") for ago in sorted(doses, reverse=True)]
    model = mood(answers, marks, treatments=[diaries.treatment("Iron", steps)] if steps else [])
    lates = set(answers.values())
    silent = [ago not in answers for ago in range(27, -1, -1)]
    paused = [marks.get(ago) is DayState.PAUSED for ago in range(27, -1, -1)]

    found = marks_of(model)

    assert ("same_day" in found) == (0 in lates)
    assert ("later" in found) == bool(lates & {1, 5})
    assert ("unknown" in found) == (None in lates)
    assert ("unwell" in found) == (DayClass.UNWELL in model.overview.classes)
    assert ("plain" in found) == (DayClass.PAUSED in model.overview.classes)
    assert ("change" in found) == any(ago < 27 for ago in doses)
    if "gap" in found:
        quiet = (kind and not off for kind, off in zip(silent, paused, strict=True))
        run = "".join("x" if each else "-" for each in quiet)
        assert "xxx" in run
    strip = strip_words(model)
    assert ("same day" in strip) == bool(model.coverage.same_day)
    assert ("no entry" in strip) == bool(model.coverage.no_entry)


def test_a_day_beside_a_pause_is_not_hatched() -> None:
    answered = {ago: 0 for ago in range(28) if not 8 <= ago <= 12}
    model = mood(answered, dict.fromkeys((8, 9, 10, 11), DayState.PAUSED))

    assert "gap" not in marks_of(model)
    assert "plain" in marks_of(model)
    assert "gap" in marks_of(mood(answered))


def test_an_event_over_days_stands_on_the_axis_of_the_page() -> None:
    events = [
        Event(f"event-{n}", diaries.day(20 - n), f"Cold {n} of a long autumn",
              diaries.day(20 - n) + timedelta(days=5))
        for n in range(9)
    ]  # fmt: skip

    page = write_page(mood({3: 0}, events=events))

    heading, more = page.events
    assert heading == "Events"
    left_out = int(more.split()[1])
    assert 0 < left_out < 9
    assert write_page(mood({3: 0})).events == ()
