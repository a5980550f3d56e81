"""An own metric of each kind, kept for a year, renamed, stopped, resumed: everywhere shown right.

What goes out comes in again byte for byte.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from moodlab.analysis.comparison import compare
from moodlab.analysis.one_metric import read_one_metric
from moodlab.analysis.overview import read_overview
from moodlab.analysis.spans import read_draws
from moodlab.charts.comparison import difference_words, side_words
from moodlab.charts.one_metric import describe_one_metric
from moodlab.charts.spans import describe_spans
from moodlab.charts.table import tabulate_overview
from moodlab.charts.words import describe_overview
from moodlab.domain.days import Period
from moodlab.domain.diary import Pin
from moodlab.domain.metrics import Direction, Every, Kind
from moodlab.domain.tracking.conditions import parse_conditions
from moodlab.domain.tracking.own_metrics import make_metric, renamed
from moodlab.report.html import write_html
from moodlab.report.json import to_json
from moodlab.report.model import build_report
from moodlab.report.text import write_text
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from moodlab.ui.today.day_sheet import read_sheet
from tests.cli.shell import Shell, answer
from tests.diaries import lab
from tests.journals import begin
from tests.moments import Clock

DAYS = 365
PAUSE = range(200, 231)  # stopped from the 200th day to before the 231st
OWN = (
    ("Ringing", Kind.SCALE, Direction.HIGHER_WORSE, "", Every.DAY),
    ("Tea", Kind.NUMBER, Direction.NEUTRAL, "cups", Every.DAY),
    ("Screen", Kind.DURATION, Direction.NEUTRAL, "", Every.DAY),
    ("Walk", Kind.YES_NO, Direction.HIGHER_BETTER, "", Every.DAY),
    ("Waterline", Kind.NUMBER, Direction.NEUTRAL, "cm", Every.WEEK),
)
IDS = ("ringing", "tea", "screen", "walk", "waterline")
NAMES = ("Ringing ears", "Tea", "Screen", "Walked", "Waterline")


def value(metric_id: str, number: int) -> int | None:
    if metric_id == "waterline" and number % 7 != 3:
        return None
    return {
        "ringing": (number * 7 % 11) * 1000,
        "tea": (number % 5) * 500,
        "screen": (60 + number * 37 % 240) * 1000,
        "walk": 1000 * (number % 3 == 0),
        "waterline": 80_000 + number % 40 * 100,
    }[metric_id]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal after a year of days."""
    path = tmp_path_factory.mktemp("year") / "journal.moodlab"
    with begin(path, Clock()) as journal:
        _live(journal)
    return path


@pytest.fixture
def a_year(lived_in: Path, shell: Shell) -> Iterator[Journal]:
    """It, open; the shell has the same file."""
    shutil.copy(lived_in, shell.journal)
    with Journal.open(shell.journal, clock=Clock()) as journal:
        yield journal


def _live(journal: Journal) -> None:
    first = journal.today() - timedelta(days=DAYS - 1)
    for label, kind, direction, unit, every in OWN:
        known = [tracked.metric for tracked in journal.read_metrics()]
        metric = make_metric(label, kind, direction, known, unit=unit, every=every)
        journal.metrics.add(metric, first)
    for number in range(DAYS):
        day = first + timedelta(days=number)
        if number == PAUSE.start:
            journal.metrics.stop("walk", day)
        if number == PAUSE.stop:
            journal.metrics.resume("walk", day)
        with journal.ledger.batch("log"):
            for name in IDS:
                thousandths = value(name, number)
                is_paused = name == "walk" and number in PAUSE
                if thousandths is not None and not is_paused and number % 10 != 9:
                    journal.days.rate(day, name, thousandths)
    for old, new in (("Ringing", "Ringing ears"), ("Walk", "Walked")):
        known = [tracked.metric for tracked in journal.read_metrics()]
        journal.metrics.change(renamed(journal.find_metric(old), new, known))
    journal.metrics.shorten(["walk", "mood"])


def whole(journal: Journal) -> Period:
    return Period.ending(journal.today(), DAYS)


