"""The fault tests take minutes and need Linux: ``pytest tests/faults --faults`` runs them."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", action="store_true", help="run the fault tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--faults", default=False):
        return
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="only with: pytest tests/faults --faults"))


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]):
    """Print figures past pytest's capture: they are what these tests are for."""

    def write(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", flush=True)  # noqa: T201 - the figures

    return write
