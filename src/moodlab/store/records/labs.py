"""Lab results as printed, and the person's own tests."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.errors import Refused
from moodlab.domain.labs.analytes import ANALYTES, Analyte
from moodlab.domain.labs.catalogue import Catalogue, own_analyte
from moodlab.domain.labs.entry import express_anew
from moodlab.domain.labs.own_units import refuse_odd_unit, with_unit
from moodlab.domain.labs.printed_values import PrintedValue
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.soundness import refuse_odd_result
from moodlab.domain.labs.units import Conversion, fold_unit, is_exact
from moodlab.domain.numbers import read_decimal
from moodlab.i18n import translate
from moodlab.store.errors import reading
from moodlab.store.file.engine import Connection, read_rows
from moodlab.store.file.timestamps import read_recorded, recorded_columns
from moodlab.store.ledger.history import Ledger


class LabBook:
    """Reads and writes the tables `lab_result` and `analyte`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def save(self, result: LabResult) -> Changes:
        """Add `result` or replace the one with its id; the earlier one stays in the history."""
        refuse_odd_result(result)
        with self._ledger.batch("lab result") as batch:
            row = lab_row(result)
            before = batch.read("lab_result", row)
            if before is None or any(before[name] != value for name, value in row.items()):
                batch.put("lab_result", row | recorded_columns(batch.recorded))
        return self._ledger.changes

    def delete(self, result_id: str) -> Changes:
        """Put a result into the bin."""
        with self._ledger.batch("delete lab result") as batch:
            batch.remove("lab_result", {"id": result_id})
        return self._ledger.changes

    @reading()
    def catalogue(self) -> Catalogue:
        """Return every test that can be entered, with the person's own."""
        return _read_catalogue(self._ledger.connection)

    def add_analyte(self, label: str, units: Iterable[Conversion]) -> Analyte:
        """Add a test of the person's own; the first unit is canonical, with factor 1.

        Raises Refused for a name that is known already, no unit, the same unit twice, or a first
        unit that is not canonical.
        """
        with self._ledger.batch("test") as batch:
            catalogue = self.catalogue()
            analyte = own_analyte(label, units)
            _refuse_known(analyte, catalogue)
            _refuse_odd_units(analyte)
            catalogue.with_analyte(analyte)
            batch.put("analyte", analyte_row(analyte) | recorded_columns(batch.recorded))
        return analyte

    def add_unit(self, analyte_id: str, unit: str, factor: Decimal) -> Analyte:
        """Let a test of the person's own know `unit` too: canonical = value × `factor`.

        Results that are here keep their figures, since the first unit stays canonical; to a test
        without any, `unit` is the first, with factor 1. Raises Refused for a test that is not one's
        own, a unit that it knows already, and a factor that is not above 0 or not exact.
        """
        with self._ledger.batch("unit") as batch:
            catalogue = self.catalogue()
            analyte = catalogue.by_id.get(analyte_id)
            if analyte is None:
                raise Refused(translate("labs", "That test is not in the journal."))
            if not catalogue.is_own(analyte):
                raise Refused(
                    translate(
                        "labs", "{label} is a built-in test. Its units are {accepted}."
                    ).format(label=analyte.label, accepted=analyte.units_in_words())
                )
            changed = with_unit(analyte, unit, factor)
            batch.put("analyte", analyte_row(changed) | recorded_columns(batch.recorded))
        return changed

    def delete_analyte(self, analyte_id: str) -> Changes:
        """Move a test of one's own to the bin. Raises Refused for one that has results."""
        with self._ledger.batch("delete test") as batch:
            count = batch.connection.execute(
                "SELECT count(*) FROM lab_result WHERE analyte = ?", (analyte_id,)
            ).fetchone()[0]
            if count:
                raise Refused(
                    translate("labs", "This test has results ({n}). Delete those first.").format(
                        n=count
                    )
                )
            batch.remove("analyte", {"id": analyte_id})
        return self._ledger.changes

    @reading()
    def read_all(self) -> tuple[LabResult, ...]:
        """Return every result, oldest draw first, and those of one draw in the tests' order."""
        place = {analyte.id: number for number, analyte in enumerate(ANALYTES)}
        return tuple(
            sorted(
                self.iterate(),
                key=lambda result: (
                    result.collected,
                    place.get(result.catalogue_id, len(place)),
                    result.label.casefold(),
                    result.id,
                ),
            )
        )

    def iterate(self) -> Iterator[LabResult]:
        """Yield every result, oldest first, without keeping them in memory."""
        by_id = self.catalogue().by_id
        cursor = self._ledger.connection.execute("SELECT * FROM lab_result ORDER BY collected, id")
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            analyte = by_id.get(_catalogue_id(row))
            result = read_lab(row, analyte.label if analyte else row["analyte"])
            yield result if analyte is None else express_anew(result, analyte)