def expected_yes(period: Period, journal: Journal) -> tuple[int, int]:
    first = whole(journal).first
    numbers = [(day - first).days for day in period]
    given = [number for number in numbers if number not in PAUSE and number % 10 != 9]
    return sum(number % 3 == 0 for number in given), len(given)


def test_today_asks_each_in_its_own_way(a_year: Journal) -> None:
    sheet = read_sheet(a_year, a_year.today())
    shown = {metric.id: metric for metric in sheet.metrics}

    assert {name: shown[name].kind for name in IDS if name in shown}.items() >= {
        "ringing": Kind.SCALE, "tea": Kind.NUMBER, "screen": Kind.DURATION, "walk": Kind.YES_NO,
    }.items()  # fmt: skip
    assert shown["walk"].label == "Walked"
    first = whole(a_year).first
    while_stopped = read_sheet(a_year, first + timedelta(days=PAUSE.start + 5))
    assert "walk" not in {metric.id for metric in while_stopped.metrics}
    assert [metric.id for metric in sheet.metrics_in(short=True)] == ["mood", "walk"]
    # Once a week, until it is answered and on the day of the answer.
    week = [first + timedelta(days=number) for number in range(365)]
    asked = [day for day in week if "waterline" in {m.id for m in read_sheet(a_year, day).metrics}]
    answered = {rating.day for rating in a_year.read_diary().ratings["waterline"]}
    weeks_answered = {Every.WEEK.around(day) for day in answered}
    assert answered <= set(asked)
    assert all(day in answered or Every.WEEK.around(day) not in weeks_answered for day in asked)


def test_trends_draw_and_tell_each_as_what_it_is(a_year: Journal) -> None:
    period = Period.ending(a_year.today(), 84)
    overview = read_overview(a_year.read_diary(), period)
    series = {each.metric.id: each for each in overview.series}
    words = describe_overview(overview)

    assert series["walk"].line is None
    assert series["waterline"].line is None
    assert series["tea"].line is not None
    yes, of = expected_yes(Period.ending(a_year.today(), 28), a_year)
    assert f"Last 28 days: yes on {yes} of {of} days." in words
    assert "Asked once a week. Latest:" in words
    # A week without an answer is a gap only where it is asked every day.
    assert series["waterline"].gaps == ()
    table = tabulate_overview(overview)
    columns = dict(zip(table.header, zip(*table.rows, strict=True), strict=True))
    assert set(columns["Walked"]) == {"yes", "no", ""}
    assert "Tea (cups)" in columns
    assert "Waterline, 7-day middle" not in columns
    year = read_overview(a_year.read_diary(), whole(a_year))
    walk = next(each for each in year.series if each.metric.id == "walk")
    shares = [box.median for box in walk.boxes if box.median is not None]
    assert shares
    assert all(0 < share < 1000 for share in shares)
    stopped = Period(
        whole(a_year).first + timedelta(days=PAUSE.start),
        whole(a_year).first + timedelta(days=PAUSE.stop - 1),
    )
    # The day before, without an answer, belongs to what was asked.
    assert walk.untracked == (stopped,)


def test_the_page_and_its_twins_say_the_same(a_year: Journal) -> None:
    model = build_report(a_year.read_diary(), Period.ending(a_year.today(), 84))
    data = to_json(model)
    figures = {each["id"]: each for each in data["metrics"]}
    yes, of = expected_yes(Period.ending(a_year.today(), 84), a_year)

    assert (figures["walk"]["yes"], figures["walk"]["n"]) == (yes, of)
    assert [figures[name]["kind"] for name in IDS] == [
        "rating", "number", "hours", "yesno", "number",
    ]  # fmt: skip
    assert figures["waterline"]["every"] == "week"
    # The columns of the text are narrow, so that a cell goes on in the next line.
    text = write_text(model)
    assert "yes on" in text
    assert "Waterline" in text
    assert "1 (0–1)" not in text
    for twin in (write_html(model), "\n".join(data["words"])):
        plain = " ".join(twin.replace("\u00a0", " ").split())
        assert f"yes on {yes} of {of} days" in plain
        assert "1 (0–1)" not in plain
        assert "Ringing ears" in plain
        assert "Waterline, once a week" in plain
        assert "cups" in plain


