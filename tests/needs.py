"""Programs that some tests look over MoodLab's shoulder with."""

import os
import shutil
import sys

import pytest

IN_CI = bool(os.environ.get("CI"))


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip a test where it can't run: not on Linux, or without a program.

    In CI nothing is skipped for a missing program: the test fails and says which.
    """
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(
        sys.platform != "linux" or bool(missing and not IN_CI),
        reason=f"needs {' and '.join(programs)} on Linux",
    )
