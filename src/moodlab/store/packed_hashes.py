"""Hashes of many rows, each with one number, in a tenth of the memory that a dict needs."""

from array import array

_SMALLEST = 1 << 10


class PackedHashes:
    """A table of 64-bit hashes with open addressing, in two arrays.

    It holds 12 bytes a place and is at most two thirds full. Numbers lie between −2³¹ and 2³¹ − 2.
    """

    def __init__(self) -> None:
        self._make(_SMALLEST)

    def __len__(self) -> int:
        return self._count

    def get(self, key: int) -> int | None:
        """Return the number kept with `key`, or None."""
        kept = self._numbers[self._place_of(key)]
        return kept - 1 if kept > 0 else kept or None

    def set(self, key: int, number: int) -> None:
        """Keep `number` with `key`, in place of the one that was there."""
        place = self._place_of(key)
        if not self._numbers[place]:
            if 3 * self._count >= 2 * len(self._keys):
                self._grow()
                place = self._place_of(key)
            self._keys[place] = key
            self._count += 1
        # Nothing is an empty place, so 0 and what is above it are kept one higher.
        self._numbers[place] = number + 1 if number >= 0 else number

    def _place_of(self, key: int) -> int:
        """Return where `key` is, or the empty place where it goes."""
        keys, numbers, mask = self._keys, self._numbers, self._mask
        place = key & mask
        while numbers[place] and keys[place] != key:
            place = (place + 1) & mask
        return place

    def _make(self, places: int) -> None:
        self._keys = array("q", bytes(8 * places))
        self._numbers = array("i", bytes(4 * places))
        self._mask = places - 1
        self._count = 0

    def _grow(self) -> None:
        keys, numbers = self._keys, self._numbers
        self._make(2 * len(keys))
        for key, number in zip(keys, numbers, strict=True):
            if number:
                place = self._place_of(key)
                self._keys[place], self._numbers[place] = key, number
                self._count += 1
