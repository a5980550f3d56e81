"""The architecture, as sentences that can fail. docs/architecture.md tells the story."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_archon import archrule

import moodlab
from moodlab.ui import page_registry

SOURCE = Path(moodlab.__file__).parent
ROOT = SOURCE.parent.parent
MODULES = sorted(SOURCE.rglob("*.py"))

# Each room and the rooms whose things it may use. Rooms not named are closed to it.
MAY_USE = {
    "domain": {"i18n"},
    "analysis": {"domain", "i18n"},
    "charts": {"analysis", "domain", "i18n", "theme", "assets"},
    "report": {"charts", "analysis", "domain", "i18n", "theme", "assets",
               "atomic_replace", "file_kinds"},
    "store": {"domain", "i18n", "assets", "atomic_replace", "file_kinds"},
    "exchange": {"domain", "analysis", "i18n", "assets", "file_kinds"},
    "commands": {"report", "charts", "analysis", "store", "exchange", "domain", "i18n", "paths",
                 "settings", "preferences", "encrypted_journals", "assets", "privacy",
                 "file_kinds"},
    "cli": {"commands", "domain", "i18n"},
    "ui": {"report", "charts", "analysis", "store", "exchange", "domain", "i18n", "theme",
           "settings", "preferences", "encrypted_journals", "paths", "assets", "privacy",
           "atomic_replace"},
    "encrypted_journals": {"paths", "atomic_replace"},
    "headless": {"report", "charts", "store", "domain", "i18n", "theme", "paths"},
    "app": {"cli", "headless", "ui", "paths", "privacy"},
    "i18n": set(),
    "theme": set(),
    "paths": {"domain", "i18n", "settings"},
    "privacy": set(),
    "settings": {"domain", "i18n", "atomic_replace", "file_kinds"},
    "preferences": {"settings", "domain", "i18n"},
    "atomic_replace": set(),
    "file_kinds": {"domain", "i18n"},
    "assets": {"domain", "i18n"},
}  # fmt: skip

# Each library and the only rooms in which it lives.
LIVES_IN = {
    "PySide6": ["ui"],
    "shiboken6": ["ui"],
    "sqlcipher3": ["store"],
    "sqlite_utils": ["store"],
    "argon2": ["store"],
    "sqlite3": [],
    "pysqlite3": [],
    "matplotlib": ["charts"],
    "mpl_toolkits": [],
    "typst": ["report"],
    "numpy": ["analysis", "charts"],
    "platformdirs": ["paths"],
    "click": ["cli", "commands"],
    "cattrs": ["exchange"],
}

NEVER = (
    "socket", "ssl", "http", "http.*", "urllib.request", "ftplib", "smtplib", "xmlrpc", "xmlrpc.*",
    "asyncio", "asyncio.*", "webbrowser", "PySide6.QtNetwork", "PySide6.QtWebEngine*",
    "matplotlib.pyplot",
)  # fmt: skip

# Long by nature: nothing but entries of a table.
DATA_TABLES = {"domain/metrics.py", "domain/labs/analytes.py", "ui/help_now/crisis_lines.py"}
# About 300 lines is a sign to look; what is longer than this is surely several ideas.
LONGEST = 400
FULLEST = 16


def everything_of(*rooms: str) -> list[str]:
    return [pattern for room in rooms for pattern in (f"moodlab.{room}", f"moodlab.{room}.*")]


@pytest.mark.parametrize("room", MAY_USE)
def test_imports_go_one_way(room: str) -> None:
    allowed = MAY_USE[room] | {room}
    closed = MAY_USE.keys() - allowed

    (
        archrule(f"{room} goes one way", f"{room} may use only {', '.join(sorted(allowed))}")
        .match(*everything_of(room))
        .should_not_import(*everything_of(*closed))
        .may_import("moodlab.store.foreign" if room == "exchange" else "")
        .check("moodlab", only_direct_imports=True, skip_type_checking=True)
    )


# An open journal, and work on files that are not open. The rest of store is its own affair.
DOORS_OF_STORE = {"journal", "check", "backups", "encryption", "example"}


def test_store_is_entered_by_its_doors() -> None:
    inside = {
        path.stem for path in (SOURCE / "store").iterdir() if not path.name.startswith("__")
    } - DOORS_OF_STORE

    assert inside >= {"file", "ledger", "records"}
    (
        archrule("doors", f"outside store, only {', '.join(sorted(DOORS_OF_STORE))} are used")
        .match("moodlab*")
        .exclude(*everything_of("store"))
        .should_not_import(*everything_of(*(f"store.{name}" for name in inside)))
        .check("moodlab", only_direct_imports=True)
    )


def test_the_ledger_knows_no_kind_of_record() -> None:
    (
        archrule("ledger below records", "records are kept through the ledger, not by it")
        .match("moodlab.store.ledger*")
        .should_not_import("moodlab.store.records*")
        .may_import("moodlab.store.records.beginning")
        .check("moodlab", only_direct_imports=True)
    )


def test_every_room_has_its_rule() -> None:
    rooms = {
        module.relative_to(SOURCE).parts[0].removesuffix(".py")
        for module in MODULES
        if not module.name.startswith("__") or module.parent != SOURCE
    }

    assert rooms == set(MAY_USE)


@pytest.mark.parametrize("library", LIVES_IN)
def test_each_library_lives_in_its_own_room(library: str) -> None:
    homes = LIVES_IN[library]

    (
        archrule(f"{library} lives in its room", f"only {homes or 'nobody'} may use {library}")
        .match("moodlab*")
        .exclude(*everything_of(*homes))
        .should_not_import(library, f"{library}.*")
        .check("moodlab", only_direct_imports=True, skip_type_checking=True)
    )


def test_the_domain_needs_only_the_standard_library() -> None:
    outside = {
        name
        for module in (SOURCE / "domain").rglob("*.py")
        for name in imported_by(module)
        if name not in sys.stdlib_module_names and name != "moodlab"
    }

    assert outside == set()


def test_the_network_is_used_nowhere() -> None:
    (
        archrule("offline", "nothing leaves the computer")
        .match("moodlab*")
        .should_not_import(*NEVER)
        .check("moodlab", only_direct_imports=True)
    )


# Each of these folders of `ui` is a page with its parts.
PAGES = tuple(sorted(page.parent.name for page in (SOURCE / "ui").glob("*/page.py")))


def test_every_page_of_the_registry_has_its_folder() -> None:
    assert sorted(entry.id for entry in page_registry.ALL) == list(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_pages_do_not_know_each_other(page: str) -> None:
    others = [f"moodlab.ui.{other}" for other in PAGES if other != page]

    (
        archrule("pages apart", "a page knows its session, its worker, its parts and widgets")
        .match(f"moodlab.ui.{page}", f"moodlab.ui.{page}.*")
        .should_not_import(*others, *(f"{other}.*" for other in others), "moodlab.ui.main_window")
        .check("moodlab", only_direct_imports=True)
    )


def test_widgets_do_not_know_pages_or_the_window() -> None:
    (
        archrule("widgets below pages", "a widget serves any page")
        .match("moodlab.ui.widgets.*")
        .should_not_import("moodlab.ui.page_registry*", "moodlab.ui.main_window")
        .check("moodlab", only_direct_imports=True, skip_type_checking=True)
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_one_idea_of_readable_length(module: Path) -> None:
    name = module.relative_to(SOURCE).as_posix()
    lines = len(module.read_text(encoding="utf-8").splitlines())

    assert lines <= LONGEST or name in DATA_TABLES
    assert not re.search(r"util|helper|common|misc|manager", module.stem)


def syntax_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imported_by(module: Path) -> Iterator[str]:
    for node in ast.walk(syntax_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def modules_imported_by(name: str, known: dict[str, Path]) -> set[str]:
    """Every module of ours that a module names: inside functions and for type checkers too."""
    found = set()
    for node in ast.walk(syntax_of(known[name])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (whole & known.keys()) or {node.module}
    return (found & known.keys()) - {name}


def find_circle(imports: dict[str, set[str]]) -> list[str]:
    """Return one circle of imports, or nothing: what imports nothing that is left is taken away."""
    left = dict(imports)
    while done := [name for name, used in left.items() if not used & left.keys()]:
        for name in done:
            del left[name]
    walked: list[str] = []
    name = next(iter(left), None)
    while name is not None and name not in walked:
        walked.append(name)
        name = min(left[name] & left.keys())
    return walked[walked.index(name) :] if name is not None else []


def test_a_circle_is_found() -> None:
    assert sorted(find_circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()})) == ["b", "c"]
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []


def test_imports_go_round_nowhere() -> None:
    known = {
        ".".join(("moodlab", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(
            ".__init__"
        ): path
        for path in MODULES
    }

    assert find_circle({name: modules_imported_by(name, known) for name in known}) == []


def test_every_folder_says_what_belongs_in_it() -> None:
    for folder in {path.parent for path in MODULES} - {SOURCE}:
        assert ast.get_docstring(syntax_of(folder / "__init__.py")), folder


def test_a_folder_does_not_grow_too_full() -> None:
    full = {
        folder.relative_to(SOURCE).as_posix(): count
        for folder in {path.parent for path in MODULES}
        if (count := len(list(folder.glob("*.py")))) > FULLEST
    }

    assert full == {}


def translation_calls(module: Path) -> Iterator[ast.Call]:
    for node in ast.walk(syntax_of(module)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("translate", "tr", "QT_TRANSLATE_NOOP"):
                yield node


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_text_is_translated_before_values_go_in(module: Path) -> None:
    for call in translation_calls(module):
        for argument in call.args:
            is_formatted = isinstance(argument, ast.JoinedStr | ast.BinOp) or (
                isinstance(argument, ast.Call) and getattr(argument.func, "attr", "") == "format"
            )
            assert not is_formatted, f"line {argument.lineno}: the literal first, then .format"


WRITES = re.compile(
    r"\b(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|DELETE FROM|UPDATE(?= \S+ SET\b)) (\S+)"
)


def tables_written_by(module: Path) -> Iterator[str]:
    """Yield the tables that a module's SQL writes to; ``{}`` where the name is filled in."""
    for node in ast.walk(syntax_of(module)):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        texts = [part.value if isinstance(part, ast.Constant) else "{}" for part in parts]
        if all(isinstance(text, str) for text in texts):
            yield from WRITES.findall(" ".join("".join(texts).split()))


