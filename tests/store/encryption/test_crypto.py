"""From a passphrase to a key, and what is said when it does not fit."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.errors import (
    JournalDamaged,
    JournalLocked,
    JournalUnusable,
    Refused,
    WrongPassphrase,
)
from moodlab.store.backups.backup import make_backup
from moodlab.store.check import check_journal
from moodlab.store.encryption import crypto
from moodlab.store.encryption.crypto import PROFILES, Key, belongs_to, derive_key, make_key
from moodlab.store.encryption.key_check import Fit, try_key
from moodlab.store.encryption.recovery import write_recovery_sheet
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.file import migrations
from moodlab.store.file.engine import connect
from moodlab.store.journal import Journal
from tests.keys import any_key, derive_quickly
from tests.moments import TODAY, Clock

SALT = bytes(range(16))
PAGE = 4096


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


@pytest.fixture
def key() -> Key:
    return make_key("geheim")


@pytest.fixture
def encrypted(journal_path: Path, key: Key) -> Path:
    with Journal.create(journal_path, key=key, clock=Clock()) as journal:
        for year in range(2000, 2020):
            journal.days.write_note(TODAY.replace(year=year), "a note " * 100)
    return journal_path


def flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 4
    path.write_bytes(content)


def test_the_parameters_of_the_passphrase_never_change() -> None:
    # Files of people out there were made with these: a change would lock them out.
    assert [(p.memory_kib, p.passes, p.lanes) for p in PROFILES] == [(262144, 3, 4), (65536, 3, 4)]
    found = derive_key("Grüße", SALT, PROFILES[1])

    assert found.raw.hex() == ("2d2ec0bcfd17720c1d42808c51c15aa970b0b850e2f8e5fa1970649199b3d304")
    assert found.salt == SALT


def test_the_same_letters_typed_otherwise_give_the_same_key() -> None:
    one, other = unicodedata.normalize("NFC", "Grüße Å"), unicodedata.normalize("NFD", "Grüße Å")

    assert one != other
    assert derive_key(one, SALT, crypto.PROFILES[0]) == derive_key(other, SALT, crypto.PROFILES[0])


def test_two_journals_with_one_passphrase_have_different_keys() -> None:
    assert make_key("geheim") != make_key("geheim")


def test_a_key_never_shows_itself(key: Key) -> None:
    shown = f"{key!r} {key}"

    assert key.raw.hex() not in shown
    assert repr(key.raw) not in shown
    assert key.salt.hex() not in shown


@pytest.mark.parametrize("passphrase", ["", "x" * 1025, "a\ud800", "two\nlines", "a\ttab", "a\0b"])
def test_what_cannot_be_a_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(Refused):
        make_key(passphrase)


@pytest.mark.parametrize(
    "passphrase", [" ", "ein langer Satz, mit Ümläuten 🔑", "'; --", "x" * 1024]
)
def test_any_other_text_is_one(passphrase: str, journal_path: Path) -> None:
    Journal.create(journal_path, key=make_key(passphrase)).close()

    assert find_key(journal_path, passphrase) is not None


def test_an_older_profile_still_opens(journal_path: Path) -> None:
    older = derive_key("geheim", b"\x80" + SALT[1:], crypto.PROFILES[-1])
    Journal.create(journal_path, key=older).close()

    assert find_key(journal_path, "geheim") == older
    assert belongs_to("geheim", older)
    assert not belongs_to("Geheim", older)


LITTLE_MEMORY = """
import resource, sys
from moodlab.store.encryption import crypto
import argon2.low_level
now = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (now + int(sys.argv[1]) * 2**20,) * 2)
try:
    key = crypto.make_key("geheim")
    print(key == crypto.derive_key("geheim", key.salt, crypto.PROFILES[1]))
except crypto.TooLittleMemory as error:
    print(error.sentence)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(("megabytes", "outcome"), [(160, "True"), (30, "too little free memory")])
