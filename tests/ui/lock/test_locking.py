"""Locking: hidden at once, nothing half typed lost, and a new process that knows nothing."""

import os
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.settings import Settings
from moodlab.store.encryption.crypto import make_key
from moodlab.store.journal import Journal
from moodlab.store.records.drafts import read_draft
from moodlab.ui.application import Window
from moodlab.ui.lock.idle import IdleWatch
from moodlab.ui.opening.transition import Lock
from moodlab.ui.today.page import TodayPage
from tests.moments import TODAY, Clock
from tests.needs import needs
from tests.ui.conftest import press
from tests.ui.today.test_saving import forbid_writing
from tests.ui.waiting import live, wait_until

CTRL = Qt.KeyboardModifier.ControlModifier


def shown_texts(window: Window) -> str:
    from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

    texts = []
    for widget in window.main.findChildren(QLabel):
        if widget.isVisible():
            texts.append(widget.text())
    for kind in (QLineEdit, QPlainTextEdit):
        texts += ["typed" for widget in window.main.findChildren(kind) if widget.isVisible()]
    return " ".join(texts)


def test_the_content_is_gone_within_a_tenth_of_a_second(window: Window, today: TodayPage) -> None:
    today.footer.note.editor.setPlainText("half typed")
    assert today.form.isVisible()
    begun = time.thread_time()  # a busy machine must not fail it
    window.lock()
    took = time.thread_time() - begun

    assert took < 0.1
    assert not today.form.isVisible()
    assert "How was today" not in shown_texts(window)
    assert not window.main.menuBar().isVisible()


def test_ctrl_l_locks_and_leaves_by_the_lock(window: Window, today: TodayPage) -> None:
    press("l", modifier=CTRL)
    wait_until(lambda: window.transition is not None)

    assert isinstance(window.transition, Lock)
    assert window.transition.paths.journal == window.session.journal.path


def test_a_half_typed_note_is_saved_as_the_days_note(window: Window, today: TodayPage) -> None:
    today.footer.note.editor.setFocus()
    QTest.keyClicks(today.footer.note.editor, "half a sen")
    window.lock()
    wait_until(lambda: window.transition is not None)

    assert window.session.journal.days.read_day(TODAY).note == "half a sen"


def test_what_stands_half_typed_in_other_fields_comes_back_where_it_was(
    open_window: Callable[..., Window],
) -> None:
    window = open_window()
    page = window.main.open_page("report")
    page.questions.field.setFocus()
    QTest.keyClicks(page.questions.field, "Is it the tab")
    window.main.open_page("today")
    sleep = window.main.page.sleep.field
    sleep.setFocus()
    QTest.keyClicks(sleep, "7:x")
    window.lock()
    wait_until(lambda: window.transition is not None)
    live(300)  # the page's own timers
    window.main.hide()
    window.close()

    again = open_window(page="today")
    assert again.main.page.sleep.field.text() == "7:x"
    assert again.main.open_page("report").questions.field.text() == "Is it the tab"
    assert read_draft(again.session.journal.ledger)
    # Once it is saved, nothing of it is kept apart.
    again.main.page.questions.field.clear()
    again.main.open_page("today").sleep.field.clear()
    again.session.apply(lambda journal: journal.days.rate(TODAY, "mood", 1000))
    assert read_draft(again.session.journal.ledger) == ""


def test_the_day_that_stood_open_is_not_opened_again_for_what_waits_on_another_page(
    open_window: Callable[..., Window], clock: Clock
) -> None:
    window = open_window(page="report")
    QTest.keyClicks(window.main.page.questions.field, "Why so")
    window.main.open_page("today").go(-1)
    window.close()
    clock.pass_time(days=1)

    again = open_window()
    assert again.main.page.sheet.day == TODAY + timedelta(days=1)
    assert again.main.open_page("report").questions.field.text() == "Why so"


def test_closing_keeps_what_is_half_typed_too(open_window: Callable[..., Window]) -> None:
    window = open_window(page="report")
    QTest.keyClicks(window.main.page.questions.field, "Why so")
    live(300)  # the page's own timers
    window.main.close()
    window.close()

    assert open_window(page="report").main.page.questions.field.text() == "Why so"


def test_the_clipboard_is_emptied_if_it_is_ours(window: Window) -> None:
    QApplication.clipboard().setText("my note")
    if not QApplication.clipboard().ownsClipboard():
        pytest.skip("this platform does not say whose clipboard it is")
    window.lock()

    assert QApplication.clipboard().text() == ""


def test_dialogs_go_too(window: Window) -> None:
    window.main._ask_before_closing("One entry is not saved yet.")
    QApplication.processEvents()
    window.lock()

    visible = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert visible == [window.main]


def test_what_cannot_be_saved_keeps_the_lock_waiting_and_the_window_hidden(
    window: Window, today: TodayPage
) -> None:
    forbid_writing(window, is_forbidden=True)
    press("7")
    window.lock()
    live(50)

    cover = window.main.centralWidget()
    assert window.transition is None
    assert not today.form.isVisible()
    assert "One entry is not saved yet" in cover.sentence.text()
    assert cover.button.text() == "Show my diary"

    forbid_writing(window, is_forbidden=False)
    window.locker._retry.timeout.emit()
    assert isinstance(window.transition, Lock)
    stored = window.session.journal.days.read_ratings(TODAY, TODAY)
    assert stored["fatigue"][0].value == 7000


def test_the_way_back_from_a_waiting_lock(window: Window, today: TodayPage) -> None:
    forbid_writing(window, is_forbidden=True)
    press("7")
    window.lock()
    live(50)
    window.main.centralWidget().button.click()

    assert today.form.isVisible()
    assert window.main.menuBar().isVisible()
    assert not window.locker.is_locked
    forbid_writing(window, is_forbidden=False)


