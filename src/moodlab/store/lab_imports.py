"""Imports lab results from a file, each only once, however often it comes.

A result is known by its identifier or address, and otherwise by its test, day and value: so the
same one is recognised in another file, or where the person had typed it in. Of a lab's words about
one result the last one stands, in whatever order they come. What is remembered for that are
hashes, not results, so that a file of any size needs little memory.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.intake import Arrival, ArrivingLab, LeftOut, PeopleNamed, RowProblem, Taken
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.entry import express
from moodlab.domain.labs.lab_status import WITHDRAWN, compare_words, stage_of, withdrawn_words
from moodlab.domain.labs.own_units import set_apart
from moodlab.domain.labs.results import LabResult, arriving_id, has_address_only, meaning_of
from moodlab.domain.labs.soundness import refuse_odd_analyte
from moodlab.domain.labs.units import fold_unit
from moodlab.i18n import translate
from moodlab.store.file.engine import read_rows
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.gate import Gate
from moodlab.store.lab_people import remember_people
from moodlab.store.ledger.history import Ledger, row_key
from moodlab.store.packed_hashes import PackedHashes
from moodlab.store.records.labs import LabBook, analyte_row, lab_row, read_lab

MOST_PROBLEMS = 1000
MOST_SHOWN = 500
# What the person adds to a result; a correction by the lab leaves it as it is.
_OWN_COLUMNS = ("context", "excluded", "note")
_NONE, _SEVERAL = -1, -2


class LabArrivals:
    """Writes the results of a file inside an import's step."""

    def __init__(self, ledger: Ledger, gate: Gate, *, replaces: bool) -> None:
        """With `replaces`, a result here that differs from the file's gives way."""
        self._ledger = ledger
        self._gate = gate
        self._replaces = replaces
        # By the hash of what a result means: which system identifies it.
        self._meanings = PackedHashes()
        self._systems: dict[str, int] = {}
        # By the hash of what identifies a result: the number of its day.
        self._identified = PackedHashes()
        self._own: dict[str, Analyte] = {}

    def take(self, arrivals: Iterable[Arrival], taken: Taken) -> Taken:
        """Import all results and return `taken` with their counts added."""
        count: Counter[str] = Counter()
        tests: Counter[str] = Counter()
        problems: list[RowProblem] = []
        first_new: list[LabResult] = []
        for arrival in self._after_looking(arrivals):
            match arrival:
                case LeftOut():
                    count["left_out"] += 1
                case PeopleNamed():
                    remember_people(self._ledger, arrival.people)
                case RowProblem():
                    count["refused"] += 1
                    problems += [arrival] if len(problems) < MOST_PROBLEMS else []
                case ArrivingLab():
                    try:
                        self._check(arrival)
                        outcome = self._take(arrival)
                    except Refused as error:
                        count["refused"] += 1
                        is_asked = isinstance(error, NeedsConfirmation)
                        problem = RowProblem(
                            arrival.line, error.sentence, arrival.place, is_asked, is_asked
                        )
                        problems += [problem] if len(problems) < MOST_PROBLEMS else []
                        continue
                    count[outcome] += 1
                    if outcome == "added":
                        tests[arrival.result.label] += 1
                        first_new += [arrival.result] if len(first_new) < MOST_SHOWN else []
        return replace(
            taken,
            added=taken.added + count["added"],
            unchanged=taken.unchanged + count["unchanged"],
            kept=taken.kept + count["kept"],
            replaced=taken.replaced + count["replaced"],
            left_out=taken.left_out + count["left_out"],
            refused=taken.refused + count["refused"],
            withdrawn=taken.withdrawn + count["withdrawn"],
            problems=(*taken.problems, *problems),
            tests=(*taken.tests, *sorted(tests.items())),
            first_new=(*taken.first_new, *first_new),
        )

    def _after_looking(self, arrivals: Iterable[Arrival]) -> Iterable[Arrival]:
        """Learn what is here just before the first result comes; most imports bring none."""
        is_first = True
        for arrival in arrivals:
            if is_first:
                book = LabBook(self._ledger)
                self._own = {analyte.id: analyte for analyte in book.catalogue().own}
                for result in book.iterate():
                    self._remember(result)
                is_first = False
            yield arrival

    def _check(self, arrival: ArrivingLab) -> None:
        self._gate.check(arrival.result)
        if arrival.analyte is not None:
            refuse_odd_analyte(arrival.analyte)

    def _take(self, arrival: ArrivingLab) -> str:
        """Take one result in and return what became of it, named as in `Taken`."""
        result = arrival.result
        versions = _versions_of(arrival)
        here = next((row for each in versions if (row := self._find(each)) is not None), None)
        if result.status in WITHDRAWN:
            return self._withdraw(arrival, versions, here)
        if here is not None:
            return self._meet(arrival, versions, here)
        if any(map(self._is_known, versions)):
            return "unchanged"
        if not self._replaces and self._were_removed(versions):
            return "kept"
        self._put(lab_row(result), arrival)
        self._remember(result)
        return "added"

    def _meet(
        self, arrival: ArrivingLab, versions: Sequence[LabResult], here: dict[str, Any]
    ) -> str:
        """Let the lab's later word about one result stand, whichever comes first."""
        earlier = read_lab(here)
        order = compare_words(arrival.result, earlier)
        if order < 0:
            return "unchanged"
        if order == 0:
            if meaning_of(earlier) in map(meaning_of, versions):
                return "unchanged"
            if not self._replaces:
                return "kept"
        row = {name: value for name, value in lab_row(arrival.result).items()
               if name not in _OWN_COLUMNS}  # fmt: skip
        row["id"] = here["id"]
        says_more = any(here[name] != value for name, value in row.items() if name != "issued")
        self._put(row, arrival)
        self._remember_meaning(arrival.result)
        return "replaced" if says_more else "unchanged"

    def _withdraw(
        self, arrival: ArrivingLab, versions: Sequence[LabResult], here: dict[str, Any] | None
    ) -> str:
        """Take out what the lab withdraws, once the person agrees, and let it come no more."""
        if here is None:
            if self._were_removed(versions):
                return "unchanged"
            if not arrival.result.identifier:
                raise Refused(withdrawn_words(arrival.result.status))
        elif arrival.is_confirmed:
            self._ledger.remove("lab_result", here)
        else:
            raise NeedsConfirmation(_withdrawal_question(arrival.result, read_lab(here)))
        if here is None or here["id"] != arrival.result.id:
            self._ledger.bar("lab_result", {"id": arrival.result.id})
        return "withdrawn"

    def _were_removed(self, versions: Iterable[LabResult]) -> bool:
        """Whether a result stood here once, or was withdrawn before it came."""
        ids = {each.id for each in versions}
        # As it was called before addresses counted as identifiers.
        ids |= {
            arriving_id(replace(each, identifier="")) for each in versions if has_address_only(each)
        }
        return any(was_removed(self._ledger, "lab_result", {"id": each}) for each in ids)

    def _find(self, result: LabResult) -> dict[str, Any] | None:
        """Return the row that this result is a version of.

        The id is made from identifier, test and day. A lab's other word may move the day, too; but
        two final results under one identifier, such as an order's, are two.
        """
        here = self._ledger.read("lab_result", {"id": result.id})
        if here is not None or not result.identifier or has_address_only(result):
            return here
        day = self._identified.get(hash(_identity(result)))
        if day is None or day == _SEVERAL:
            return None
        earlier = replace(result, collected=date.fromordinal(day))
        here = self._ledger.read("lab_result", {"id": arriving_id(earlier)})
        here = here or self._find_moved(result)
        is_two = here is None or stage_of(here["status"]) == stage_of(result.status) <= stage_of(
            "final"
        )
        return None if is_two else here

    def _find_moved(self, result: LabResult) -> dict[str, Any] | None:
        """Return the only row with this identifier, whose day was corrected once before."""
        rows = read_rows(
            self._ledger.connection,
            "SELECT * FROM lab_result WHERE identifier = ? AND analyte = ? AND assay IS ?",
            (result.identifier, result.analyte, result.assay),
        )
        return rows[0] if len(rows) == 1 else None

    def _is_known(self, result: LabResult) -> bool:
        """Whether the same value of that day is here already, from another file or typed in.

        Two identifiers of one system name two results, even when they are equal.
        """
        system = self._meanings.get(hash(meaning_of(result)))
        if system is None:
            return False
        own = self._system(result)
        return own == _NONE or system != own

    def _put(self, row: Mapping[str, Any], arrival: ArrivingLab) -> None:
        stamp = recorded_columns(self._ledger.recorded)
        analyte = arrival.analyte
        self._ledger.put("lab_result", {**row, **stamp})
        if analyte is not None and self._own.get(analyte.id) != analyte:
            self._ledger.put("analyte", {**analyte_row(analyte), **stamp})
            self._own[analyte.id] = analyte

    def _remember_meaning(self, result: LabResult) -> None:
        meaning, system = hash(meaning_of(result)), self._system(result)
        known = self._meanings.get(meaning)
        if known != system:
            self._meanings.set(meaning, system if known is None else _SEVERAL)

    def _remember(self, result: LabResult) -> None:
        """Remember a result that has its own row, whose id was made from its day."""
        self._remember_meaning(result)
        if result.identifier:
            identity, day = hash(_identity(result)), result.collected.toordinal()
            known = self._identified.get(identity)
            if known != day:
                self._identified.set(identity, day if known is None else _SEVERAL)

    def _system(self, result: LabResult) -> int:
        if not result.identifier or has_address_only(result):
            return _NONE
        system = result.identifier.rpartition("|")[0]
        return self._systems.setdefault(system, len(self._systems))