def test_every_export_comes_in_again_as_it_went_out(a_year: Journal, shell: Shell) -> None:
    today = a_year.today()
    assert check_journal(a_year) == ()
    a_year.close()

    def run(*words: str, journal: Path | None = None) -> bytes:
        done = shell(*words, journal=journal)
        assert done.status == 0, done
        return done.out.encode()

    def export(name: str, journal: Path | None = None) -> bytes:
        run("export", f"{shell.folder}/{name}", "--overwrite", journal=journal)
        return (shell.folder / name).read_bytes()

    listed = run("track", "list", "--json")
    told = run("day", today.isoformat(), "--json")
    for name in ("all.json", "all.zip"):
        sent = export(name)
        other = shell.folder / f"{name}.moodlab"
        run("init", journal=other)
        run("import", f"{shell.folder}/{name}", journal=other)
        assert run("track", "list", "--json", journal=other) == listed
        assert run("check", journal=other)
        if name == "all.json":
            assert export("again.json", other) == sent
            assert run("day", today.isoformat(), "--json", journal=other) == told
        # Once more brings nothing.
        again = json.loads(run("import", f"{shell.folder}/{name}", "--json", journal=other))
        assert again["added"] == 0
    run("export", f"{shell.folder}/fhir.json", "--format", "fhir")
    fhir = (shell.folder / "fhir.json").read_text()
    assert all(name in fhir for name in NAMES)


def test_a_day_is_logged_in_words_of_each_kind(a_year: Journal, shell: Shell) -> None:
    a_year.close()
    given = ("Ringing ears=4", "tea=1,5", "screen=2:05", "walked=no", "waterline=81.2")
    done = shell("log", "today", *given)
    assert done.status == 0, done

    rows = answer(shell("day", "today", "--json"))["ratings"]
    texts = {each["metric"]: each["text"] for each in rows}
    assert {name: texts[name] for name in IDS} == {
        "ringing": "4", "tea": "1.5 cups", "screen": "2 h 5 min", "walk": "no",
        "waterline": "81.2 cm",
    }  # fmt: skip


def test_a_days_when_of_yes_is_told_in_words(a_year: Journal) -> None:
    known = tuple(tracked.metric for tracked in a_year.read_metrics())
    conditions = parse_conditions(("walked=yes", "screen>=2:00"), known)
    a_year.questionnaires.pin(Pin("pin", conditions))

    model = build_report(a_year.read_diary(), Period.ending(a_year.today(), 84))
    assert any("walked = yes and screen ≥ 2 h:" in text for text in to_json(model)["words"])


def test_every_chart_tells_a_yes_by_its_days(a_year: Journal) -> None:
    diary, today = a_year.read_diary(), a_year.today()
    after = Period.ending(today, 28)
    before = Period.ending(after.first - timedelta(days=1), 28)
    (pair,) = [each for each in compare(diary, before, after).pairs if each.metric.id == "walk"]
    counts = [expected_yes(period, a_year) for period in (before, after)]

    first, second = (f"yes on {yes} of {of} days" for yes, of in counts)
    assert side_words(pair, pair.second) == second
    assert difference_words(pair) == f"First {first}, then {second}."
    large = read_one_metric(diary, after, "walk")
    assert f"The 28 days before this range: {first}." in describe_one_metric(large)
    a_year.labs.save(lab(today, "3.1"))
    spans = read_draws(a_year.read_diary(), Period.ending(today, 84), 14)
    yes, of = expected_yes(Period.ending(today - timedelta(days=1), 14), a_year)
    walk = next(each for each in spans.overview.series if each.metric.id == "walk")
    assert [round(box.median) for box in walk.boxes] == [round(1000 * yes / of)]
    assert f"Walked yes on {yes} of {of} days" in describe_spans(spans)
    assert "Waterline 8" in describe_spans(spans)
