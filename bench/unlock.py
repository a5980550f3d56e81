"""Unlocking an encrypted journal against its floor: the derivation of the key alone.

    python bench/unlock.py [YEARS] [RUNS]

Unlocking is what stands between the typed passphrase and an open journal: the header, the key, the
seals of some pages, SQLCipher's opening and the first read. The floor is Argon2id itself with the
same parameters, called by turns with it. Budget: 1.2 times. A wrong passphrase is timed as well,
as it tries every profile, and so is opening with the key at hand, which is what encryption costs
without a passphrase.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from moodlab.domain.errors import WrongPassphrase
from moodlab.store.encryption.crypto import PROFILES, make_key
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal

BUDGET = 1.2
PASSPHRASE = "ein langer Satz für den Vergleich"


def derive_bare() -> None:
    profile = PROFILES[0]
    secret = PASSPHRASE.encode()
    hash_secret_raw(
        secret, os.urandom(16), profile.passes, profile.memory_kib, profile.lanes, 32, Type.ID
    )


def unlock(path: Path) -> None:
    with Journal.open(path, key=find_key(path, PASSPHRASE)) as journal:
        journal.today()


def refuse(path: Path) -> None:
    with suppress(WrongPassphrase):
        find_key(path, PASSPHRASE + "?")


def seconds_of(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> int:
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path, plain_path = Path(folder) / "journal.moodlab", Path(folder) / "plain.moodlab"
        key = make_key(PASSPHRASE)
        make_example(path, years, key=key)
        make_example(plain_path, years)
        works: dict[str, Callable[[], None]] = {
            "key derivation alone": derive_bare,
            "unlock": lambda: unlock(path),
            "wrong passphrase": lambda: refuse(path),
            "open with the key": lambda: Journal.open(path, key=key).close(),
            "open plain": lambda: Journal.open(plain_path).close(),
        }
        taken: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(runs):
            for name, work in works.items():
                taken[name].append(seconds_of(work))
        size = path.stat().st_size / 1e6
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"{years} years, {size:.1f} MB, medians of {runs} runs by turns")
    for name, median in medians.items():
        print(f"{name:22} {median * 1000:8.1f} ms")
    ratio = medians["unlock"] / medians["key derivation alone"]
    print(f"ratio {ratio:.2f}, budget {BUDGET}")
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
