"""Courses as a strip of days, to hold the real ones against: each day is on or off.

The last cell stands for ever after. Nothing here knows of treatments.
"""

from dataclasses import dataclass, field

EVER = 30


class No(Exception):
    """The entry is refused or asked about, and changes nothing."""


@dataclass
class Strip:
    """Which days are on, on which a course begins, and what dose was said on which."""

    on: list[bool] = field(default_factory=lambda: [False] * (EVER + 1))
    begins: set[int] = field(default_factory=set)
    said: dict[int, str] = field(default_factory=dict)

    def copy(self) -> "Strip":
        return Strip(list(self.on), set(self.begins), dict(self.said))

    def courses(self) -> list[tuple[int, int | None, tuple[tuple[int, str], ...]]]:
        found = []
        for first in sorted(self.begins):
            last = self.last_of(first)
            doses = tuple(
                (day, self.said[day]) for day in range(first, last + 1) if day in self.said
            )
            found.append((first, None if last == EVER else last, doses))
        return found

    def last_of(self, day: int) -> int:
        while day < EVER and self.on[day + 1] and day + 1 not in self.begins:
            day += 1
        return day

    def dose_on(self, day: int) -> str | None:
        while self.on[day]:
            if day in self.said:
                return self.said[day]
            day -= 1
        return None

    def enter(self, first: int | None, dose: str | None, to: int | None, sure: bool) -> None:
        if first is None:
            self._end(dose, to, sure)
        elif to is not None and to < first:
            raise No
        elif self.on[first] or (first and self.on[first - 1]):
            self._change(first if self.on[first] else first - 1, first, dose, to, sure)
        else:
            self._begin(first, dose, to)

    def _end(self, dose: str | None, to: int | None, sure: bool) -> None:
        begun = [day for day in self.begins if to is not None and day <= to]
        if to is None or dose is not None or not begun:
            raise No
        self._change(max(begun), None, None, to, sure)

    def _begin(self, first: int, dose: str | None, to: int | None) -> None:
        following = min((day for day in self.begins if day > first), default=None)
        if to is None and following is not None:
            moved = self.said.pop(following) if dose is None else dose
            self.begins.remove(following)
            last = following - 1
        else:
            last, moved = EVER if to is None else to, dose or ""
            if any(self.on[first : last + 1]):
                raise No
        self.begins.add(first)
        self.said[first] = moved
        self._turn(first, last, True)

    def _change(
        self, inside: int, first: int | None, dose: str | None, to: int | None, sure: bool
    ) -> None:
        begun = max(day for day in self.begins if day <= inside)
        last = self.last_of(begun)
        end = to if to is not None else EVER if first is not None and first > last else last
        if end > last and (not sure or any(self.on[last + 1 : end + 1])):
            raise No
        said = dict(self.said)
        if dose is not None and first is not None:
            in_force = self.dose_on(min(first, last))
            if first in said or in_force != dose:
                said[first] = dose
        later = [day for day in said if end < day <= last]
        if later and (min(later) == end + 1 or not sure):
            raise No
        self.said = said
        self._turn(last + 1, end, True)
        if later:
            self.begins.add(min(later))
            self._turn(end + 1, min(later) - 1, False)
        else:
            self._turn(end + 1, last, False)

    def _turn(self, first: int, last: int, on: bool) -> None:
        for day in range(first, last + 1):
            self.on[day] = on
