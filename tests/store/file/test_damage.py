"""One flipped bit in each page of a plain journal: never a defect of ours, and mostly noticed."""

import random
from pathlib import Path

from moodlab.domain.errors import MoodLabError
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal

PAGE = 4096


def what_is_found(path: Path) -> int:
    """How many problems opening and checking find; neither may fail in another way."""
    try:
        with Journal.open(path, read_only=True) as journal:
            return len(check_journal(journal))
    except MoodLabError:
        return 1


def test_a_flipped_bit_in_a_plain_journal_never_makes_the_check_fail(example_path: Path) -> None:
    content = example_path.read_bytes()
    pages = range(0, len(content) // PAGE, 4)
    where = random.Random(4)
    noticed = 0

    for page in pages:
        damaged = bytearray(content)
        damaged[page * PAGE + where.randrange(PAGE)] ^= 1 << where.randrange(8)
        example_path.write_bytes(damaged)
        noticed += what_is_found(example_path) > 0

    # A plain file has no check-sums: what is flipped in free space or in an id nobody can see.
    assert noticed > len(pages) / 2
