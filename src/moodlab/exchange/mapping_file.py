"""Reads a mapping file. A refusal names the place of what is wrong: its table and key.

cattrs walks through the tables and keeps the place of each error. `mapping_values` defines what
each value may be: by itself, cattrs would turn a number into text, and a text into a list of
letters.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import GenericAlias
from typing import TYPE_CHECKING, Any, get_args, get_origin

from moodlab.domain.errors import Refused
from moodlab.exchange.mapping import TableMapping
from moodlab.exchange.mapping_values import READERS, as_list, as_table, shorten
from moodlab.i18n import translate

if TYPE_CHECKING:
    from cattrs import Converter

# Names of tables and keys, and numbers of list items, from the file down to what is wrong.
Place = Sequence[str | int]
Hook = Callable[[Any, Any], Any]


def read_mapping(content: bytes) -> TableMapping:
    """Read a mapping from TOML. Raises Refused, naming what is wrong and where."""
    from cattrs import BaseValidationError

    given = _read_toml(content)
    try:
        return _converter().structure(given, TableMapping)
    except BaseValidationError as error:
        raise Refused(_sentence(*_first_trouble(error))) from error


def _read_toml(content: bytes) -> Mapping[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        reason = str(error).rstrip(".")
    except UnicodeDecodeError:
        reason = translate("mapping", "it is not UTF-8 text")
    except (ValueError, RecursionError):
        reason = translate("mapping", "a number is too long, or lists are nested too deeply")
    raise Refused(
        translate("mapping", "The mapping file can't be read: {error}.").format(error=reason)
    )


@cache
def _converter() -> "Converter":
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn

    converter = Converter(forbid_extra_keys=True)

    def table(kind: Any) -> Hook:
        read = make_dict_structure_fn(kind, converter)
        return lambda value, _: read(as_table(value), kind)

    def keyed(kind: Any) -> Hook:
        into: Any = GenericAlias(dict, get_args(kind))

        def read(value: Any, _: Any) -> Any:
            found = converter.structure(as_table(value), into)
            if len(found) < len(value):
                raise Refused(
                    translate("mapping", "Two of these mean the same: {names}. Keep one.").format(
                        names=shorten(", ".join(value))
                    )
                )
            return found

        return read

    def listed(kind: Any) -> Hook:
        item: Any = get_args(kind)[0]
        read_table = table(item) if is_dataclass(item) else None
        into: Any = GenericAlias(list, (item,))

        def read(value: Any, _: Any) -> Any:
            if read_table is not None and isinstance(value, dict):
                return (read_table(value, None),)  # [treatment] in place of [[treatment]]
            return tuple(converter.structure(as_list(value), into))

        return read

    def plain(read: Callable[[Any], Any]) -> Hook:
        return lambda value, _: read(value)

    converter.register_structure_hook_factory(is_dataclass, table)
    converter.register_structure_hook_factory(_is_generic(Mapping), keyed)
    converter.register_structure_hook_factory(_is_generic(tuple), listed)
    for kind, read in READERS.items():
        converter.register_structure_hook(kind, plain(read))
    return converter


def _is_generic(origin: Any) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


def _first_trouble(error: Exception) -> tuple[Place, Exception]:
    """Return the first error that cattrs found, and its place."""
    from cattrs import AttributeValidationNote, ClassValidationError, IterableValidationError

    place: list[str | int] = []
    while isinstance(error, ClassValidationError | IterableValidationError):
        located, others = error.group_exceptions()
        if located:
            error, note = located[0]
            place.append(note.name if isinstance(note, AttributeValidationNote) else note.index)
        else:
            error = others[0]
    return place, error


def _sentence(place: Place, error: Exception) -> str:
    from cattrs import ForbiddenExtraKeysError

    if isinstance(error, KeyError):
        *table, key = place
        if not table:
            return translate("mapping", "The mapping has no table [{name}].").format(name=key)
        return translate("mapping", "{place}: {key} is missing.").format(
            place=_bracketed(table), key=key
        )
    if isinstance(error, ForbiddenExtraKeysError):
        return translate("mapping", "{place}: “{key}” is not known. Known are {known}.").format(
            place=_bracketed(place) if place else translate("mapping", "The mapping"),
            key=shorten(min(error.extra_fields)),
            known=", ".join(sorted(field.name for field in fields(error.cl))),
        )
    if not isinstance(error, Refused):
        raise error
    if not place:
        return error.sentence
    return translate("mapping", "{place}: {what}").format(place=_words(place), what=error.sentence)


def _words(place: Place) -> str:
    """Return ``[file] missing`` or ``[file] missing, item 2``."""
    *table, last = place
    if isinstance(last, int):
        return translate("mapping", "{place}, item {n}").format(place=_words(table), n=last + 1)
    return f"{_bracketed(table)} {shorten(last)}" if table else f"[{shorten(last)}]"


def _bracketed(place: Place) -> str:
    """Return ``[columns.mood]``, or ``[treatment 2]`` for the second of several."""
    names = "".join(f" {step + 1}" if isinstance(step, int) else f".{step}" for step in place)
    return f"[{shorten(names.removeprefix('.'))}]"
