"""Questions for the visit: ticked for the page, answered with what was said, asked again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moodlab.domain.events import Question, answer_question
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.questions.question_list import QuestionList
from tests.moments import TODAY, days_ago


@pytest.fixture(params=["treatments", "report"])
def questions(
    request: pytest.FixtureRequest, open_window: Callable[..., Window], journal: Journal
) -> QuestionList:
    """The list on both pages that show it, with four open questions and an answered one."""
    for number in range(4):
        journal.events.ask(Question(f"q{number}", days_ago(9 - number), f"Question {number}?"))
    old = Question("old", days_ago(40), "Is it iron?")
    journal.events.ask(answer_question(old, days_ago(30), "No, stop it."))
    return open_window(page=request.param).main.page.questions


def read(journal: Journal, question_id: str) -> Question:
    return next(each for each in journal.events.read_questions() if each.id == question_id)


def test_the_ticked_ones_are_printed(questions: QuestionList, journal: Journal) -> None:
    assert questions._limit.text() == "The first 3 ticked are printed."
    questions.rows["q1"].tick.click()

    assert [each.on_page for each in journal.events.read_questions() if not each.is_closed] == [
        True, False, True, True,
    ]  # fmt: skip
    assert questions._limit.text() == "What is ticked is printed on the page."


def test_what_was_said_is_kept_with_the_day(questions: QuestionList, journal: Journal) -> None:
    row = questions.rows["q0"]
    row.discussed.click()

    assert read(journal, "q0") == answer_question(row.question, TODAY, "")
    assert row.said.hasFocus()
    QTest.keyClicks(row.said, "Perhaps; halve it.")
    QTest.keyClick(row.said, Qt.Key.Key_Return)
    assert (read(journal, "q0").answer, read(journal, "q0").answered_day) == (
        "Perhaps; halve it.", TODAY,
    )  # fmt: skip
    assert questions.field.hasFocus()


def test_answered_ones_are_folded_and_can_be_put_right(
    questions: QuestionList, journal: Journal
) -> None:
    answered = questions.answered
    assert answered.fold.text() == "Show answered (1)"
    assert not answered.rows["old"].isVisible()
    answered.fold.click()
    row = answered.rows["old"]
    assert row.isVisible()
    assert row._answer.text() == "2 Feb 2026: No, stop it."

    row.edit.click()
    row.day.setText("1.2.2026")
    row.said.setText("No. Stop it in May.")
    QTest.keyClick(row.said, Qt.Key.Key_Return)

    assert row._answer.text() == "1 Feb 2026: No. Stop it in May."
    assert read(journal, "old").answer == "No. Stop it in May."
    row.edit.click()
    row.day.setText("1.2.2199")
    QTest.keyClick(row.day, Qt.Key.Key_Return)
    assert "in the future" in row._trouble.text()
    QTest.keyClick(row.day, Qt.Key.Key_Escape)
    assert row._answer.isVisible()


def test_an_answered_one_is_asked_again_or_removed(
    questions: QuestionList, journal: Journal
) -> None:
    questions.answered.fold.click()
    questions.answered.rows["old"].again.click()
    assert "old" in questions.rows
    assert not read(journal, "old").is_closed
    assert questions.answered.isHidden()

    questions.rows["old"].discussed.click()
    questions.window().open_page("labs")
    page = questions.window().open_page("treatments")
    page.questions.answered.fold.click()
    page.questions.answered.rows["old"].remove.click()
    assert "old" not in [each.id for each in journal.events.read_questions()]
    page.lower_notice.buttons[0].click()
    assert read(journal, "old").is_closed


def test_undo_goes_to_the_question(questions: QuestionList, journal: Journal) -> None:
    main = questions.window()
    questions.rows["q2"].tick.click()
    main.open_page("today")
    main.undo()

    assert main.page.ID == "treatments"
    assert main.page.questions.rows["q2"].edit.hasFocus()
    assert main.page.questions.rows["q2"].tick.isChecked()
