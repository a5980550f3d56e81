import hashlib
import os
import re
import subprocess
import sys

import pytest

from moodlab.analysis.overview import Overview, read_overview
from moodlab.charts.page import PANEL_WIDTH, STRIP_HEIGHT, PagePanel, draw_panels
from moodlab.domain.days import Period
from tests.diaries import LAST, WEEKS12, diary, lively, ratings_from, treatment

TEXT = re.compile(r"<text [^>]*>([^<]*)</text>")
SIZE = re.compile(r"font-size: ([0-9.]+)px|font: (?:[0-9]+ )?([0-9.]+)px")


def drawn(overview: Overview, rating_height: float = 16.0) -> dict[str, PagePanel]:
    """Every panel that the page can have of an overview."""
    metrics = [series.metric.id for series in overview.series]
    return draw_panels(overview, metrics, rating_height, 23.0)


def every_svg(panels: dict[str, PagePanel]) -> list[str]:
    return [panel.svg.decode() for panel in panels.values()]


def test_every_series_and_block_has_a_panel_with_words() -> None:
    overview = read_overview(lively(), WEEKS12)
    panels = drawn(overview)
    metrics = [series.metric.id for series in overview.series]
    assert list(panels) == [*metrics, "labs", "treatments", "events", "coverage", "dates"]
    for panel in panels.values():
        assert panel.alt
        assert panel.svg.startswith(b"<?xml")


def test_without_results_or_treatments_there_is_no_such_panel() -> None:
    made = diary({"mood": ratings_from(LAST, [5], "mood")})
    assert list(drawn(read_overview(made, WEEKS12))) == ["mood", "coverage", "dates"]


def test_only_the_metrics_that_are_asked_for_are_drawn() -> None:
    panels = draw_panels(read_overview(lively(), WEEKS12), ["mood"], 16.0, 23.0)
    assert list(panels) == ["mood", "labs", "treatments", "events", "coverage", "dates"]


def test_text_is_text_in_the_bundled_face_and_large_enough() -> None:
    every = every_svg(drawn(read_overview(lively(), WEEKS12)))
    for svg in every:
        assert "'Inter'" in svg or not TEXT.search(svg)
        assert all(float(a or b) >= 7.5 for a, b in SIZE.findall(svg))
    told = " ".join(text for svg in every for text in TEXT.findall(svg))
    for expected in (
        "&lt;0.3",
        "14 (infection)",
        "Vitamin D 1000 IU",
        "1 Oct",
        "lab’s upper limit 5",
    ):
        assert expected in told


def test_sizes_are_as_asked() -> None:
    panel = drawn(read_overview(lively(), WEEKS12), 14)["mood"]
    assert (panel.width_mm, panel.height_mm) == (PANEL_WIDTH, 14)
    found = re.search(rb'width="([0-9.]+)pt" height="([0-9.]+)pt"', panel.svg)
    assert found is not None
    assert [float(number) * 25.4 / 72 for number in found.groups()] == pytest.approx(
        [PANEL_WIDTH, 14], rel=1e-4
    )


def test_user_text_cannot_become_markup_or_an_unprintable_character() -> None:
    name = '</text><script>alert("x")</script> 😀$x$'
    made = diary(treatments=(treatment(name, (WEEKS12.first, "1 & 2")),))
    svg = drawn(read_overview(made, WEEKS12))["treatments"].svg.decode()
    assert "<script" not in svg
    assert "😀" not in svg
    assert "&lt;/text&gt;&lt;script&gt;" in svg
    assert "[grinning face]$x$" in svg


def test_nothing_is_outside_of_its_panel() -> None:
    """No text begins left or right of the drawing, or sits below its lower edge."""
    place = re.compile(r'<text style="[^"]*" x="([0-9.-]+)" y="([0-9.-]+)"')
    year = read_overview(lively(365), Period.ending(LAST, 365))
    panels = drawn(year)
    for panel in (panels[series.metric.id] for series in year.series):
        height = panel.height_mm * 72 / 25.4
        for x, y in place.findall(panel.svg.decode()):
            assert 0 <= float(x) <= panel.width_mm * 72 / 25.4
            assert 0 < float(y) < height
    strip = drawn(read_overview(lively(), WEEKS12))["coverage"]
    baselines = [float(y) for _, y in place.findall(strip.svg.decode())]
    assert max(baselines) + 0.25 * 8 <= STRIP_HEIGHT * 72 / 25.4  # room for the descender


DIGEST = """
import hashlib
from moodlab.analysis.overview import read_overview
from tests.charts.test_page import drawn, every_svg
from tests.diaries import WEEKS12, lively
every = "".join(every_svg(drawn(read_overview(lively(), WEEKS12))))
print(hashlib.sha256(every.encode()).hexdigest())
"""


def test_bytes_are_the_same_in_another_process_and_time_zone() -> None:
    environment = os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    environment["PYTHONPATH"] = os.pathsep.join(entry for entry in sys.path if entry)
    there = subprocess.run(
        [sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
    every = "".join(every_svg(drawn(read_overview(lively(), WEEKS12))))
    here = hashlib.sha256(every.encode()).hexdigest()
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
        "from moodlab.analysis.overview import read_overview\n"
        "from moodlab.charts.page import draw_panels\n"
        "from tests.diaries import WEEKS12, lively\n"
        "draw_panels(read_overview(lively(), WEEKS12), ['mood'], 16.0, 23.0)"
    )
    assert loaded_by(code, "PySide6", "matplotlib.pyplot", "matplotlib") == ["matplotlib"]
