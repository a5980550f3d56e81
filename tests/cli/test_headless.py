"""The main job where there is no screen: what `dev.py run` does then."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from moodlab import headless


def test_it_leaves_the_page_its_text_and_two_charts_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    first = subprocess.run(
        [sys.executable, "-m", "moodlab.headless", str(out)],
        capture_output=True, text=True, check=True, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip

    assert headless.main([str(out)]) == 0

    assert first.stdout == capsys.readouterr().out
    named = [Path(text.strip()) for text in first.stdout.splitlines()[1:]]
    assert set(named) == set(out.iterdir())
    assert (out / "page.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "EXAMPLE" in (out / "page.txt").read_text()
    for chart in ("chart-12-weeks.png", "chart-1-year.png"):
        with Image.open(out / chart) as picture:
            assert len(picture.convert("RGB").getcolors(1 << 20)) > 20
