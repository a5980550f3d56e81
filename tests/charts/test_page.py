import hashlib
import os
import re
import subprocess
import sys

import pytest

from moodlab.analysis.overview import read_overview
from moodlab.charts.page import PagePanels, page_panels
from moodlab.domain.days import Period
from tests.diaries import LAST, WEEKS12, diary, lively, ratings_from, treatment

TEXT = re.compile(r"<text [^>]*>([^<]*)</text>")
SIZE = re.compile(r"font-size: ([0-9.]+)px|font: (?:[0-9]+ )?([0-9.]+)px")


def every_svg(panels: PagePanels) -> list[str]:
    found = [*panels.ratings.values(), panels.labs, panels.lanes, panels.strip]
    return [panel.svg.decode() for panel in found if panel is not None]


def test_every_series_and_block_has_a_panel_with_words() -> None:
    panels = page_panels(lively(), WEEKS12)
    assert list(panels.ratings) == [
        series.metric.id for series in read_overview(lively(), WEEKS12).series
    ]
    assert panels.labs is not None
    assert panels.lanes is not None
    for panel in (*panels.ratings.values(), panels.labs, panels.lanes, panels.strip):
        assert panel.alt
        assert panel.svg.startswith(b"<?xml")


def test_without_results_or_treatments_there_is_no_such_panel() -> None:
    panels = page_panels(diary({"mood": ratings_from(LAST, [5], "mood")}), WEEKS12)
    assert panels.labs is None
    assert panels.lanes is None


def test_text_is_text_in_the_bundled_face_and_large_enough() -> None:
    for svg in every_svg(page_panels(lively(), WEEKS12)):
        assert "'Inter'" in svg or not TEXT.search(svg)
        assert all(float(a or b) >= 7.5 for a, b in SIZE.findall(svg))
    told = " ".join(text for svg in every_svg(page_panels(lively(), WEEKS12))
                    for text in TEXT.findall(svg))  # fmt: skip
    for expected in (
        "&lt;0.3",
        "14 (infection)",
        "Sertraline 50 mg",
        "1 Oct",
        "lab's upper limit 5",
    ):
        assert expected in told


def test_sizes_are_as_asked() -> None:
    panels = page_panels(lively(), WEEKS12, width_mm=120, rating_mm=14)
    panel = panels.ratings["mood"]
    assert (panel.width_mm, panel.height_mm) == (120, 14)
    found = re.search(rb'width="([0-9.]+)pt" height="([0-9.]+)pt"', panel.svg)
    assert found is not None
    assert [float(number) * 25.4 / 72 for number in found.groups()] == pytest.approx(
        [120, 14], rel=1e-4
    )


def test_user_text_cannot_become_markup_or_an_unprintable_character() -> None:
    name = '</text><script>alert("x")</script> 😀$x$'
    made = diary(treatments=(treatment(name, (WEEKS12.first, "1 & 2")),))
    lanes = page_panels(made, WEEKS12).lanes
    assert lanes is not None
    svg = lanes.svg.decode()
    assert "<script" not in svg
    assert "😀" not in svg
    assert "&lt;/text&gt;&lt;script&gt;" in svg
    assert "[grinning face]$x$" in svg


def test_nothing_is_outside_of_its_panel() -> None:
    """No text begins left or right of the drawing, or sits below its lower edge."""
    place = re.compile(r'<text style="[^"]*" x="([0-9.-]+)" y="([0-9.-]+)"')
    for panel in page_panels(lively(365), Period.ending(LAST, 365)).ratings.values():
        height = panel.height_mm * 72 / 25.4
        for x, y in place.findall(panel.svg.decode()):
            assert 0 <= float(x) <= panel.width_mm * 72 / 25.4
            assert 0 < float(y) < height
    strip = page_panels(lively(), WEEKS12, strip_mm=8).strip
    baselines = [float(y) for _, y in place.findall(strip.svg.decode())]
    assert max(baselines) + 0.25 * 7.5 <= 8 * 72 / 25.4  # room for the descender


DIGEST = """
import hashlib
from moodlab.charts.page import page_panels
from tests.charts.test_page import every_svg
from tests.diaries import WEEKS12, lively
print(hashlib.sha256("".join(every_svg(page_panels(lively(), WEEKS12))).encode()).hexdigest())
"""


def test_bytes_are_the_same_in_another_process_and_time_zone() -> None:
    environment = os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    environment["PYTHONPATH"] = os.pathsep.join(entry for entry in sys.path if entry)
    there = subprocess.run(
        [sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
    here = hashlib.sha256("".join(every_svg(page_panels(lively(), WEEKS12))).encode()).hexdigest()
    assert there == here


def loaded_by(code: str, *names: str) -> list[str]:
    """Which of `names` a fresh process has loaded after `code`."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    told = f"import sys\n{code}\nprint(*(name for name in {names} if name in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.split()


def test_the_registry_of_charts_loads_no_matplotlib() -> None:
    assert loaded_by("import moodlab.charts", "matplotlib", "numpy", "PySide6") == []


def test_drawing_loads_no_window_and_no_pyplot() -> None:
    code = (
        "from moodlab.charts.page import page_panels\n"
        "from tests.diaries import WEEKS12, lively\n"
        "page_panels(lively(), WEEKS12)"
    )
    assert loaded_by(code, "PySide6", "matplotlib.pyplot", "matplotlib") == ["matplotlib"]
