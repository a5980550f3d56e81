"""The page's own words: plain, without judgement, with both n beside every difference."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.diary import Identity
from moodlab.domain.events import Event
from moodlab.domain.metrics import METRICS
from moodlab.domain.ratings import DayRecord, DayState
from moodlab.report.model import choose_period, explain_period
from moodlab.report.page.words import INTENDED_PURPOSE, page_words, write_page
from tests.report import diaries
from tests.test_words import PURPOSE, banned_in


@given(
    answers=st.lists(
        st.tuples(
            st.integers(0, 120), st.sampled_from([metric.id for metric in METRICS]),
            st.one_of(st.none(), st.integers(0, 10)), st.integers(0, 3),
        ),
        max_size=120, unique_by=lambda answer: answer[:2],
    ),
    marks=st.dictionaries(st.integers(0, 90), st.sampled_from(list(DayState)), max_size=9),
    labs=st.lists(
        st.tuples(st.integers(0, 100), st.sampled_from(["crp", "hs-crp", "il-6", "tsh"]),
                  st.sampled_from(["<0.3", "3.1", "0,31", ">300"]),
                  st.sampled_from(["", "<5", "0.4–4.0", "see below"]),
                  st.sampled_from([(), ("infection",), ("fasting",)])),
        max_size=9,
    ),
    doses=st.lists(st.integers(0, 150), max_size=6, unique=True),
    stopped=st.booleans(),
    days=st.integers(1, 120),
)  # fmt: skip
def test_no_page_judges_or_presses(answers, marks, labs, doses, stopped, days) -> None:
    units = {"il-6": "pg/mL", "tsh": "mU/L"}
    diary = diaries.diary(
        {
            metric.id: tuple(
                diaries.rating(ago, name, value, late)
                for ago, name, value, late in sorted(answers, reverse=True)
                if name == metric.id
            )
            for metric in METRICS
        },
        metrics=METRICS,
        days=[DayRecord(diaries.day(ago), state) for ago, state in marks.items()],
        labs=[
            diaries.lab(ago, test, value, units.get(test, "mg/L"), range_text=limits, context=about)
            for ago, test, value, limits, about in labs
        ],
        treatments=(
            [diaries.treatment("Thyroxine", [(ago, "50 µg") for ago in sorted(doses, reverse=True)],
                               0 if stopped else None)]
            if doses else []
        ),
        identity=Identity("A. Example", "1984"),
    )  # fmt: skip

    for sentence in page_words(diaries.report(diary, days)):
        assert not banned_in(sentence), sentence


def test_a_difference_of_a_point_is_named_with_both_n() -> None:
    values = {"fatigue": [(ago, 7 if ago < 28 else 5) for ago in range(56)],
              "mood": [(ago, 4) for ago in range(56)]}  # fmt: skip
    diary = diaries.diary(
        {
            name: tuple(diaries.rating(ago, name, value) for ago, value in reversed(pairs))
            for name, pairs in values.items()
        },
        metrics=[metric for metric in METRICS if metric.id in values],
    )

    words = list(page_words(diaries.report(diary)))

    assert (
        "Compared with the 28 days before: fatigue higher, 7 (n=28) after 5 (n=28); 1 other "
        "about the same (less than 1 point apart)."
    ) in words


def test_half_points_are_printed_as_halves() -> None:
    diary = diaries.diary(
        {"fatigue": tuple(diaries.rating(ago, "fatigue", 6 + ago % 2) for ago in range(55, -1, -1))}
    )

    assert "6.5 (6–7)" in list(page_words(diaries.report(diary)))


def test_a_stopped_treatment_stays_on_the_page() -> None:
    diary = diaries.diary(treatments=[diaries.treatment("Escitalopram", [(300, "10 mg")], 200)])

    words = list(page_words(diaries.report(diary)))

    assert "Now: none. Stopped: Escitalopram (18 Apr 2025)." in words


def test_what_was_taken_up_again_is_not_stopped_and_what_stopped_twice_is_named_once() -> None:
    diary = diaries.diary(
        treatments=[
            diaries.treatment("Sertraline", [(300, "50 mg")], 200),
            diaries.treatment("Iron", [(90, "1")], 80),
            diaries.treatment("iron", [(70, "1")], 60),
            diaries.treatment("sertraline", [(40, "25 mg")]),
        ]
    )

    words = list(page_words(diaries.report(diary)))

    assert "Now: sertraline 25 mg. Stopped: iron (5 Sep 2025)." in words


def test_a_day_of_another_year_has_its_year_at_a_glance() -> None:
    diary = diaries.diary(
        treatments=[diaries.treatment("Iron", [(613, "1"), (248, "2")], 247)],
    )

    long, short = (" ".join(page_words(diaries.report(diary, days))) for days in (614, 248))

    assert "2 from 1 Mar 2025, until 2 Mar 2025" in long
    assert "Iron until 2 Mar." in short


def test_a_result_is_said_as_printed_with_the_canonical_figure_in_brackets() -> None:
    diary = diaries.diary(labs=[diaries.lab(9, "crp", "0.31", "mg/dL", range_text="<0.5")])

    words = list(page_words(diaries.report(diary)))

    assert "CRP 0.31 mg/dL (= 3.10 mg/L)" in words or "CRP 0.31 mg/dL (= 3.1 mg/L)" in words
    assert "<0.5, within" in words


def test_three_open_questions_are_printed_and_no_more() -> None:
    diary = diaries.diary(questions=["One?", "Two?", "Three?", "Four?"])

    words = list(page_words(diaries.report(diary)))

    assert "Three?" in words
    assert "Four?" not in words


def test_the_purpose_is_the_same_everywhere() -> None:
    assert INTENDED_PURPOSE == PURPOSE


def test_days_before_the_journal_began_are_not_missing() -> None:
    begun = replace(diaries.diary({"mood": (diaries.rating(0, "mood", 5),)}), begins=diaries.day(1))

    found = dict(write_page(diaries.report(begun, 14)).glance)["Days logged"]

    assert found.startswith("1 of 2 days have a rating")
    assert "no entry 1." in found
    assert "The journal begins on 3 Nov 2025." in found
    assert "Longest stretch" not in found


def test_an_appointment_a_few_days_ago_is_told_of() -> None:
    visits = [Event("visit", diaries.day(5), "Visit", is_appointment=True)]
    short = choose_period(diaries.LAST, visits)
    long = choose_period(diaries.LAST, [replace(visits[0], first_day=diaries.day(30))])

    assert explain_period(diaries.LAST, visits, short) == (
        "The last appointment was on 30 Oct 2025. A summary needs 14 days, so the page shows the"
        " last 84."
    )
    assert explain_period(diaries.LAST, visits, long) == ""
    assert explain_period(diaries.LAST, [], short) == ""


def test_as_needed_days_and_what_was_noticed_stand_on_the_first_sheet() -> None:
    taken = tuple(diaries.day(ago) for ago in (30, 12, 3))
    ibuprofen = replace(diaries.treatment("Ibuprofen", [(40, "400 mg")]), as_needed_days=taken)
    sertraline = replace(diaries.treatment("Sertraline", [(40, "50 mg")]), noticed="Dreamt a lot")
    stopped = replace(diaries.treatment("Iron", [(40, "1")], 20), noticed="Not for now")

    glance = dict(
        write_page(
            diaries.report(diaries.diary(treatments=[ibuprofen, sertraline, stopped]))
        ).glance
    )

    assert glance["Taken as needed"] == "Ibuprofen on 3 days, last 1 Nov."
    assert glance["Noticed"] == "Sertraline: “Dreamt a lot”"


def test_hours_slept_stand_beside_sleep() -> None:
    hours = {
        "sleep": tuple(diaries.rating(ago, "sleep", 5) for ago in range(27, -1, -1)),
        "sleep_hours": tuple(diaries.rating(ago, "sleep_hours", 390) for ago in range(27, -1, -1)),
    }
    metrics = [metric for metric in METRICS if metric.id in hours]

    (row,) = write_page(diaries.report(diaries.diary(hours, metrics=metrics))).rows

    assert row.spans[1] == "asleep 6 h 30 min, n=28"


def test_own_notes_are_no_longer_than_240_characters_together() -> None:
    notes = [DayRecord(diaries.day(ago), note="word " * 90, note_for_doctor=True) for ago in (1, 2)]

    printed = write_page(diaries.report(diaries.diary(days=notes, questions=["One?"]))).notes

    assert len(printed) == 2
    assert sum(len(note.partition("“")[2]) for note in printed) <= 242


@given(st.sampled_from([metric.id for metric in METRICS if metric.id != "sleep"]))
def test_our_own_apostrophes_are_curly(metric: str) -> None:
    model = diaries.report(diaries.full([each for each in METRICS if each.id == metric]))

    assert not any("'" in sentence for sentence in page_words(model))