def test_a_computer_with_little_memory_takes_the_smaller_profile_or_says_so(
    megabytes: int, outcome: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LITTLE_MEMORY, str(megabytes)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert outcome in done.stdout, done.stderr


def test_an_encrypted_journal_holds_no_word_of_it(encrypted: Path) -> None:
    content = encrypted.read_bytes()

    assert b"a note" not in content
    assert b"SQLite" not in content
    assert b"mood" not in content


def test_without_a_passphrase_it_stays_closed_and_says_how_to_open_it(encrypted: Path) -> None:
    before = encrypted.read_bytes()

    with pytest.raises(JournalLocked, match="--passphrase-file"):
        Journal.open(encrypted)

    assert encrypted.read_bytes() == before


@pytest.mark.parametrize("secret", ["Geheim", "geheim ", "geheim\n", "x"])
def test_a_wrong_passphrase_changes_nothing(encrypted: Path, secret: str) -> None:
    before = encrypted.read_bytes()

    with pytest.raises(WrongPassphrase) as refusal:
        find_key(encrypted, secret)

    sentence = "That passphrase does not open this journal. Nothing was changed."
    assert refusal.value.sentence == sentence
    assert encrypted.read_bytes() == before


def test_the_key_of_another_journal_does_not_open_it(encrypted: Path, key: Key) -> None:
    for other in (any_key(), Key(os.urandom(32), key.salt), Key(key.raw, os.urandom(16))):
        with pytest.raises(WrongPassphrase):
            Journal.open(encrypted, key=other)


def test_a_second_connection_and_a_copy_take_the_same_key(encrypted: Path, key: Key) -> None:
    with Journal.open(encrypted, key=key) as journal:
        assert journal.key == key
        with journal.open_again() as again:
            assert again.days.read_day(TODAY.replace(year=2001)).note.startswith("a note")
    copy = make_backup(encrypted, key)

    with Journal.open(copy.path, key=key, read_only=True) as opened:
        assert check_journal(opened) == ()


def test_a_plain_journal_takes_no_notice_of_a_key(journal: Journal, journal_path: Path) -> None:
    journal.close()

    assert find_key(journal_path, "geheim") is None
    with Journal.open(journal_path, key=any_key()) as opened:
        assert opened.key is None


def test_another_programs_and_newer_encrypted_files_are_refused_unchanged(
    encrypted: Path, key: Key
) -> None:
    for pragma, words in (
        ("application_id", "another program"),
        ("user_version", "newer version of MoodLab"),
    ):
        connection = connect(encrypted, key=key)
        number = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
        connection.execute(f"PRAGMA {pragma} = {migrations.SCHEMA_VERSION + 1}")
        connection.close()
        before = encrypted.read_bytes()

        with pytest.raises(JournalUnusable, match=words):
            Journal.open(encrypted, key=key)

        assert encrypted.read_bytes() == before
        connection = connect(encrypted, key=key)
        connection.execute(f"PRAGMA {pragma} = {number}")
        connection.close()


# Telling a wrong passphrase from a damaged file.


@pytest.mark.parametrize("offset", [16, 500, PAGE - 1], ids=["header", "content", "seal"])
def test_a_damaged_first_page_is_told_from_a_wrong_passphrase(
    encrypted: Path, key: Key, offset: int
) -> None:
    flip(encrypted, offset)

    for attempt in (
        lambda: find_key(encrypted, "geheim"),
        lambda: Journal.open(encrypted, key=key),
    ):
        with pytest.raises(JournalDamaged, match="restore"):
            attempt()
    with pytest.raises(WrongPassphrase):
        find_key(encrypted, "Geheim")


def test_a_damaged_salt_is_noticed_by_the_newest_copy_or_the_recovery_code(
    encrypted: Path, key: Key
) -> None:
    make_backup(encrypted, key)
    flip(encrypted, 3)

    for secret in ("geheim", key.recovery_code):
        with pytest.raises(JournalDamaged):
            find_key(encrypted, secret)
    with pytest.raises(WrongPassphrase):
        find_key(encrypted, "Geheim")


def test_a_beginning_that_is_all_gone_is_damage(encrypted: Path, key: Key) -> None:
    make_backup(encrypted, key)
    content = encrypted.read_bytes()

    for rubbish in (os.urandom(8 * PAGE), bytes(8 * PAGE)):
        encrypted.write_bytes(rubbish + content[8 * PAGE :])
        with pytest.raises(JournalUnusable, match="damaged"):
            find_key(encrypted, "geheim")


def test_the_old_passphrase_is_told_that_it_opens_only_a_copy(encrypted: Path, key: Key) -> None:
    make_backup(encrypted, key)
    encrypted.unlink()
    Journal.create(encrypted, key=make_key("neu")).close()

    with pytest.raises(WrongPassphrase, match="latest automatic backup"):
        find_key(encrypted, "geheim")


def is_noticed(path: Path, key: Key) -> bool:
    try:
        with Journal.open(path, key=key, read_only=True) as journal:
            return check_journal(journal) != ()
    except JournalDamaged:
        return True


def test_a_flipped_bit_in_any_page_is_noticed(encrypted: Path, key: Key) -> None:
    content = encrypted.read_bytes()
    pages = len(content) // PAGE
    assert pages > 20

    for page in range(pages):
        encrypted.write_bytes(content)
        flip(encrypted, page * PAGE + 40 + 97 * page % 3900)
        assert is_noticed(encrypted, key), page


@pytest.mark.parametrize("missing", [100, PAGE, 5 * PAGE + 7])
def test_an_encrypted_journal_that_is_cut_off_is_noticed(
    encrypted: Path, key: Key, missing: int
) -> None:
    os.truncate(encrypted, encrypted.stat().st_size - missing)

    with pytest.raises(JournalDamaged):
        Journal.open(encrypted, key=find_key(encrypted, "geheim"))


@pytest.mark.parametrize("page", range(2, 9))
def test_one_whole_page_is_enough_to_know_the_key(encrypted: Path, key: Key, page: int) -> None:
    """Our reading of SQLCipher's format: if it ever changes, this says so before a person does."""
    content = encrypted.read_bytes()
    before, after = os.urandom((page - 1) * PAGE), os.urandom(20 * PAGE)
    encrypted.write_bytes(before + content[(page - 1) * PAGE : page * PAGE] + after)

    assert try_key(encrypted, key) is Fit.DAMAGED
    assert try_key(encrypted, any_key()) is Fit.WRONG


STOP_HALF_WAY = """
import os, sys
from pathlib import Path
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.engine import connect
key = Key(bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3]))
connection = connect(Path(sys.argv[1]), key=key)
connection.execute("PRAGMA cache_size = 1")
connection.execute("PRAGMA cache_spill = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE day SET note = 'half of it'")
connection.execute("UPDATE change SET after = NULL")
os._exit(9)
"""


def test_a_save_that_was_cut_off_is_mended_whatever_was_typed_first(
    encrypted: Path, key: Key
) -> None:
    whole = encrypted.read_bytes()
    subprocess.run(
        [sys.executable, "-c", STOP_HALF_WAY, str(encrypted), key.raw.hex(), key.salt.hex()],
        check=False,
    )
    rollback = encrypted.with_name(f"{encrypted.name}-journal")
    torn = encrypted.read_bytes()
    assert rollback.exists()
    assert torn != whole

    with pytest.raises(WrongPassphrase):
        find_key(encrypted, "Geheim")
    with pytest.raises(WrongPassphrase):
        Journal.open(encrypted, key=any_key())
    assert encrypted.read_bytes() == torn
    with Journal.open(encrypted, key=find_key(encrypted, "geheim")) as journal:
        assert check_journal(journal) == ()
        assert journal.days.read_day(TODAY.replace(year=2001)).note.startswith("a note")
    assert not rollback.exists()


# The recovery code.


def test_the_recovery_code_opens_the_journal_as_people_type_it(encrypted: Path, key: Key) -> None:
    code = key.recovery_code
    typed = code.lower().replace("-", " ").replace("o", "0").replace("b", "8")

    for secret in (code, typed, code.replace("-", ""), code[:49] + "\n" + code[49:]):
        assert find_key(encrypted, secret) == key
        assert belongs_to(secret, key)


@given(raw=st.binary(min_size=32, max_size=32), salt=st.binary(min_size=16, max_size=16))
def test_a_recovery_code_holds_its_key(raw: bytes, salt: bytes) -> None:
    key = Key(raw, salt)

    assert Key.from_recovery_code(key.recovery_code) == key


@given(text=st.text(max_size=120))
def test_any_other_text_is_no_recovery_code(text: str) -> None:
    assert Key.from_recovery_code(text) is None


@given(raw=st.binary(min_size=32, max_size=32), at=st.integers(0, 79), data=st.data())
def test_a_mistyped_letter_is_noticed(raw: bytes, at: int, data: st.DataObject) -> None:
    code = Key(raw, SALT).recovery_code.replace("-", "")
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    typed = code[:at] + letter + code[at + 1 :]

    found = Key.from_recovery_code(typed)

    assert (found is not None) == (typed == code)


def test_the_code_of_another_journal_is_a_wrong_passphrase(encrypted: Path) -> None:
    with pytest.raises(WrongPassphrase):
        find_key(encrypted, any_key().recovery_code)


def test_the_sheet_bears_the_whole_code(key: Key) -> None:
    sheet = write_recovery_sheet(key, Path("my {journal}.moodlab"), TODAY)

    lines = next(part for part in sheet if "\n" in part)
    assert Key.from_recovery_code(lines) == key
    assert "my {journal}.moodlab" in sheet[0]


def test_a_plain_journal_waits_for_no_cryptography(journal: Journal, journal_path: Path) -> None:
    journal.close()
    done = subprocess.run(
        [
            sys.executable, "-c",
            "import sys\nfrom pathlib import Path\nfrom moodlab.store.journal import Journal\n"
            "Journal.open(Path(sys.argv[1])).close()\n"
            "print({'argon2', 'hashlib', 'hmac', 'base64'} & set(sys.modules))",
            str(journal_path),
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.strip() == "set()"
