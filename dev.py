#!/usr/bin/env python3
"""Sets MoodLab up on a fresh machine and starts it, or runs its tests. Standard library only.

    python3 dev.py run [ARGUMENTS]    the window, or a command of MoodLab's
    python3 dev.py test [ARGUMENTS]   the tests (arguments go to pytest)
    python3 dev.py lock               what `requirements.lock` is made with

The same words work on Linux, Windows and macOS. What is set up stays in `.venv`; a second call
needs no network. See README.md for the standard way with pip, which works as well.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock"
OLDEST, TOO_NEW = (3, 11), (3, 15)
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "moodlab-set-up.txt"

# Libraries that Qt loads from the system, with Debian's and Ubuntu's packages for them.
OFFSCREEN_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Debian 13 and Ubuntu 24.04 renamed one of them.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
LOCK_COMMAND = (
    "uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url"
    " --no-header --no-annotate --extra test pyproject.toml -o requirements.lock"
)


def main() -> int:
    """Do what the first word says and return the exit status."""
    words = sys.argv[1:]
    if not words or words[0] not in ("run", "test", "lock"):
        say(__doc__.strip())
        return 2
    if words[0] == "lock":
        say(LOCK_COMMAND)
        return 0
    use_a_fitting_python()
    set_up()
    if words[0] == "test":
        add_missing_libraries(OFFSCREEN_LIBRARIES)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        return start([str(PYTHON), "-m", "pytest", *words[1:]], environment)
    if words[1:]:
        return start([str(PYTHON), "-m", "moodlab", *words[1:]])
    if has_screen():
        if add_missing_libraries({**OFFSCREEN_LIBRARIES, **SCREEN_LIBRARIES}):
            return start([str(PYTHON), "-m", "moodlab"])
        return 1
    say("There is no screen here, so the main job is done without a window.")
    return start([str(PYTHON), "-m", "moodlab.headless", str(HERE / "out")])


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(text, flush=True)


def start(command: list[str], environment: "dict[str, str] | None" = None) -> int:
    """Run a command in this folder and return its exit status."""
    return subprocess.run(command, cwd=HERE, env=environment, check=False).returncode


def use_a_fitting_python() -> None:
    """Go on in another Python when this one is too old or too new; say so if there is none."""
    if OLDEST <= sys.version_info[:2] < TOO_NEW:
        return
    for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            say(f"This is Python {sys.version_info[0]}.{sys.version_info[1]}; going on in {other}.")
            sys.exit(start([other, str(HERE / "dev.py"), *sys.argv[1:]]))
    sys.exit("MoodLab needs Python 3.11 to 3.14. Install one from python.org or your system.")


def set_up() -> None:
    """Make `.venv` and install what the lock names, unless that is done already."""
    if PYTHON.is_file() and STAMP.is_file() and STAMP.read_text() == fingerprint():
        return
    if not PYTHON.is_file():
        say("Making .venv …")
        make_environment()
    say("Installing what requirements.lock names (about 250 MB, once) …")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    locked = [*pip, "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)]
    here = [*pip, "--no-deps", "--no-build-isolation", "-e", str(HERE)]
    if start(locked) or start(here):
        sys.exit("The installation did not finish; see above. Run the same line again.")
    STAMP.write_text(fingerprint())


def fingerprint() -> str:
    """Return what the set-up was made from, so that a change makes it anew."""
    digest = hashlib.sha256(LOCK.read_bytes() + (HERE / "pyproject.toml").read_bytes())
    return f"{digest.hexdigest()} {sys.version_info[0]}.{sys.version_info[1]} {HERE}"


def make_environment() -> None:
    """Make the virtual environment; Debian keeps the module for it in a package of its own."""
    if start([sys.executable, "-m", "venv", str(VENV)]) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    package = f"python3.{sys.version_info[1]}-venv"
    if not install_packages([package]) or start([sys.executable, "-m", "venv", str(VENV)]):
        sys.exit("Without it .venv can't be made.")


def has_screen() -> bool:
    """Say whether a window can be shown."""
    if WINDOWS or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def add_missing_libraries(libraries: "dict[str, str]") -> bool:
    """Make sure that Qt finds its system libraries on Linux; say whether it will."""
    if not sys.platform.startswith("linux"):
        return True
    probe = (
        "import ctypes, sys\n"
        "for name in sys.argv[1:]:\n"
        "    try: ctypes.CDLL(name)\n"
        "    except OSError: print(name)"
    )
    asked = [str(PYTHON), "-c", probe, *libraries]
    missing = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    if not missing:
        return True
    say("Qt needs system libraries that are not here: " + ", ".join(missing))
    return install_packages([libraries[name] for name in missing])


def install_packages(packages: "list[str]") -> bool:
    """Install Debian packages as root after saying which; otherwise say the line to run."""
    if shutil.which("apt-get") is None:
        say("Install them with your system's tool. In Debian they are " + ", ".join(packages) + ".")
        return False
    if os.geteuid() != 0:
        say("Run this line, then the same command again:")
        say("  sudo apt-get install --no-install-recommends " + " ".join(packages))
        return False
    if start(["apt-get", "update", "-qq"]):
        say("The list of packages could not be brought up to date.")
    names = [name if is_known(name) else RENAMED.get(name, name) for name in packages]
    say("Installing " + ", ".join(names) + " …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    line = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    return start(line, environment) == 0


def is_known(package: str) -> bool:
    """Say whether the system's package list has a package that can be installed."""
    asked = ["apt-cache", "policy", package]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return "Candidate:" in answer and "Candidate: (none)" not in answer


if __name__ == "__main__":
    sys.exit(main())
