"""Programs that tests keep in strings and run as processes of their own, some of them seldom."""

import ast
import importlib
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
IMPORT = re.compile(r"^\s*from ((?:moodlab|tests)[\w.]*) import ([\w, ]+)$", re.MULTILINE)


def imports_in_strings() -> dict[tuple[str, str], str]:
    """Every name that a program in a string imports from here, and the test it stands in."""
    found = {}
    for file in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for module, names in IMPORT.findall(node.value):
                    for name in re.findall(r"(\w+)(?: as \w+)?(?:, |$)", names):
                        found[module, name] = str(file.relative_to(TESTS))
    return found


@pytest.mark.parametrize(("imported", "where"), imports_in_strings().items(), ids=str)
def test_what_a_program_imports_is_there(imported: tuple[str, str], where: str) -> None:
    module, name = imported

    if not hasattr(importlib.import_module(module), name):
        importlib.import_module(f"{module}.{name}")
