"""The main job where there is no screen: what `dev.py run` does then."""

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image


def test_it_leaves_the_page_its_text_and_two_charts_and_says_where(tmp_path: Path) -> None:
    out = tmp_path / "out"
    line = [sys.executable, "-m", "moodlab.headless", str(out)]
    environment = {**os.environ, "HOME": str(tmp_path)}

    first = subprocess.run(line, capture_output=True, text=True, check=True, env=environment)
    again = subprocess.run(line, capture_output=True, text=True, check=True, env=environment)

    assert first.stdout == again.stdout
    named = [Path(text.strip()) for text in first.stdout.splitlines()[1:]]
    assert set(named) == set(out.iterdir())
    assert (out / "page.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "EXAMPLE" in (out / "page.txt").read_text()
    for chart in ("chart-12-weeks.png", "chart-1-year.png"):
        with Image.open(out / chart) as picture:
            assert len(picture.convert("RGB").getcolors(1 << 20)) > 20