def test_nobody_there_locks_after_the_chosen_minutes(
    open_window: Callable[..., Window],
) -> None:
    window = open_window(Settings(theme="light", lock_minutes=5))
    watch = window._idle
    watch._wall -= 4 * 60
    watch.look()
    assert window.locker is None
    watch._wall -= 2 * 60
    watch.look()

    assert window.locker.is_locked


def test_a_computer_that_slept_locks_on_waking(app: QApplication) -> None:
    watch, left = IdleWatch(), []
    watch.left.connect(lambda: left.append(True))
    watch.watch(60)
    watch.look()
    assert left == []
    watch._looked -= 120
    watch.look()
    assert left == [True]
    watch.watch(0)
    watch._looked -= 120
    watch.look()
    assert left == [True]


def test_a_key_counts_as_somebody_being_there(open_window: Callable[..., Window]) -> None:
    window = open_window(Settings(theme="light", lock_minutes=1))
    watch = window._idle
    watch._wall -= 59
    watch._steady -= 59
    QTest.keyClick(window.main.windowHandle(), Qt.Key.Key_7)
    watch.look()

    assert window.locker is None
    assert time.time() - watch._wall < 5


def test_by_default_nothing_locks_by_itself(window: Window) -> None:
    assert window._idle is None


PROGRAM = """
    import os, sys
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication
    from moodlab.paths import find_paths
    from moodlab.ui import application
    from moodlab.ui.lock.unlock import UnlockScreen

    def step():
        for window in QApplication.topLevelWidgets():
            if isinstance(window, UnlockScreen) and window.isVisible():
                if is_after_lock:
                    print("locked", flush=True)
                    timer.stop()
                elif steps:
                    window.form.secrets.fields[0].setText(steps.pop())
                    window.form.button.click()
                return
            if hasattr(window, "navigation") and window.isVisible() and window.page:
                timer.stop()  # QTest lets timers run
                editor = window.page.footer.note.editor
                editor.setFocus()
                QTest.keyClicks(editor, sys.stdin.readline().strip())
                print("typed", flush=True)
                sys.stdin.readline()
                window.session.lock_asked.emit()
                return

    def make_watched(settings):
        global timer
        app = make(settings)
        timer = QTimer(interval=300)
        timer.timeout.connect(step)
        timer.start()
        return app

    is_after_lock = "MOODLAB_LOCKED" in os.environ
    steps = [] if is_after_lock else [sys.stdin.readline().strip()]
    make, application.make_application = application.make_application, make_watched
    sys.exit(application.run(find_paths(data_dir=sys.argv[1])))
"""


def count_in_memory(process: int, words: list[bytes]) -> list[int]:
    found = [0] * len(words)
    place = Path("/proc") / str(process)
    with (place / "maps").open() as maps, (place / "mem").open("rb", 0) as memory:
        for line in maps:
            area = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if area is None or "[v" in line:
                continue
            first, end = int(area[1], 16), int(area[2], 16)
            try:
                memory.seek(first)
                content = memory.read(end - first)
            except (OSError, OverflowError, ValueError):
                continue
            for number, word in enumerate(words):
                found[number] += content.count(word)
    return found


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="only root may read the memory of a process that refuses onlookers",
)
def test_after_a_lock_neither_text_nor_passphrase_nor_key_is_in_memory(tmp_path: Path) -> None:
    word, passphrase = "zebrafish" + "lantern", "correct" + "horse" + "staple"
    key = make_key(passphrase)
    Journal.create(tmp_path / "journal.moodlab", key=key).close()
    words = [form for text in (word, passphrase, key.raw.hex())
             for form in (text.encode(), text.encode("utf-16-le"))]  # fmt: skip
    words.append(key.raw)
    program = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    try:
        program.stdin.write(passphrase + "\n")
        program.stdin.write(word + "\n")
        assert program.stdout.readline() == "typed\n"
        before = count_in_memory(program.pid, words)
        program.stdin.write("lock\n")
        assert program.stdout.readline() == "locked\n"
        after = count_in_memory(program.pid, words)
    finally:
        program.kill()
        program.communicate()

    assert sum(before[:2]) > 0  # the scan sees what there is
    assert before[-1] > 0
    assert after == [0] * len(words)
    with Journal.open(tmp_path / "journal.moodlab", key=key) as journal:
        assert journal.days.read_day(journal.today()).note == word


SLEEPER = """
    import sys
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication
    from moodlab.ui.lock.idle import IdleWatch
    app = QGuiApplication(sys.argv[:1])
    watch = IdleWatch()
    watch.left.connect(lambda: (print("left", flush=True), app.quit()))
    watch.watch(60)
    print("watching", flush=True)
    QTimer.singleShot(10_000, app.quit)
    app.exec()
"""


@needs("dbus-run-session", "dbus-send")
@pytest.mark.parametrize(
    "signal",
    [
        ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged"),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged"),
    ],
    ids=lambda signal: signal[1],
)
def test_the_screens_own_lock_locks_the_diary(signal: tuple[str, str], tmp_path: Path) -> None:
    program = tmp_path / "sleeper.py"
    program.write_text(textwrap.dedent(SLEEPER))
    send = f"dbus-send --session --type=signal {signal[0]} {signal[1]} boolean:true"
    script = (
        f"{sys.executable} {program} > {tmp_path}/out & "
        f"while ! grep -q watching {tmp_path}/out; do sleep 0.1; done; {send}; wait"
    )
    subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        check=True, capture_output=True, timeout=60,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip

    assert (tmp_path / "out").read_text() == "watching\nleft\n"
