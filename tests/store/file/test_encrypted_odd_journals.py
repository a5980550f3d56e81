"""Encrypted journals that somebody crafted and sent with the passphrase: as the plain ones."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.rekey import set_passphrase
from moodlab.store.file.engine import connect_as_it_lies
from moodlab.store.journal import Journal
from tests.cli.shell import Shell
from tests.damage import make_full_journal
from tests.keys import derive_quickly
from tests.moments import Clock
from tests.store.file import odd_files
from tests.store.file.odd_files import DRAFTS, PAGES, SCHEMAS, VALUES
from tests.store.file.test_odd_journals import COMMANDS, MOST_SECONDS, digest

PASSPHRASE = "a passphrase"
# Every second one; of the pages those that need no seal.
SOME = {
    **dict(list(SCHEMAS.items())[::2]),
    **dict(list(VALUES.items())[::2]),
    **dict(list(DRAFTS.items())[::2]),
    "10 GB of nothing": PAGES["10 GB of nothing"],
}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    path = tmp_path_factory.mktemp("sealed") / "journal.moodlab"
    make_full_journal(path, Clock())
    with odd_files.raw(path) as connection:
        connection.execute(
            "INSERT INTO pin VALUES ('pin 1', '[[\"mood\", \">\", 3000]]',"
            " '2026-03-03T10:00:00.000Z', 0, '2026-03-03')"
        )
    connection.close()
    with pytest.MonkeyPatch.context() as patched:
        derive_quickly(patched)
        key = set_passphrase(path, PASSPHRASE).key
    assert key
    return path, key


@pytest.fixture
def odd(
    sealed: tuple[Path, Key],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    source, key = sealed
    derive_quickly(monkeypatch)
    path = tmp_path / "here" / "journal.moodlab"
    path.parent.mkdir()
    shutil.copy(source, path)
    path.chmod(0o600)

    def with_key(file: Path) -> Any:
        return connect_as_it_lies(file, key)

    with monkeypatch.context() as patched:
        patched.setattr(odd_files, "raw", with_key)
        SOME[request.param](path)
    (path.parent / "word.txt").write_text(PASSPHRASE)
    return path


@pytest.mark.parametrize("odd", SOME, indirect=True)
def test_each_command_answers_in_good_time(odd: Path, sealed: tuple[Path, Key]) -> None:
    shell, key = Shell(odd.parent), sealed[1]
    word = ("--passphrase-file", str(odd.parent / "word.txt"))
    for name, *rest in COMMANDS:
        arguments = [str(odd.parent / each) if "." in each or each == "table" else each
                     for each in rest]  # fmt: skip
        begun = time.monotonic()
        done = shell(name, *arguments, *word)

        assert time.monotonic() - begun < MOST_SECONDS, name
        assert done.status in (0, 1), done
        if done.status and name != "check":
            assert done.err.strip(), name
        if name == "log" and done.status == 0:
            with Journal.open(odd, read_only=True, key=key) as journal:
                row = journal.ledger.read("rating", {"day": "2026-03-03", "metric": "mood"})
                assert row
                assert row["value_thousandths"] == 4000


@pytest.mark.parametrize("odd", SOME, indirect=True)
def test_as_a_backup_each_is_restored_whole_or_refused(
    odd: Path, sealed: tuple[Path, Key], tmp_path: Path
) -> None:
    place = tmp_path / "place" / "journal.moodlab"
    place.parent.mkdir()
    shutil.copy(sealed[0], place)
    before = digest(place)
    begun = time.monotonic()

    done = Shell(place.parent)(
        "restore", str(odd), "--passphrase-file", str(odd.parent / "word.txt")
    )

    assert time.monotonic() - begun < MOST_SECONDS
    assert done.status in (0, 1)
    if done.status:
        assert digest(place) == before
        assert done.err.strip()


@pytest.mark.parametrize("odd", [name for name in SOME if name in SCHEMAS], indirect=True)
def test_a_schema_of_its_own_is_never_written_and_always_said(odd: Path) -> None:
    before = digest(odd)
    shell, word = Shell(odd.parent), ("--passphrase-file", str(odd.parent / "word.txt"))

    done = shell("log", "2026-03-03", "mood=4", *word)

    assert done.status == 1
    assert "Saved" not in done.out
    assert shell("check", *word).status == 1
    assert digest(odd) == before
