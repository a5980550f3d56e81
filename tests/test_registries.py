"""Registries name all that is in their folders, so that nothing new slips past the checks."""

import importlib
import inspect
import pkgutil
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import moodlab.charts
import moodlab.exchange.exporters
import moodlab.exchange.importers
from moodlab.charts.chart import Chart
from moodlab.domain import metrics
from moodlab.domain.labs import analytes
from moodlab.domain.metrics import Direction, Every, Kind, Metric
from moodlab.domain.ratings import number_text, parse_rating
from moodlab.exchange.exporters import all_exporters
from moodlab.exchange.recognition import (
    UnknownFormat,
    all_importers,
    find_importer,
    recognise,
)
from moodlab.i18n import Marked
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.moments import TODAY

ALL_METRICS = pytest.mark.parametrize("metric", metrics.METRICS, ids=lambda metric: metric.id)


def modules_in(package: ModuleType) -> dict[str, ModuleType]:
    return {
        found.name: importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    }


def test_every_chart_in_the_folder_is_in_the_registry() -> None:
    drawn = [
        module.CHART for module in modules_in(moodlab.charts).values() if hasattr(module, "CHART")
    ]

    assert sorted(chart.id for chart in drawn) == sorted(chart.id for chart in moodlab.charts.ALL)
    assert all(isinstance(chart, Chart) for chart in moodlab.charts.ALL)


@pytest.mark.parametrize("package", [moodlab.exchange.importers, moodlab.exchange.exporters])
def test_every_format_in_the_folder_is_in_the_registry(package: ModuleType) -> None:
    assert sorted(package.ALL) == sorted(modules_in(package))


def test_every_importer_says_what_it_takes_and_none_else_takes_it(tmp_path: Path) -> None:
    empty = tmp_path / "empty.bin"
    empty.write_bytes(b"")

    for importer in all_importers():
        assert importer.NAME
        assert importer.SUFFIXES
        assert find_importer(importer.FORMAT) is importer
        assert not importer.recognises(empty, b"")
        assert list(inspect.signature(importer.open_source).parameters) == ["source"]
    with pytest.raises(UnknownFormat, match=r"empty\.bin"):
        recognise(empty)


def test_every_page_in_the_folder_is_in_the_registry() -> None:
    pages = pytest.importorskip("moodlab.ui.page_registry", exc_type=ImportError)

    folders = Path(inspect.getfile(pages)).parent.glob("*/page.py")
    assert sorted(entry.id for entry in pages.ALL) == sorted(page.parent.name for page in folders)
    for entry in pages.ALL:
        page = entry.load()
        assert entry.id == page.ID
        assert {"TITLE", "ICON", "PURPOSE", "REFRESH_ON", "refresh"} <= set(dir(page))
        assert list(inspect.signature(page).parameters)[:2] == ["session", "worker"]


def test_pages_outside_the_navigation_are_walked_as_the_others_are() -> None:
    pages = pytest.importorskip("moodlab.ui.page_registry", exc_type=ImportError)
    walks = [
        importlib.import_module(f"tests.ui.{name}").SHOWN
        for name in ("test_accessibility", "test_places", "test_room")
    ]

    hidden = {entry.id for entry in pages.ALL if not entry.in_navigation}
    assert hidden
    assert all(hidden <= set(walked) for walked in walks)


@pytest.mark.parametrize(
    ("every", "day", "around"),
    [
        (Every.DAY, date(2026, 11, 28), (date(2026, 11, 28), date(2026, 11, 28))),
        (Every.WEEK, date(2026, 11, 28), (date(2026, 11, 23), date(2026, 11, 29))),
        (Every.WEEK, date(2027, 1, 1), (date(2026, 12, 28), date(2027, 1, 3))),
        (Every.WEEK, date.min, (date.min, date(1, 1, 7))),
        (Every.WEEK, date.max, (date(9999, 12, 27), date.max)),
        (Every.MONTH, date(2024, 2, 29), (date(2024, 2, 1), date(2024, 2, 29))),
        (Every.MONTH, date(2026, 1, 31), (date(2026, 1, 1), date(2026, 1, 31))),
        (Every.MONTH, date.max, (date(9999, 12, 1), date.max)),
    ],
)
def test_a_week_and_a_month_have_their_days(
    every: Every, day: date, around: tuple[date, date]
) -> None:
    assert every.around(day) == around


