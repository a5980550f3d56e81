"""The Report page as a person uses it: choose the days, see the page, save it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QRadioButton

from moodlab.domain.days import Period, span_text
from moodlab.domain.events import Event, Question
from moodlab.paths import find_paths
from moodlab.report.model import choose_period
from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window, make_application
from moodlab.ui.questions.question_row import QuestionRow
from moodlab.ui.report.page import ReportPage
from moodlab.ui.report.section_choice import SectionChoice
from tests.moments import TODAY, days_ago
from tests.ui.waiting import wait_until

OpenReport = Callable[..., ReportPage]


@pytest.fixture
def open_report(tmp_path: Path, opened: list[Window]) -> Iterator[OpenReport]:
    """Opens the real window at Report and waits until the page is drawn."""

    def open_at(journal: Journal, **preferences) -> ReportPage:
        settings = Settings(**({"theme": "light", "paper": "a4"} | preferences))
        window = Window(
            make_application(settings), journal, settings, find_paths(data_dir=str(tmp_path))
        )
        opened.append(window)
        window.main.resize(1040, 720)
        window.show()
        window.main.activateWindow()
        page = window.main.open_page("report")
        wait_until(page.save_pdf.isEnabled)
        settle(window)
        return page

    yield open_at
    for window in opened:
        window.main.close()
        window.close()
        window.main.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(window: Window) -> None:
    """Wait until all that was asked for came back."""
    answered: list[None] = []
    window.worker.run(lambda _journal, _progress: None, answered.append)
    wait_until(lambda: answered)


def shown_text(page: ReportPage) -> str:
    """What the sheets of the preview say."""
    return page.preview.accessibleDescription()


def first_sheet(page: ReportPage) -> QImage:
    return page.preview.widget().images[0]


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def save(page: ReportPage, target: Path, kind: str = "pdf") -> None:
    page.save(target, kind)
    wait_until(lambda: page.notice.isVisible() and page.notice.sentence)


def test_what_is_shown_is_what_is_saved(
    open_report: OpenReport, example: Journal, tmp_path: Path
) -> None:
    page = open_report(example)
    target = tmp_path / "page.pdf"

    save(page, target)

    saved = pypdfium2.PdfDocument(target)
    assert page.preview.sheet_count == len(saved)
    saved.close()
    assert "65 of 85 days" in text_of(target)
    assert "65 of 85 days" in " ".join(shown_text(page).split())


def test_saving_says_that_anyone_can_read_the_file(
    open_report: OpenReport, example: Journal, tmp_path: Path
) -> None:
    page = open_report(example)

    save(page, tmp_path / "page.pdf")

    assert page.notice.sentence == (
        "Saved page.pdf. The PDF is not encrypted. Anyone who has the file can read it."
    )
    assert [button.text() for button in page.notice.buttons] == ["Open", "Show in folder"]


def test_the_text_twin_is_saved_too(
    open_report: OpenReport, example: Journal, tmp_path: Path
) -> None:
    page = open_report(example)

    save(page, tmp_path / "page.txt", "txt")

    assert (tmp_path / "page.txt").read_text("utf-8").startswith("Symptom diary summary")


def test_a_folder_that_is_gone_is_told_and_nothing_is_lost(
    open_report: OpenReport, example: Journal, tmp_path: Path
) -> None:
    page = open_report(example)

    save(page, tmp_path / "gone" / "page.pdf")

    assert "Can't save page.pdf" in page.notice.sentence
    assert page.save_pdf.isEnabled()


def test_the_suggested_name_says_the_days_and_not_the_person(
    open_report: OpenReport, example: Journal
) -> None:
    example.set_settings({"person_name": "Ada Example"})
    page = open_report(example)

    page.ask_where("pdf")

    (dialog,) = page.findChildren(QFileDialog)
    (chosen,) = dialog.selectedFiles()
    first = choose_period(TODAY, example.events.read_events()).first.isoformat()
    assert Path(chosen).name == f"symptom-summary_{first}_{TODAY.isoformat()}.pdf"
    dialog.reject()


def test_other_days_draw_the_page_anew_and_are_remembered(
    open_report: OpenReport, opened: list[Window], example: Journal
) -> None:
    page = open_report(example)

    page.period.buttons["4 weeks"].click()
    wait_until(lambda: "28 days" in page.subtitle.text())

    assert opened[-1].session.settings.report_period == "4 weeks"
    assert "of 28 days" in shown_text(page)


def test_own_dates_can_be_chosen(open_report: OpenReport, example: Journal) -> None:
    page = open_report(example)

    page.period.buttons["own"].click()
    assert page.period.first.isVisible()
    page.period.first.choose(date(2026, 1, 5))
    chosen = Period(date(2026, 1, 5), TODAY)
    wait_until(lambda: span_text(chosen) in page.subtitle.text())

    assert f"of {len(chosen)} days" in shown_text(page)


def test_dates_in_the_wrong_order_are_told_in_a_sentence(
    open_report: OpenReport, example: Journal
) -> None:
    page = open_report(example)

    page.period.buttons["own"].click()
    page.period.last.choose(date(2025, 1, 1))
    wait_until(lambda: "before it begins" in page.notice.sentence)

    assert page.notice.isVisible()


def test_without_an_appointment_there_is_nothing_to_count_from(
    open_report: OpenReport, journal: Journal
) -> None:
    page = open_report(journal)

    assert not page.period.buttons["since"].isEnabled()
    assert "84 days" in page.subtitle.text()


def test_too_few_days_offer_the_day_list(open_report: OpenReport, journal: Journal) -> None:
    page = open_report(journal, report_period="own")

    page.period.first.choose(date(2026, 3, 1))

    wait_until(lambda: page.subtitle.text().startswith("Not enough days for a summary page."))


def test_a_question_is_added_with_enter_and_closed_when_discussed(
    open_report: OpenReport, journal: Journal
) -> None:
    page = open_report(journal)

    page.questions.field.setFocus()
    QTest.keyClicks(page.questions.field, "Is it the dose?")
    QTest.keyClick(page.questions.field, Qt.Key.Key_Return)
    wait_until(lambda: "Is it the dose?" in shown_text(page))

    (question,) = journal.events.read_questions()
    assert (question.text, question.asked_day) == ("Is it the dose?", TODAY)
    page.questions.rows[question.id].discussed.click()
    wait_until(lambda: "Is it the dose?" not in shown_text(page))
    assert journal.events.read_questions()[0].is_closed


def ask(page: ReportPage, *texts: str) -> list[QuestionRow]:
    """Add questions as a person does, and return their rows."""
    for text in texts:
        page.questions.field.setFocus()
        QTest.keyClicks(page.questions.field, text)
        QTest.keyClick(page.questions.field, Qt.Key.Key_Return)
    return list(page.questions.rows.values())


def test_a_question_is_put_another_way_in_its_place(
    open_report: OpenReport, journal: Journal
) -> None:
    page = open_report(journal)
    first, second = ask(page, "Is it the dose?", "How long?")

    first.edit.click()
    assert first.field.text() == "Is it the dose?"
    assert first.field.hasFocus()
    QTest.keyClick(first.field, Qt.Key.Key_Home)
    QTest.keyClicks(first.field, "Why? ")
    QTest.keyClick(first.field, Qt.Key.Key_Return)
    second.edit.click()
    QTest.keyClicks(second.field, " Years?")
    QTest.keyClick(second.field, Qt.Key.Key_Escape)

    texts = [question.text for question in journal.events.read_questions()]
    assert texts == ["Why? Is it the dose?", "How long?"]
    assert second.edit.hasFocus()
    assert second.field.isHidden()
    wait_until(lambda: "Why? Is it the dose?" in shown_text(page))


def test_words_half_typed_stay_while_another_question_comes(
    open_report: OpenReport, journal: Journal
) -> None:
    page = open_report(journal)
    (row,) = ask(page, "Is it the dose?")
    row.edit.click()
    QTest.keyClicks(row.field, " Or")

    ask(page, "How long?")

    assert row.field.text() == "Is it the dose? Or"
    QTest.keyClick(row.field, Qt.Key.Key_Escape)


def test_a_question_is_removed_and_comes_back(open_report: OpenReport, journal: Journal) -> None:
    page = open_report(journal)
    first, second = ask(page, "Is it the dose?", "How long?")

    first.remove.click()

    assert [question.text for question in journal.events.read_questions()] == ["How long?"]
    assert page.notice.sentence == "Removed: “Is it the dose?”."
    # Its row stays, so that a second click removes no other question.
    assert not first.remove.isEnabled()
    assert second.remove.isEnabled()

    page.notice.buttons[0].click()
    assert len(journal.events.read_questions()) == 2
    assert first.remove.isEnabled()
    assert page.notice.isHidden()


def test_the_line_for_a_question_is_in_sight_however_many_there_are(
    open_report: OpenReport, journal: Journal
) -> None:
    for number in range(8):
        journal.events.ask(Question(f"q{number}", TODAY, f"Question {number}, " * 9))
    page = open_report(journal)

    for field in (page.questions.field, page.questions.add):
        assert not field.visibleRegion().isEmpty()
        assert field.visibleRegion().boundingRect() == field.rect()


@pytest.mark.parametrize("typed", ["3.1.2026", "3 Jan 2026", "2026-01-03"])
def test_dates_are_typed_as_on_labs(open_report: OpenReport, example: Journal, typed: str) -> None:
    page = open_report(example, report_period="own")
    first = page.period.first
    first.setFocus()
    first.selectAll()
    QTest.keyClicks(first, typed)
    QTest.keyClick(first, Qt.Key.Key_Return)

    wait_until(lambda: span_text(Period(date(2026, 1, 3), TODAY)) in page.subtitle.text())
    assert first.text() == "3 Jan 2026"


def test_a_date_that_is_none_leaves_the_page_as_it_is(
    open_report: OpenReport, example: Journal
) -> None:
    page = open_report(example, report_period="own")
    before = page.subtitle.text()
    page.period.first.setFocus()
    page.period.first.selectAll()
    QTest.keyClicks(page.period.first, "31.2.")
    QTest.keyClick(page.period.first, Qt.Key.Key_Return)

    assert page.period.trouble.isVisible()
    assert page.period.trouble.text().startswith("“31.2.” is not a day.")
    assert page.subtitle.text() == before
    page.period.first.choose(TODAY)
    assert page.period.trouble.isHidden()


def test_a_question_asked_twice_is_asked_about(open_report: OpenReport, journal: Journal) -> None:
    page = open_report(journal)

    page.questions.asked.emit("Is it the dose?")
    page.questions.asked.emit("is it the dose?")
    assert page.notice.sentence == "“is it the dose?” is on the list already. Ask it twice?"
    assert len(journal.events.read_questions()) == 1
    page.notice.buttons[0].click()

    assert len(journal.events.read_questions()) == 2


def test_name_and_birth_are_kept_when_the_field_is_left(
    open_report: OpenReport, journal: Journal
) -> None:
    page = open_report(journal)

    page.identity.name.setFocus()
    QTest.keyClicks(page.identity.name, "Ada Example")
    page.identity.born.setFocus()
    wait_until(lambda: "Name: Ada Example" in shown_text(page))

    assert journal.identity().name == "Ada Example"


def test_another_paper_is_remembered_and_shown(
    open_report: OpenReport, opened: list[Window], journal: Journal
) -> None:
    page = open_report(journal)
    tall = first_sheet(page)

    page.paper.buttons[1].click()

    assert opened[-1].session.settings.paper == "letter"
    wait_until(
        lambda: (
            first_sheet(page).height() / first_sheet(page).width()
            < tall.height() / tall.width() - 0.05
        )
    )


def test_a_rating_made_elsewhere_reaches_the_page(
    open_report: OpenReport, opened: list[Window], journal: Journal
) -> None:
    page = open_report(journal)

    opened[-1].session.apply(lambda book: book.days.rate(days_ago(1), "mood", 4000))

    wait_until(lambda: "1 of 2 days have a rating" in shown_text(page))


def test_what_cannot_be_printed_is_said_before_saving(
    open_report: OpenReport, journal: Journal
) -> None:
    journal.days.write_note(TODAY, "Better 😀", for_doctor=True)

    page = open_report(journal)

    assert page.warning.isVisible()
    assert "😀" in page.warning.text()


def test_larger_preview_is_rendered_for_its_size(open_report: OpenReport, journal: Journal) -> None:
    page = open_report(journal)
    before = first_sheet(page).width()

    page.zoom.buttons[2].click()
    wait_until(lambda: first_sheet(page).width() > before * 1.5)

    assert page.preview.widget().width() > page.preview.viewport().width()


def test_the_preview_scrolls_with_the_keyboard(open_report: OpenReport, example: Journal) -> None:
    page = open_report(example)
    bar = page.preview.verticalScrollBar()
    page.preview.setFocus()
    assert QApplication.focusWidget() is page.preview

    QTest.keyClick(page.preview, Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    QTest.keyClick(page.preview, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_the_keyboard_reaches_every_control_by_name(
    open_report: OpenReport, example: Journal
) -> None:
    page = open_report(example)

    controls = (
        *page.period.buttons.values(), page.questions.field, page.questions.add,
        page.identity.name, page.identity.born, *page.paper.buttons, *page.zoom.buttons,
        page.preview, page.save_pdf, page.save_text,
    )  # fmt: skip
    for control in controls:
        # Of a group of choices Tab reaches the one that holds; arrows reach the others.
        is_choice = isinstance(control, QRadioButton) and not control.isChecked()
        assert is_choice or control.focusPolicy() & Qt.FocusPolicy.TabFocus
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), control


def test_drawing_happens_beside_the_window(
    open_report: OpenReport, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from moodlab.report import pdf

    seen: list[int] = []
    real = pdf.typeset

    def watched(*arguments, **named):
        seen.append(threading.get_ident())
        return real(*arguments, **named)

    monkeypatch.setattr(pdf, "typeset", watched)
    open_report(journal)

    assert seen
    assert threading.get_ident() not in seen


def test_sections_are_left_out_kept_and_named(
    open_report: OpenReport, example: Journal, tmp_path: Path
) -> None:
    page = open_report(example)
    assert "results" in page.contents.text()

    page.sections.sections["labs"].click()
    wait_until(lambda: "Blood results" not in shown_text(page))

    assert "results" not in page.contents.text()
    assert "treatments" in page.contents.text()
    for kind in ("html", "txt"):
        target = tmp_path / f"page.{kind}"
        page.save(target, kind)
        wait_until(target.exists)
        assert "Blood results" not in target.read_text(encoding="utf-8")
        assert "Sertraline" in target.read_text(encoding="utf-8")
    assert page._session.settings.report_without == "labs"
    assert SectionChoice(page._session.settings).options.without == {"labs"}


def test_one_sheet_takes_large_print_off(open_report: OpenReport, example: Journal) -> None:
    page = open_report(example)
    large, one = (page.sections.extras[name] for name in ("large", "one-sheet"))

    large.click()
    wait_until(lambda: len(page._drawn.sheets) > 5)
    one.click()
    wait_until(lambda: len(page._drawn.sheets) == 1)

    assert not large.isChecked()
    assert not large.isEnabled()
    assert page._session.settings.report_extras == "one-sheet"


def test_an_appointment_too_recent_is_explained(open_report: OpenReport, journal: Journal) -> None:
    journal.events.save_event(Event("e" * 32, days_ago(5), "Dr Weber", is_appointment=True))

    page = open_report(journal)

    assert page.period.why.isVisible()
    assert "A summary needs 14 days" in page.period.why.text()
    assert not page.period.buttons["since"].isEnabled()
