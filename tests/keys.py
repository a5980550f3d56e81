"""Keys without the wait: Argon2id with a thousandth of its memory."""

import os

import pytest

from moodlab.store.encryption import crypto
from moodlab.store.encryption.crypto import Key, Profile

QUICK = (Profile(2, 256, 1, 1), Profile(1, 64, 1, 1))


def derive_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crypto, "PROFILES", QUICK)


def any_key() -> Key:
    return Key(os.urandom(32), b"\x80" + os.urandom(15))
