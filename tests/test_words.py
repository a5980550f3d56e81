"""The words that MoodLab never writes: no judgement, no pressure, nothing that reads as advice.

The person's own text, what a lab printed and questionnaires are quoted and stay outside.
"""

import ast
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import moodlab
from moodlab import assets
from moodlab.charts import ALL as CHARTS
from moodlab.domain.labs.analytes import ANALYTES
from moodlab.domain.metrics import METRICS
from moodlab.i18n import Marked
from tests.test_architecture import MODULES, SOURCE, translation_calls

ROOT = Path(moodlab.__file__).parent.parent.parent

PURPOSE = (
    "MoodLab is a personal journal. It stores and displays what you enter so that you can look back"
    " and share it. It does not diagnose, monitor, predict or treat any condition, gives no medical"
    " advice, and must not be used to start, stop or change treatment."
)

# Nowhere: they judge, or make a device of a journal.
JUDGING = (
    "normal", "abnormal", r"improv\w*", r"worsen\w*", r"severe\w*", "severity", r"significan\w*",
    r"correlat\w*", "caused", r"responses?", "responder", r"risks?", "risky",
    r"scor(?:e|es|ed|ing)", r"adheren\w*", r"complian\w*", r"alerts?", "alarm", "relapse",
    "remission", "depressed",
)  # fmt: skip
# Not in what a tired person reads: they press, blame or cheer.
PRESSING = (
    r"streaks?", "missed", "forgot", r"fail(?:s|ed|ure)?", r"(?:good|bad) days?", "good job",
    "keep it up", r"goals?", r"patients?", r"suffer\w*", "should", "must", "invalid",
    "are you sure",
)  # fmt: skip
# Said so that gaps are not read as either; the wording is that of the page's fixed text.
QUOTED = (PURPOSE, "not good or bad days")
BANNED = re.compile(rf"\b(?:{'|'.join(JUDGING + PRESSING)})\b|!", re.IGNORECASE)


def banned_in(text: str) -> list[str]:
    for quoted in QUOTED:
        text = text.replace(quoted, "")
    return BANNED.findall(text)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


@pytest.mark.parametrize(
    "sentence", ["Good job!", "Your score is 7", "You missed 3 days", "CRP is normal", "It failed."]
)
def test_the_check_finds_what_it_is_for(sentence: str) -> None:
    assert banned_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["No diagnosis or advice", "Reset text size", "The score", PURPOSE, "a mustard seed"],
)
def test_the_check_looks_at_whole_words(sentence: str) -> None:
    assert bool(banned_in(sentence)) == (sentence == "The score")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_text_of_the_app_judges_or_presses(module: Path) -> None:
    for call in translation_calls(module):
        for node in ast.walk(call):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not banned_in(node.value), f"line {node.lineno}: {node.value}"


def entries_of(table: object) -> Iterator[tuple[object, ...]]:
    """The columns of a table: its values, or what stands at each place of its rows."""
    values = list(table.values()) if isinstance(table, dict) else list(table)  # type: ignore[call-overload]
    if values and all(type(value) is tuple for value in values):
        yield from zip(*values, strict=False)
    else:
        yield tuple(values)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_table_marks_all_of_its_texts_or_none(module: Path) -> None:
    """A text that nobody marked would escape the catalogue, and the check above."""
    parts = module.relative_to(SOURCE).with_suffix("").parts
    if parts[0] == "ui":
        pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    if parts[-1] == "__main__":
        return
    loaded = importlib.import_module(".".join(("moodlab", *parts)).removesuffix(".__init__"))
    for name, table in vars(loaded).items():
        if type(table) in (dict, tuple):
            for column in entries_of(table):
                are_marked = {type(text) is Marked for text in column if isinstance(text, str)}
                assert len(are_marked) < 2, name


# One word for one thing: docs/words.md. On the left what is never written.
OTHER_WORDS = {
    r"\bcopies\b|\b(a|the|this|that|no|newest|automatic) copy\b": "backup",
    r"\bset aside\b": "left out",
    r"\b(take|taken|takes) in\b": "import",
    r"\b(bring|brings|brought|bringing) (it |them )?back\b": "restore",
}


def other_word_in(text: str) -> str | None:
    return next((say for found, say in OTHER_WORDS.items() if re.search(found, text, re.I)), None)


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("There is no copy yet.", "backup"),
        ("5 were set aside", "left out"),
        ("Take in 3", "import"),
        ("“moodlab restore” brings it back", "restore"),
        ("Copy table", None),
        ("Copy it from the report", None),
    ],
)
def test_another_word_for_the_same_thing_is_found(text: str, say: str | None) -> None:
    assert other_word_in(text) == say


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_one_word_stands_for_one_thing(module: Path) -> None:
    for call in translation_calls(module):
        for node in call.args[1:2]:
            if isinstance(node, ast.Constant):
                assert other_word_in(node.value) is None, f"line {node.lineno}: {node.value}"


@pytest.mark.parametrize("entry", [*METRICS, *ANALYTES, *CHARTS], ids=lambda entry: entry.id)
def test_no_label_judges_or_presses(entry: object) -> None:
    for name in ("label", "low_anchor", "high_anchor", "question", "title", "how_to_read"):
        assert not banned_in(getattr(entry, name, ""))


def test_no_page_title_judges_or_presses() -> None:
    pages = pytest.importorskip("moodlab.ui.page_registry", exc_type=ImportError)

    for entry in pages.ALL:
        assert not banned_in(entry.title)
        assert not banned_in(entry.load().PURPOSE)


@pytest.mark.parametrize("name", ["life.json", "earlier.json"])
def test_the_example_speaks_kindly(name: str) -> None:
    story = json.loads(assets.path("example", name).read_text(encoding="utf-8"))

    for text in texts_in(story):
        assert not banned_in(text)


@pytest.mark.parametrize(
    "template", sorted((ROOT / "resources").rglob("*.typ")), ids=lambda path: path.name
)
def test_no_template_judges_or_presses(template: Path) -> None:
    for text in re.findall(r'"((?:[^"\\]|\\.)*)"', template.read_text(encoding="utf-8")):
        assert not banned_in(text)


def test_the_readme_says_what_moodlab_is_for_word_by_word() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").replace("> ", "").split())

    assert PURPOSE in readme


def test_the_app_says_the_same_purpose_everywhere() -> None:
    beginnings = [
        node.value
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "is a personal journal" in node.value
    ]

    assert beginnings
    assert all(PURPOSE in text for text in beginnings)
