"""Lab results in the journal, as printed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.labs import LabResult, PrintedValue
from moodlab.store.history import Ledger
from moodlab.store.stamps import read_recorded, recorded_columns


class LabBook:
    """Reads and writes the table `lab_result`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def save(self, result: LabResult) -> Changes:
        """Add `result` or replace the one with its id; the earlier one stays in the history."""
        with self._ledger.batch("lab result") as batch:
            row = _row(result)
            before = batch.read("lab_result", row)
            if before is None or any(before[name] != value for name, value in row.items()):
                batch.put("lab_result", row | recorded_columns(batch.recorded))
        return self._ledger.changes

    def delete(self, result_id: str) -> Changes:
        """Put a result into the bin."""
        with self._ledger.batch("delete lab result") as batch:
            batch.remove("lab_result", {"id": result_id})
        return self._ledger.changes

    def read_all(self) -> tuple[LabResult, ...]:
        """Return every result, oldest first."""
        cursor = self._ledger.connection.execute("SELECT * FROM lab_result ORDER BY collected, id")
        names = [column[0] for column in cursor.description]
        return tuple(_result(dict(zip(names, row, strict=True))) for row in cursor)


def _row(result: LabResult) -> dict[str, Any]:
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
        "value": format(result.value.number, "f"),
        "unit": result.unit,
        "canonical_value": format(result.canonical, "f"),
        "canonical_unit": result.canonical_unit,
        "range_text": result.range_text,
        "flag": result.value.flag,
        "lab": result.lab,
        "method": result.method,
        "context": ",".join(result.context),
        "excluded": int(result.excluded),
        "note": result.note,
    }


def _result(row: dict[str, Any]) -> LabResult:
    value = PrintedValue(row["printed"], row["comparator"], Decimal(row["value"]), row["flag"])
    result = LabResult(
        id=row["id"],
        collected=date.fromisoformat(row["collected"]),
        analyte=row["analyte"],
        assay=row["assay"],
        loinc=row["loinc"],
        value=value,
        unit=row["unit"],
        canonical=Decimal(row["canonical_value"]),
        canonical_unit=row["canonical_unit"],
        range_text=row["range_text"],
        lab=row["lab"],
        method=row["method"],
        specimen=row["specimen"],
        context=tuple(word for word in row["context"].split(",") if word),
        excluded=bool(row["excluded"]),
        note=row["note"],
        recorded=read_recorded(row),
    )
    return replace(result, reported=row["reported"] and date.fromisoformat(row["reported"]))
