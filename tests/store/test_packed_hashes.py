"""A dict in little memory has to do what a dict does."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from moodlab.store.packed_hashes import PackedHashes

KEYS = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    # All in one place of a small table, so that they have to give way to each other.
    st.integers(-20, 20).map(lambda number: number << 12),
)
NUMBERS = st.integers(-(2**31), 2**31 - 2)


@given(st.lists(st.tuples(KEYS, NUMBERS)), st.lists(KEYS))
def test_it_keeps_what_a_dict_keeps(kept: list[tuple[int, int]], asked: list[int]) -> None:
    packed, model = PackedHashes(), {}
    for key, number in kept:
        packed.set(key, number)
        model[key] = number

    assert len(packed) == len(model)
    for key in [*model, *asked]:
        assert packed.get(key) == model.get(key)


def test_it_keeps_everything_while_it_grows() -> None:
    packed = PackedHashes()
    for number in range(20_000):
        packed.set(hash(("result", number)), number - 2)

    assert len(packed) == 20_000
    assert all(packed.get(hash(("result", n))) == n - 2 for n in range(20_000))
    assert packed.get(hash(("result", 20_000))) is None
    in_bytes = sum(map(sys.getsizeof, (packed._keys, packed._numbers)))
    assert in_bytes < 12 * 40_000  # a dict with its numbers needs three times that
