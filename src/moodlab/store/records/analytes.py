"""Tests of the person's own, in the table `analyte`."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.catalogue import Catalogue
from moodlab.domain.labs.units import Conversion, is_exact
from moodlab.store.file.engine import Connection
from moodlab.store.records.tables import read_rows


def read_catalogue(connection: Connection) -> Catalogue:
    """Return the built-in tests and the journal's own.

    Raises ValueError where the units of one can't be read.
    """
    rows = read_rows(connection, "SELECT * FROM analyte ORDER BY id")
    return Catalogue(_analyte(row) for row in rows)


def analyte_row(analyte: Analyte) -> dict[str, Any]:
    """Return a test as it stands in its table, without when it was written."""
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


def _analyte(row: Mapping[str, Any]) -> Analyte:
    units = json.loads(row["units"])
    if not isinstance(units, list):
        raise ValueError("units is no list")  # noqa: TRY004 - the file is wrong, not the program
    return Analyte(
        row["id"], row["label"], row["loinc"], tuple(_conversion(unit) for unit in units)
    )


def _conversion(unit: Any) -> Conversion:
    try:
        factor, offset = (Decimal(unit[name]) for name in ("factor", "offset"))
        if not (is_exact(factor) and is_exact(offset) and factor):
            raise ValueError("no factor")
        return Conversion(str(unit["unit"]), factor, str(unit["source"]), offset)
    except (TypeError, KeyError, InvalidOperation) as error:
        raise ValueError("a unit can't be read") from error
