"""What to track: ticked, ordered, renamed, starred, one's own; the journal has it at once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.days import short_date
from moodlab.domain.metrics import Direction, Every, Kind, TrackedMetric
from moodlab.ui.application import Window
from moodlab.ui.page_registry import ALL
from moodlab.ui.tracking.metric_form import KINDS
from moodlab.ui.tracking.page import TrackingPage
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press
from tests.ui.waiting import wait_until


@pytest.fixture
def page(window: Window) -> TrackingPage:
    found = window.main.open_page("tracking")
    assert isinstance(found, TrackingPage)
    return found


def known(page: TrackingPage) -> dict[str, TrackedMetric]:
    metrics = page._session.journal.read_metrics()
    return {tracked.metric.id: tracked for tracked in metrics}


def is_asked(page: TrackingPage, metric_id: str) -> bool:
    return known(page)[metric_id].is_tracked_in(TODAY, TODAY)


def rows(page: TrackingPage) -> list[str]:
    return [entry.id for entry in page.list.entries]


def click(page: TrackingPage, metric_id: str, x: int) -> None:
    item = page.list.item(rows(page).index(metric_id))
    page.list.scrollToItem(item)
    area = page.list.visualItemRect(item)
    at = area.center()
    at.setX(x if x >= 0 else area.right() + x)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_page_is_reached_from_today_and_the_view_menu_and_not_in_the_navigation(
    window: Window,
) -> None:
    hidden = [entry.id for entry in ALL if not entry.in_navigation]
    assert "tracking" in hidden
    today = window.main.page
    today.heading.choose.click()

    assert window.main.page.ID == "tracking"
    view = window.main.menuBar().actions()[2].menu()
    listed = {action.text(): action.shortcut().toString() for action in view.actions()}
    assert listed["What to track"] == ""
    numbers = [keys for keys in listed.values() if keys.startswith("Ctrl+") and keys[5:].isdigit()]
    in_navigation = [entry for entry in ALL if entry.in_navigation and not entry.fixed_at_bottom]
    assert [f"Ctrl+{number}" for number in range(1, len(in_navigation) + 1)] == [
        keys for keys in numbers if keys != "Ctrl+0"
    ]


def test_the_keyboard_ticks_and_a_tick_is_one_step_that_is_undone(
    window: Window, page: TrackingPage, said: list[str]
) -> None:
    assert page.list.hasFocus()
    assert page.list.chosen_id == "fatigue"
    press(Qt.Key.Key_Down, Qt.Key.Key_Space)

    assert not is_asked(page, "brain_fog")
    assert page.notice.sentence == "Brain fog is no longer asked. What was entered stays."
    # It stays where it was, so that a second press takes it back.
    assert page.list.chosen_id == "brain_fog"
    press(Qt.Key.Key_Space)
    assert is_asked(page, "brain_fog")
    window.main.undo()
    assert not is_asked(page, "brain_fog")
    assert window.main.page is page


def test_what_is_stopped_moves_to_the_others_when_the_page_is_opened_again(
    window: Window, page: TrackingPage
) -> None:
    before = rows(page)
    press(Qt.Key.Key_Space)
    assert rows(page) == before

    window.main.open_page("today")
    window.main.open_page("tracking")

    assert rows(page).index("fatigue") > rows(page).index("functioning")
    entry = next(entry for entry in page.list.entries if entry.id == "fatigue")
    assert (entry.is_asked, entry.is_movable) == (False, False)
    assert entry.about == f"0–10 · until {short_date(days_ago(1))}"


def test_what_has_an_answer_today_is_stopped_from_tomorrow_and_taken_up_again(
    window: Window, page: TrackingPage
) -> None:
    window.session.apply(lambda journal: journal.days.rate(TODAY, "fatigue", 3000))
    press(Qt.Key.Key_Space)

    assert known(page)["fatigue"].spans[0][1] == TODAY
    assert page.list.entries[1].is_asked is False
    assert page.panel.asked.text() == "Track it"
    press(Qt.Key.Key_Space)
    assert known(page)["fatigue"].spans == ((None, None),)
    assert page.panel.asked.text() == "Stop tracking it"


def test_a_click_on_the_box_or_the_star_does_what_it_shows(page: TrackingPage) -> None:
    click(page, "mood", 20)
    assert not is_asked(page, "mood")
    click(page, "motivation", -45)
    assert known(page)["motivation"].is_short
    click(page, "motivation", -45)
    assert not known(page)["motivation"].is_short
    click(page, "pleasure", 200)
    assert page.list.chosen_id == "pleasure"
    assert is_asked(page, "pleasure")


def test_alt_and_arrows_and_buttons_move_within_the_group(page: TrackingPage) -> None:
    def better() -> list[str]:
        return [metric for metric in rows(page) if metric in ("sleep", "mood", "motivation")]

    page.list.choose("motivation")
    alt = Qt.KeyboardModifier.AltModifier
    press(Qt.Key.Key_Up, modifier=alt)
    assert better() == ["sleep", "motivation", "mood"]
    page.panel.up.click()
    assert better() == ["motivation", "sleep", "mood"]
    assert page.list.chosen_id == "motivation"
    page.panel.up.click()
    assert better() == ["motivation", "sleep", "mood"]
    page.panel.down.click()
    assert better() == ["sleep", "motivation", "mood"]
    # Today asks in this order.
    assert [name for name in known(page) if name in ("sleep", "mood", "motivation")] == better()


def drop(page: TrackingPage, metric_id: str, at: QPointF) -> QDropEvent:
    page.list.choose(metric_id)
    event = QDropEvent(
        at, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.list.dropEvent(event)
    return event


def test_a_row_is_dropped_where_it_shall_stand(page: TrackingPage) -> None:
    above = page.list.visualItemRect(page.list.item(rows(page).index("sleep")))

    event = drop(page, "functioning", QPointF(above.left() + 50, above.top() + 3))

    assert event.dropAction() is Qt.DropAction.IgnoreAction  # Qt would take rows out by itself
    wait_until(lambda: rows(page).index("functioning") < rows(page).index("sleep"))
    assert list(known(page)).index("functioning") < list(known(page)).index("sleep")
    # Dropped in another group it stands at the nearer end of its own.
    first = page.list.visualItemRect(page.list.item(1))
    drop(page, "mood", QPointF(first.left() + 50, first.top() + 3))
    wait_until(lambda: rows(page).index("mood") < rows(page).index("functioning"))
    assert rows(page).index("mood") > rows(page).index("brain_fog")


def test_a_name_is_saved_at_enter_and_stands_everywhere(window: Window, page: TrackingPage) -> None:
    page.list.choose("mood")
    page.panel.name.setFocus()
    page.panel.name.selectAll()
    press(*"Spirits", Qt.Key.Key_Return)

    assert known(page)["mood"].metric.shown_label == "Spirits"
    assert page.notice.sentence == "Renamed: Spirits."
    assert page.panel.heading.text() == "Spirits"
    assert window.main.open_page("today").form.row_of("mood").subject.shown_label == "Spirits"


def test_a_name_that_another_one_has_is_refused_and_kept_as_typed(page: TrackingPage) -> None:
    page.list.choose("mood")
    page.panel.name.setFocus()
    page.panel.name.selectAll()
    press(*"Fatigue", Qt.Key.Key_Return)

    assert known(page)["mood"].metric.shown_label == "Mood"
    assert "already a metric called Fatigue" in page.notice.sentence
    assert page.panel.name.text() == "Fatigue"
    press(Qt.Key.Key_Escape)
    assert page.panel.name.text() == "Mood"


def test_how_often_and_the_short_version_are_chosen(window: Window, page: TrackingPage) -> None:
    page.list.choose("weight")
    page.panel.asked.click()
    page.panel.every.buttons[1].click()

    assert known(page)["weight"].metric.every is Every.WEEK
    assert "once a week" in page.notice.sentence
    assert page.panel.spans.text() == f"Tracked since {short_date(TODAY)}."
    page.list.choose("pleasure")
    page.panel.short.click()
    assert known(page)["pleasure"].is_short
    today = window.main.open_page("today")
    today.toggle_short()
    assert today.form.shown == ("fatigue", "sleep", "mood", "pleasure")


def type_own(page: TrackingPage, name: str, kind: Kind = Kind.SCALE) -> None:
    page.add.click()
    assert page.form.name.hasFocus()
    press(*name)
    page.form.kind.buttons[KINDS.index(kind)].click()


@pytest.mark.parametrize("kind", list(Kind))
def test_one_of_ones_own_of_each_kind_is_asked_on_today_at_once(
    window: Window, page: TrackingPage, kind: Kind
) -> None:
    type_own(page, "Knee", kind)
    assert page.form.unit.isVisible() is (kind is Kind.NUMBER)
    assert page.form.low.isVisible() is (kind is Kind.SCALE)
    page.form.unit.setText("cm")
    page.form.low.setText("none")
    page.form.direction.buttons[1].click()
    page.form.save.click()

    metric = known(page)["knee"].metric
    assert (metric.kind, metric.direction) == (kind, Direction.HIGHER_BETTER)
    assert metric.unit == {Kind.NUMBER: "cm", Kind.DURATION: "min"}.get(kind, "")
    assert metric.low_anchor == ("none" if kind is Kind.SCALE else "")
    assert page.list.chosen_id == "knee"
    assert page.form.isHidden()
    assert page.notice.sentence == "Knee is asked from today on."
    assert window.main.open_page("today").form.row_of("knee") is not None


def test_one_of_ones_own_is_changed_deleted_and_put_back(
    window: Window, page: TrackingPage
) -> None:
    type_own(page, "Knee")
    press(Qt.Key.Key_Return)
    assert not page.panel.change.isHidden()

    page.panel.change.click()
    assert page.form.name.text() == "Knee"
    assert not page.form.kind.isEnabled()
    page.form.high.setText("as bad as can be")
    page.form.every.buttons[2].click()
    page.form.save.click()
    metric = known(page)["knee"].metric
    assert (metric.high_anchor, metric.every) == ("as bad as can be", Every.MONTH)

    page.panel.remove.click()
    assert "knee" not in known(page)
    window.main.undo()
    assert known(page)["knee"].metric == metric
    window.session.apply(lambda journal: journal.days.rate(TODAY, "knee", 3000))
    page.list.choose("knee")
    assert page.panel.remove.isHidden()
    page.list.choose("mood")
    assert page.panel.change.isHidden()


def test_the_form_keeps_what_was_begun_and_says_what_is_missing(page: TrackingPage) -> None:
    page.add.click()
    press(Qt.Key.Key_Return)
    assert page.form.name.accessibleDescription() == "Enter a name first."
    press(*"Mood", Qt.Key.Key_Return)
    assert "already a metric called Mood" in page.notice.sentence
    assert page.form.isVisible()
    press(Qt.Key.Key_Escape)
    assert page.form.isHidden()
    assert page.panel.isVisible()
    page.add.click()
    assert page.form.name.text() == "Mood"


def test_more_than_seven_a_day_is_told_and_the_tenth_rating_is_asked_about(
    page: TrackingPage,
) -> None:
    sentence = "Each extra question makes it more likely to skip days."
    assert page.hint.text() == "7 asked every day."
    for number, name in enumerate(("stress", "pain"), start=8):
        page.list.choose(name)
        press(Qt.Key.Key_Space)
        assert page.hint.text() == f"{number} asked every day. {sentence}"
    page.list.choose("anxiety")
    press(Qt.Key.Key_Space)

    assert not is_asked(page, "anxiety")
    assert page.notice.sentence.startswith("You already rate 9 things each day")
    leave = page.notice.buttons[1]
    leave.click()
    assert not is_asked(page, "anxiety")
    page.list.setFocus()
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.notice.buttons[0]
    press(Qt.Key.Key_Space)
    assert is_asked(page, "anxiety")


def test_changes_of_a_command_are_shown_and_the_choice_stays(
    window: Window, page: TrackingPage
) -> None:
    page.list.choose("motivation")
    window.session.apply(lambda journal: journal.metrics.stop("pleasure", TODAY))

    assert page.list.chosen_id == "motivation"
    entry = next(entry for entry in page.list.entries if entry.id == "pleasure")
    assert not entry.is_asked


def test_hours_asleep_are_listed_once_they_were_given(window: Window, page: TrackingPage) -> None:
    assert "sleep_hours" not in rows(page)
    window.session.apply(lambda journal: journal.days.rate(TODAY, "sleep_hours", 450_000))

    assert "sleep_hours" in rows(page)


def test_a_journal_that_cannot_be_written_is_only_shown(
    open_window: Callable[..., Window],
) -> None:
    page = open_window().main.open_page("tracking")
    page.be_read_only("Read-only.")

    assert not page.list.isEnabled()
    assert not page.add.isEnabled()
    assert page.notice.sentence == "Read-only."
