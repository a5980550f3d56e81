"""JSON with exact numbers: 0.30 stays 0.30, which Python's own writer can't do."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from moodlab.domain.numbers import plain


def write_exactly(value: Any) -> bytes:
    """Return a value as UTF-8 JSON, one field a line; Decimals are written with their digits."""
    return ("".join(_parts(value, "\n")) + "\n").encode()


def _parts(value: Any, line: str) -> Iterator[str]:
    if isinstance(value, Decimal):
        yield plain(value)
    elif isinstance(value, Mapping) and value:
        opening = "{"
        for name, inner in value.items():
            yield f"{opening}{line} {json.dumps(name, ensure_ascii=False)}: "
            yield from _parts(inner, line + " ")
            opening = ","
        yield line + "}"
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        opening = "["
        for inner in value:
            yield f"{opening}{line} "
            yield from _parts(inner, line + " ")
            opening = ","
        yield line + "]"
    else:
        yield json.dumps(value, ensure_ascii=False)