def _refuse_known(analyte: Analyte, catalogue: Catalogue) -> None:
    known = catalogue.meant_by(analyte.label) or catalogue.by_id.get(analyte.id)
    if known is not None:
        raise Refused(
            translate("labs", "There is already a test called {label}.").format(label=known.label)
        )


def _refuse_odd_units(analyte: Analyte) -> None:
    for conversion in analyte.conversions:
        refuse_odd_unit(conversion.unit)
    units = [fold_unit(conversion.unit) for conversion in analyte.conversions]
    if not units or len(set(units)) < len(units):
        raise Refused(translate("labs", "A test needs at least one unit. List each unit once."))
    first = analyte.conversions[0]
    if (
        first.factor != 1
        or first.offset
        or not all(
            is_exact(conversion.factor) and conversion.factor and is_exact(conversion.offset)
            for conversion in analyte.conversions
        )
    ):
        raise Refused(
            translate(
                "labs", "The other units are converted to the first unit. It can't be changed here."
            )
        )


def lab_row(result: LabResult) -> dict[str, Any]:
    """Return the row of a result, without the moment of writing."""
    number, canonical = result.value.number, result.canonical
    return {
        "id": result.id,
        "collected": result.collected.isoformat(),
        "reported": result.reported and result.reported.isoformat(),
        "analyte": result.analyte,
        "assay": result.assay,
        "loinc": result.loinc,
        "specimen": result.specimen,
        "printed": result.value.text,
        "comparator": result.value.comparator,
        "value": None if number is None else format(number, "f"),
        "unit": result.unit,
        "canonical_value": None if canonical is None else format(canonical, "f"),
        "canonical_unit": result.canonical_unit,
        "range_text": result.range_text,
        "flag": result.value.flag,
        "lab": result.lab,
        "method": result.method,
        "context": ",".join(result.context),
        "excluded": int(result.excluded),
        "note": result.note,
        "source": result.source,
        "identifier": result.identifier,
        "status": result.status,
        "issued": result.issued,
        "remark": result.remark,
    }


def _catalogue_id(row: dict[str, Any]) -> str:
    return f"{row['assay']}_{row['analyte']}" if row["assay"] else row["analyte"]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else read_decimal(text)


def read_lab(row: dict[str, Any], label: str = "") -> LabResult:
    """Return the result that a row of the table holds."""
    return LabResult(
        id=row["id"],
        collected=date.fromisoformat(row["collected"]),
        analyte=row["analyte"],
        assay=row["assay"],
        loinc=row["loinc"],
        value=PrintedValue(row["printed"], row["comparator"], _decimal(row["value"]), row["flag"]),
        unit=row["unit"],
        canonical=_decimal(row["canonical_value"]),
        canonical_unit=row["canonical_unit"],
        range_text=row["range_text"],
        lab=row["lab"],
        method=row["method"],
        specimen=row["specimen"],
        context=tuple(word for word in row["context"].split(",") if word),
        excluded=bool(row["excluded"]),
        note=row["note"],
        reported=row["reported"] and date.fromisoformat(row["reported"]),
        recorded=read_recorded(row),
        label=label,
        source=row["source"],
        identifier=row["identifier"],
        status=row["status"],
        issued=row["issued"],
        remark=row["remark"],
    )


def _read_catalogue(connection: Connection) -> Catalogue:
    """Return the built-in tests and the journal's own.

    Raises ValueError if the units of one can't be read.
    """
    rows = read_rows(connection, "SELECT * FROM analyte ORDER BY id")
    return Catalogue(read_analyte(row) for row in rows)


def analyte_row(analyte: Analyte) -> dict[str, Any]:
    """Return the row of a test, without the moment of writing."""
    # 1E+2 and 100 are one factor, but the first gives a result no digits that were not printed.
    units = [
        {
            "unit": conversion.unit,
            "factor": str(conversion.factor),
            "offset": str(conversion.offset),
            "source": conversion.source,
        }
        for conversion in analyte.conversions
    ]
    return {
        "id": analyte.id,
        "label": analyte.label,
        "loinc": analyte.loinc,
        "units": json.dumps(units, ensure_ascii=False, sort_keys=True),
    }


def read_analyte(row: Mapping[str, Any]) -> Analyte:
    """Return the test in a row of the table. Raises ValueError if its units can't be read."""
    units = json.loads(row["units"])
    if not isinstance(units, list):
        raise ValueError("units is no list")  # noqa: TRY004 - the file is wrong, not the program
    return Analyte(
        row["id"], row["label"], row["loinc"], tuple(_conversion(unit) for unit in units)
    )


def _conversion(unit: Any) -> Conversion:
    try:
        factor, offset = (read_decimal(unit[name]) for name in ("factor", "offset"))
        if not (is_exact(factor) and is_exact(offset) and factor):
            raise ValueError("no factor")
        return Conversion(str(unit["unit"]), factor, str(unit["source"]), offset)
    except (TypeError, KeyError, InvalidOperation) as error:
        raise ValueError("a unit can't be read") from error