def test_every_write_to_a_journal_goes_through_the_ledger() -> None:
    """Fresh schemas and upgrades are the file's; built-in metrics have no history on purpose."""
    written = {
        (module.relative_to(SOURCE).as_posix(), table)
        for module in MODULES
        for table in tables_written_by(module)
    }
    # A copy in memory, of a journal that is never written.
    written.discard(("store/file/odd_journal.py", "{}"))
    ledger = {path for path, table in written if table in ("batch", "change")}

    assert {path for path, table in written if table == "{}"} | ledger == {
        f"store/ledger/{name}.py" for name in ("history", "undoing", "erasing")
    }
    elsewhere = ("store/ledger/", "store/file/migrations.py")
    assert {pair for pair in written if not pair[0].startswith(elsewhere)} == {
        ("store/records/days.py", "metric")
    }


@pytest.mark.parametrize(
    "module",
    [module for module in MODULES if module != SOURCE / "i18n.py"],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_a_text_stands_as_a_literal_where_lupdate_finds_it(module: Path) -> None:
    """What a table holds is marked there, and shown by `translate_marked`, which takes no other."""
    for call in translation_calls(module):
        if isinstance(call.func, ast.Name):
            is_literal = len(call.args) == 2 and all(
                isinstance(argument, ast.Constant) for argument in call.args
            )
            assert is_literal, f"line {call.lineno}: {ast.unparse(call)}"
    # lupdate takes an f-string for one text and does not look into it.
    for node in ast.walk(syntax_of(module)):
        if isinstance(node, ast.JoinedStr):
            inside = {
                getattr(each.func, "id", "")
                for each in ast.walk(node)
                if isinstance(each, ast.Call)
            }
            assert "translate" not in inside, f"line {node.lineno}: translate before the f-string"


def text_literals(module: Path) -> Iterator[ast.Constant]:
    for node in ast.walk(syntax_of(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


@pytest.mark.parametrize(
    "module",
    [module for module in MODULES if module != SOURCE / "theme.py"],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_colours_stand_in_the_theme_only(module: Path) -> None:
    for literal in text_literals(module):
        colour = re.search(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", literal.value)
        assert colour is None, f"line {literal.lineno}: {colour}"


@pytest.mark.parametrize(
    "template", sorted((ROOT / "resources").rglob("*.typ")), ids=lambda p: p.name
)
def test_templates_take_their_colours_from_the_theme(template: Path) -> None:
    assert re.findall(r'"#[0-9a-fA-F]{3,8}"', template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "module", sorted((SOURCE / "ui").rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE))
)
def test_type_sizes_follow_the_persons_text_size(module: Path) -> None:
    for literal in text_literals(module):
        assert not re.search(r"font(-size)?:[^;]*px", literal.value), f"line {literal.lineno}"
    assert "setPixelSize" not in module.read_text(encoding="utf-8")


def loaded_after(program: str, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)", *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_reading_the_report_package_loads_no_qt() -> None:
    assert "PySide6" not in loaded_after("import moodlab.report, moodlab.report.model")


def test_starting_loads_nothing_heavy() -> None:
    heavy = {"matplotlib", "typst", "numpy", "sqlite_utils", "click", "cattrs", "PySide6"}

    assert loaded_after("import moodlab.app") & heavy == set()


RUN = """
import sys
from moodlab.app import main
assert main(["--journal", sys.argv[1], *sys.argv[2:]]) == 0
"""


def test_commands_load_no_qt_and_a_log_nothing_heavy(tmp_path: Path) -> None:
    journal = str(tmp_path / "journal.moodlab")

    assert "PySide6" not in loaded_after(RUN, journal, "init", "--example")
    logged = loaded_after(RUN, journal, "log", "today", "mood=4")
    assert logged & {"PySide6", "matplotlib", "typst", "numpy", "sqlite_utils", "cattrs"} == set()
    page = loaded_after(RUN, journal, "report", str(tmp_path / "page.pdf"))
    assert "PySide6" not in page
    assert "typst" in page


def test_the_window_needs_nothing_that_draws_charts_and_pages() -> None:
    loaded = loaded_after("import moodlab.ui.main_window, moodlab.ui.today.page")

    assert loaded & {"matplotlib", "typst", "numpy", "sqlite_utils", "click", "cattrs"} == set()


def test_tests_lie_in_the_same_rooms_as_what_they_test() -> None:
    tests = Path(__file__).parent
    rooms = {folder.name for folder in SOURCE.iterdir() if folder.is_dir()}
    sub_rooms = {
        folder.relative_to(tests)
        for room in rooms
        for folder in (tests / room).rglob("*")
        if folder.is_dir() and folder.name != "__pycache__"
    }
    assert {folder for folder in sub_rooms if not (SOURCE / folder).is_dir()} == set()
    assert len(sub_rooms) > 20
