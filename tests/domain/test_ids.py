import uuid

from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.ids import derived_id, new_id, uuid7


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**74 - 1))
def test_an_id_is_a_version_7_uuid_that_carries_its_time(milliseconds: int, chance: int) -> None:
    made = uuid.UUID(uuid7(milliseconds, chance))

    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == milliseconds
    assert made.int & (1 << 62) - 1 == chance & (1 << 62) - 1


@given(st.integers(0, 2**40), st.integers(1, 2**40), st.integers(0, 2**74 - 1))
def test_ids_sort_by_their_time(milliseconds: int, later: int, chance: int) -> None:
    assert uuid7(milliseconds, chance) < uuid7(milliseconds + later, 0)


def test_two_new_ids_differ() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000


def test_ids_made_one_after_another_sort_in_that_order() -> None:
    made = [new_id() for _ in range(5000)]

    assert made == sorted(made)


def test_an_imported_row_meets_its_own_id_again() -> None:
    made = uuid.UUID(derived_id("table", "2025-11-04", "mood"))

    assert str(made) == derived_id("table", "2025-11-04", "mood")
    assert (made.version, made.variant) == (8, uuid.RFC_4122)
    assert derived_id("ab", "c") != derived_id("a", "bc")