@pytest.mark.parametrize(
    "registry", [metrics.METRICS, analytes.ANALYTES, moodlab.charts.ALL], ids=str.__class__
)
def test_ids_are_each_their_own_and_plain(registry: tuple[object, ...]) -> None:
    ids = [entry.id for entry in registry]  # type: ignore[attr-defined]

    assert len(set(ids)) == len(ids)
    assert all(name.isascii() and name.islower() and name.isidentifier() for name in ids)


def test_the_metrics_that_scripts_rely_on_are_there() -> None:
    daily = [metric.id for metric in metrics.METRICS if metric.daily]

    assert daily == [
        "fatigue", "brain_fog", "sleep", "mood", "motivation", "pleasure", "functioning",
    ]  # fmt: skip
    assert {
        "sleep_hours", "quality_of_life", "stress", "pain", "anxiety", "appetite",
        "activity_minutes", "weight", "waist", "resting_heart_rate", "temperature",
    } == {metric.id for metric in metrics.METRICS} - set(daily)  # fmt: skip


def test_the_analytes_that_scripts_rely_on_are_there() -> None:
    assert [analyte.id for analyte in analytes.ANALYTES] == [
        "crp", "hs_crp", "il6", "tnf_alpha", "il1b", "esr", "ferritin", "vitamin_d", "tsh", "hba1c",
    ]  # fmt: skip


def test_every_label_that_is_shown_translated_is_marked() -> None:
    pages = pytest.importorskip("moodlab.ui.page_registry", exc_type=ImportError)

    shown = [
        *(metric.label for metric in metrics.METRICS),
        *(text for chart in moodlab.charts.ALL for text in (chart.title, chart.how_to_read)),
        *(importer.NAME for importer in all_importers()),
        *(exporter.NAME for exporter in all_exporters()),
        *(entry.title for entry in pages.ALL),
    ]
    assert [text for text in shown if type(text) is not Marked] == []


def test_a_label_of_ones_own_is_shown_as_it_was_written() -> None:
    assert Metric("itch", "Itch", Direction.NEUTRAL).shown_label == "Itch"
    assert metrics.BY_ID["mood"].shown_label == "Mood"


@ALL_METRICS
def test_every_metric_says_what_its_ends_mean(metric: Metric) -> None:
    assert metric.label
    if metric.kind is Kind.SCALE:
        assert metric.low_anchor
        assert metric.high_anchor
        assert (metric.minimum, metric.maximum) == (0, 10_000)
    else:
        assert metric.unit
    assert bool(metric.direction_text) == (metric.direction is not Direction.NEUTRAL)


@ALL_METRICS
def test_every_metric_can_be_rated_at_its_ends_and_read_back(
    metric: Metric, journal: Journal
) -> None:
    for value in (metric.minimum, metric.maximum):
        journal.days.rate(TODAY, metric.id, value)
        assert journal.days.read_ratings(TODAY, TODAY)[metric.id][0].value == value
        if metric.kind is not Kind.DURATION:
            assert parse_rating(metric, number_text(value)) == value


def test_a_new_metric_needs_one_entry_and_no_migration(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal is older than the metric, which is rated, undone and reported all the same."""
    itch = Metric("itch", "Itch", Direction.HIGHER_WORSE, low_anchor="none", high_anchor="all day")
    version = journal.ledger.connection.execute("PRAGMA user_version").fetchone()
    monkeypatch.setattr(metrics, "METRICS", (*metrics.METRICS, itch))
    monkeypatch.setattr(metrics, "BY_ID", metrics.BY_ID | {"itch": itch})

    journal.days.rate(TODAY, journal.find_metric("itch").id, 4000)

    assert journal.days.read_ratings(TODAY, TODAY)["itch"][0].value == 4000
    assert check_journal(journal) == ()
    assert journal.ledger.connection.execute("PRAGMA user_version").fetchone() == version
    assert {t.metric.id: t.spans for t in journal.read_metrics()}["itch"] == ((TODAY, None),)
    journal.undo()
    assert "itch" not in journal.days.read_ratings(TODAY, TODAY)
