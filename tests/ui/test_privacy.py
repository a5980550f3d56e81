"""Private by default: what a whole session of the window leaves on the computer."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from moodlab.store.encryption.crypto import make_key
from moodlab.store.journal import Journal
from tests.ui.opening.test_first_start import PASSPHRASE

WORD = "zebrafish" + "lantern"

SESSION = """
    import sys
    from pathlib import Path
    from PySide6.QtCore import QTimer, QEventLoop
    from PySide6.QtWidgets import QApplication, QFileDialog
    from moodlab.paths import find_paths
    from moodlab.ui import application

    passphrase, word, out = sys.argv[1:4]

    def live(milliseconds):
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    class Used(application.Window):
        def show(self):
            super().show()
            QTimer.singleShot(100, self.use)

        def use(self):
            today = self.main.page
            today.footer.note.editor.setPlainText(word)
            today.footer.note.tell_changes()
            for page in ("history", "trends", "report", "labs", "safety", "help", "help_now"):
                self.main.open_page(page)
                live(2500 if page in ("trends", "report") else 100)
            report = self.main.open_page("report")
            report.ask_where("pdf")
            live(200)
            for dialog in report.findChildren(QFileDialog):
                dialog.setDirectory(out)
                dialog.accept()
            for _ in range(100):
                live(100)
                if list(Path(out).glob("*.pdf")):
                    break
            print("saved", bool(list(Path(out).glob("*.pdf"))), flush=True)
            self.session.apply(lambda journal: journal.days.rate(journal.today(), "mood", 4000))
            self.main.close()

    application.Window = Used

    if passphrase:
        from moodlab.ui.lock.unlock import UnlockScreen
        shown = UnlockScreen.showEvent
        def unlock(screen, event):
            shown(screen, event)
            screen.form.secrets.fields[0].setText(passphrase)
            QTimer.singleShot(50, screen.form.submit)
        UnlockScreen.showEvent = unlock
    status = application.run(find_paths())
    import resource
    print("core", *resource.getrlimit(resource.RLIMIT_CORE), flush=True)
    import ctypes
    print("dumpable", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0)
"""


@pytest.mark.skipif(os.name != "posix", reason="file modes")
@pytest.mark.parametrize("passphrase", ["", PASSPHRASE], ids=["plain", "encrypted"])
def test_a_whole_session_leaves_nothing_readable_and_no_word_outside_the_journal(
    tmp_path: Path, passphrase: str
) -> None:
    home, temporary, out = (tmp_path / name for name in ("home", "tmp", "out"))
    for folder in (home, temporary, out):
        folder.mkdir(mode=0o700)
    journal = home / ".local" / "share" / "MoodLab" / "journal.moodlab"
    journal.parent.mkdir(parents=True, mode=0o700)
    for folder in (home / ".local", home / ".local" / "share"):
        folder.chmod(0o700)
    Journal.create(journal, key=make_key(passphrase) if passphrase else None).close()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SESSION), passphrase, WORD, str(out)],
        capture_output=True, text=True, check=False, timeout=120,
        env=kept | {"HOME": str(home), "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "saved True" in done.stdout
    assert "core 0 0" in done.stdout
    if sys.platform == "linux":
        assert "dumpable 0" in done.stdout
    everything = [path for path in tmp_path.rglob("*") if path.parent != tmp_path]
    assert [path for path in everything if path.lstat().st_mode & 0o077] == []
    names = {path.name for path in everything if path.is_file()}
    assert not names & {"QtProject.conf", "recently-used.xbel"}
    holding = [path for path in everything if path.is_file() and WORD.encode() in path.read_bytes()]
    expected = [] if passphrase else [journal]
    assert [path for path in holding if "copies" not in path.parts[-2]] == expected
    assert WORD not in done.stdout + done.stderr
    assert (home / ".cache" / "MoodLab" / "matplotlib").is_dir() or "matplotlib" not in names
