from datetime import timedelta
from decimal import Decimal

from moodlab.analysis.lab_marks import Limits, mark_labs
from moodlab.analysis.timeline import MOST_LANES, MOST_NUMBERED, read_timeline
from moodlab.domain.days import Period
from moodlab.domain.events import Event
from tests.diaries import LAST, WEEKS12, diary, lab, treatment

BEGIN = WEEKS12.first


def day(number: int):
    return BEGIN + timedelta(days=number)


def test_a_lane_is_clipped_to_the_period_and_open_where_it_goes_on() -> None:
    made = diary(treatments=(treatment("Sertraline", (day(-40), "25 mg"), (day(20), "50 mg")),))
    (lane,) = read_timeline(made, WEEKS12).lanes
    assert [(step.period, step.text) for step in lane.steps] == [
        (Period(BEGIN, day(19)), "25 mg"),
        (Period(day(20), LAST), "50 mg"),
    ]
    assert lane.is_open


def test_changes_are_starts_steps_and_the_day_after_an_end() -> None:
    made = diary(
        treatments=(
            treatment("Amoxicillin", (day(5), "500 mg"), until=day(11)),
            treatment("Vitamin D", (day(-400), "1000 IU")),
        )
    )
    assert [(change.day, change.text) for change in read_timeline(made, WEEKS12).changes] == [
        (day(5), "Amoxicillin 500 mg"),
        (day(12), "Amoxicillin stopped"),
    ]


def test_a_stopped_treatment_outside_the_period_has_no_lane() -> None:
    made = diary(treatments=(treatment("Old", (day(-90), "1"), until=day(-1)),))
    assert read_timeline(made, WEEKS12).lanes == ()


def test_beyond_four_lanes_those_that_changed_are_kept() -> None:
    unchanged = tuple(treatment(f"Long {n}", (day(-100 - n), "1")) for n in range(4))
    changed = tuple(treatment(f"New {n}", (day(n), "1")) for n in range(3))
    timeline = read_timeline(diary(treatments=unchanged + changed), WEEKS12)
    names = [lane.name for lane in timeline.lanes]
    assert len(names) == MOST_LANES
    assert timeline.more_lanes == 3
    assert names == ["Long 0", "New 0", "New 1", "New 2"]


def test_as_needed_days_outside_the_period_are_left_out() -> None:
    made = diary(
        treatments=(
            treatment("Ibuprofen", (day(0), "400 mg"), as_needed=(day(-3), day(4), day(9))),
        )
    )
    assert read_timeline(made, WEEKS12).lanes[0].as_needed_days == (day(4), day(9))


def test_the_latest_twelve_events_are_numbered() -> None:
    events = tuple(Event(str(n), day(n), f"event {n}") for n in range(15))
    numbered = read_timeline(diary(events=events), WEEKS12).events
    assert [each.number for each in numbered] == [None] * 3 + list(range(1, MOST_NUMBERED + 1))
    assert numbered[-1].event.text == "event 14"


def test_an_event_that_began_before_stands_on_the_first_day() -> None:
    made = diary(events=(Event("e", day(-5), "Holiday", day(3)),))
    assert read_timeline(made, WEEKS12).events[0].day == BEGIN


def test_marks_keep_what_was_printed_and_stand_at_the_canonical_figure() -> None:
    made = diary(labs=(lab(day(3), "0,31", unit="mg/dL", range_text="<0.5"),))
    (mark,) = mark_labs(made, WEEKS12).marks
    assert mark.label == "0,31 mg/dL"
    assert mark.result.canonical == Decimal("3.1")
    assert mark.limits == Limits(None, Decimal("5"))


def test_a_bound_stays_a_bound() -> None:
    (mark,) = mark_labs(diary(labs=(lab(day(3), "<0.3"),)), WEEKS12).marks
    assert (mark.comparator, mark.label) == ("<", "<0.3")


def test_the_limit_is_shared_only_when_every_result_prints_the_same() -> None:
    same = (lab(day(3), "1", range_text="<5"), lab(day(9), "0.2", unit="mg/dL", range_text="0-0.5"))
    assert mark_labs(diary(labs=same), WEEKS12).shared_limits == Limits(None, Decimal(5))
    other = (*same, lab(day(12), "1", range_text="<10"))
    assert mark_labs(diary(labs=other), WEEKS12).shared_limits is None
    lacking = (*same, lab(day(12), "1"))
    assert mark_labs(diary(labs=lacking), WEEKS12).shared_limits is None


def test_results_of_one_day_stand_side_by_side() -> None:
    made = diary(labs=(lab(day(3), "1", number=1), lab(day(3), "2", number=2)))
    assert [mark.shift for mark in mark_labs(made, WEEKS12).marks] == [-0.3, 0.3]


def test_both_assays_of_crp_are_marked_and_nothing_else_is() -> None:
    made = diary(
        labs=(
            lab(day(3), "1"),
            lab(day(4), "2", test="hs_crp"),
            lab(day(5), "3", test="il6", unit="pg/mL"),
            lab(day(-1), "4"),
        )
    )
    assert [mark.result.assay for mark in mark_labs(made, WEEKS12).marks] == [None, "hs"]


def test_the_courses_of_one_treatment_share_a_lane() -> None:
    made = diary(
        treatments=(
            treatment("Sertraline", (day(2), "25 mg"), until=day(9)),
            treatment("sertraline", (day(20), "50 mg")),
            treatment("Vitamin D", (day(-400), "1000 IU")),
        )
    )

    lanes = read_timeline(made, WEEKS12).lanes

    assert [lane.name for lane in lanes] == ["Vitamin D", "sertraline"]
    assert [(step.period.first, step.period.last) for step in lanes[1].steps] == [
        (day(2), day(9)),
        (day(20), LAST),
    ]
    assert lanes[1].is_open
