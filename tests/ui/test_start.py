"""Starting and stopping: the first start, trouble with the file, kill -9, what is loaded."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from moodlab.paths import find_paths
from moodlab.store.journal import Journal
from moodlab.ui.errors import describe_failure
from moodlab.ui.opening.transition import Opening
from moodlab.ui.opening.unopened import UnopenedScreen

HEAVY = ("matplotlib", "typst", "numpy", "sqlite_utils", "click")
# What is only wanted by a key, a menu or a pause.
ON_DEMAND = (
    "moodlab.ui.palette", "moodlab.ui.questionnaires", "moodlab.ui.pause",
    "moodlab.ui.today.pause_notice", "moodlab.domain.tracking.pauses",
)  # fmt: skip

CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from moodlab.ui import application
from moodlab.paths import find_paths

class Waiting(application.Window):
    def show(self):
        super().show()
        self.main.activateWindow()
        QTimer.singleShot(0, self.type)
    def type(self):
        QTest.qWaitForWindowActive(self.main)
        for key in "763":
            QTest.keyClick(QApplication.focusWidget(), key)
        print("typed", flush=True)

application.Window = Waiting
application.run(find_paths(data_dir=sys.argv[1]))
"""


def run_child(code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is POSIX")
def test_three_digits_survive_kill_9(tmp_path: Path) -> None:
    Journal.create(tmp_path / "journal.moodlab").close()
    child = run_child(CHILD, str(tmp_path))
    assert child.stdout is not None
    assert child.stdout.readline() == "typed\n"
    child.send_signal(signal.SIGKILL)
    child.wait(10)
    child.stdout.close()

    with Journal.open(tmp_path / "journal.moodlab") as journal:
        today = journal.today()
        stored = journal.days.read_ratings(today, today)
        assert {name: found[0].value for name, found in stored.items()} == {
            "fatigue": 7000, "brain_fog": 6000, "sleep": 3000,
        }  # fmt: skip


def test_the_window_shows_today_without_anything_heavy() -> None:
    code = f"""
        import sys, tempfile
        import moodlab.app
        from moodlab.paths import find_paths
        from moodlab.settings import Settings
        from moodlab.store.journal import Journal
        from moodlab.ui import application
        with tempfile.TemporaryDirectory() as folder:
            paths = find_paths(data_dir=folder)
            Journal.create(paths.journal).close()
            for name in {HEAVY!r}:
                sys.modules.pop(name, None)
            before = set(sys.modules)
            app = application.make_application(Settings())
            journal = Journal.open(paths.journal)
            window = application.Window(app, journal, Settings(), paths)
            window.show()
            app.processEvents()
            wanted = {(*HEAVY, *ON_DEMAND)!r}
            loaded = [name for name in wanted if name in set(sys.modules) - before]
            window.main.hide()
            window.close()
        print(loaded)
    """
    child = run_child(code)
    assert child.communicate(timeout=60)[0].strip() == "[]"


def test_importing_the_app_loads_nothing_heavy_and_no_qt() -> None:
    child = run_child(
        f"import sys, moodlab.app\n"
        f"print([name for name in {(*HEAVY, 'PySide6')!r} if name in sys.modules])"
    )
    assert child.communicate(timeout=60)[0].strip() == "[]"


def test_a_file_that_is_no_journal_gives_a_calm_screen_and_another_try(
    app: QApplication, tmp_path: Path, journal_path: Path
) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear diary", encoding="utf-8")
    paths = find_paths(data_dir=str(tmp_path))._replace(journal=text)
    screen = UnopenedScreen("letter.txt is not a journal.", Opening(paths))
    QTimer.singleShot(0, lambda: screen.open_file(journal_path))

    decided = screen.wait()

    assert decided.paths.journal == journal_path
    assert decided.paths.is_remembered
    assert text.read_text(encoding="utf-8") == "Dear diary"
    screen.deleteLater()


def test_quitting_there_opens_nothing(app: QApplication, tmp_path: Path) -> None:
    screen = UnopenedScreen("No.", Opening(find_paths(data_dir=str(tmp_path))))
    QTimer.singleShot(0, screen.quit.click)

    assert screen.wait() is None
    screen.deleteLater()


def test_details_of_a_failure_hold_no_contents() -> None:
    def fail(note: str) -> None:
        raise ValueError(f"could not read {note}")

    try:
        fail("my secret note")
    except ValueError as error:
        details = describe_failure(type(error), error.__traceback__)

    assert "secret" not in details
    assert str(Path.home()) not in details
    assert details.startswith("ValueError\n")
    assert "test_start.py" in details


def test_an_unexpected_error_is_told_calmly_and_the_window_stays(
    open_window: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    from moodlab.ui.errors import show_unexpected_errors

    window = open_window()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", None)
    show_unexpected_errors(window.main)
    sys.excepthook(ValueError, ValueError("my secret note"), None)
    QApplication.processEvents()

    box = QApplication.activeModalWidget()
    assert box.text() == "Something went wrong on Today. Your entries are safe."
    copy = next(button for button in box.buttons() if button.text() == "Copy details")
    copy.click()
    assert "secret" not in QApplication.clipboard().text()
    assert "ValueError" in QApplication.clipboard().text()
    box.close()