def _withdrawal_question(result: LabResult, here: LabResult) -> str:
    return translate(
        "import",
        "{test}, {day}: The lab withdrew this result. It is in the journal as {printed}. "
        "Take it out?",
    ).format(test=result.label, day=here.collected.isoformat(), printed=here.printed_with_unit)


def _identity(result: LabResult) -> tuple[str, str]:
    return result.identifier, result.catalogue_id


def _versions_of(arrival: ArrivingLab) -> tuple[LabResult, ...]:
    """Return the result, and as it came in before its unit was known: in a test set apart by it.

    In words, or in its test's first unit, it never was set apart.
    """
    result, analyte = arrival.result, arrival.analyte
    if analyte is None or result.canonical is None:
        return (result,)
    if fold_unit(result.unit) == fold_unit(analyte.canonical_unit):
        return (result,)
    apart = set_apart(analyte, result.unit)
    as_it_was = express(replace(result, analyte=apart.id), apart)
    return result, replace(as_it_was, id=arriving_id(as_it_was))


def was_removed(ledger: Ledger, table: str, row: Mapping[str, Any]) -> bool:
    """Whether the row was in the journal once: an import does not restore deleted rows."""
    found = ledger.connection.execute(
        "SELECT 1 FROM change WHERE row_table = ? AND row_key = ? LIMIT 1",
        (table, row_key(table, row)),
    ).fetchone()
    return found is not None
