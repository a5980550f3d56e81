"""About MoodLab: which version this is, what it is made of, and under which licences."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from moodlab import __version__
from moodlab.i18n import translate
from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.look.style import look
from moodlab.ui.widgets.text import Button, hairline, label

WIDTH = 520
# What the window is made of: its name, the name of its package, its licence.
PARTS = (
    ("Qt, PySide6", "PySide6-Essentials", "LGPL 3"),
    ("SQLCipher, sqlcipher3", "sqlcipher3", "BSD, zlib"),
    ("sqlite-utils", "sqlite-utils", "Apache 2.0"),
    ("argon2-cffi", "argon2-cffi", "MIT"),
    ("Matplotlib", "matplotlib", "PSF-based"),
    ("NumPy", "numpy", "BSD"),
    ("Typst", "typst", "Apache 2.0"),
    ("cattrs", "cattrs", "MIT"),
    ("click", "click", "BSD"),
    ("platformdirs", "platformdirs", "MIT"),
    ("tzdata", "tzdata", "Apache 2.0"),
    ("Inter", "", "SIL Open Font License 1.1"),
)  # fmt: skip


class AboutDialog(QDialog):
    """A small window to read; Esc and Close end it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pageBody")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("about", "About MoodLab"))
        px = look().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[px(PAGE_MARGIN * 0.75)] * 4)
        layout.setSpacing(px(GRID))
        layout.addWidget(
            label(translate("about", "MoodLab {version}").format(version=__version__), "title")
        )
        for text, role in (
            (
                translate(
                    "about", "A private journal for energy, drive, mood, sleep and blood results."
                ),
                "body",
            ),
            (
                translate(
                    "about",
                    "It has no account and never uses the internet. It is a diary: no diagnosis, "
                    "no advice.",
                ),
                "muted",
            ),
            (
                translate(
                    "about",
                    "MIT licence. You may use, copy and change it. It comes without warranty.",
                ),
                "muted",
            ),
        ):
            layout.addWidget(label(text, role, wrap=True))
        layout.addSpacing(px(GRID))
        layout.addWidget(label(translate("about", "Made with"), "heading"))
        layout.addWidget(hairline())
        layout.addLayout(self._parts())
        self.close_button = Button(translate("about", "Close"), "secondary", self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        layout.addSpacing(px(GRID))
        layout.addLayout(row)
        self.setFixedWidth(px(WIDTH))
        self.close_button.setFocus()

    def _parts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(look().px(2))
        grid.setColumnStretch(0, 1)
        python = ("Python", platform.python_version(), "PSF")
        shown = [(name, _version_of(package), licence) for name, package, licence in PARTS]
        for row, texts in enumerate((python, *shown)):
            for column, text in enumerate(texts):
                grid.addWidget(label(text, "quiet"), row, column)
        return grid


def _version_of(package: str) -> str:
    try:
        return version(package) if package else ""
    except PackageNotFoundError:  # a program packed without its packages' descriptions
        return ""
