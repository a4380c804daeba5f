"""A mapping as a file that people read and correct: `mapping.toml`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from trackrecord.errors import MappingError
from trackrecord.layout import (
    FIELDS,
    SETTING_FITS,
    ColumnMapping,
    Filter,
    Mapping,
    SheetMapping,
)

_HEAD: Final = """\
# Which column means what.  Correct `field` where a guess is wrong ("" leaves a column among the words),
# then give this file back with --mapping.  `confidence`, `because` and `seen` are there for you and
# change nothing.
#
# Fields: {fields}.
# Further settings of a column: currency = "EUR"; scale = 1000.0 (what 1 in the file is worth); unit =
# "days", "weeks", "months", "years" or "hours"; date_order = "day-first" or "month-first"; decimal =
# "," or "."; sign = -1 (the file writes later or dearer as negative) or 1 (as positive); magnitude =
# true (it writes no sign); rating_scale = "3" or "5"; group = true (compare by it).  Currency, scale
# and unit that you leave out are taken from the header.
"""
_COLUMN: Final = {field.name: field for field in fields(ColumnMapping) if field.name != "looks"}
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "header": (str,),
    "field": (str,),
    "currency": (str,),
    "scale": (int, float),
    "date_order": (str,),
    "decimal": (str,),
    "sign": (int,),
    "magnitude": (bool,),
    "unit": (str,),
    "rating_scale": (str,),
    "confidence": (int, float),
    "because": (str,),
    "seen": (list,),
    "group": (bool,),
}
_CHOICES: Final[dict[str, tuple[object, ...]]] = {
    "date_order": ("day-first", "month-first", "year-first"),
    "decimal": (".", ","),
    "sign": (1, -1),
    "unit": ("days", "weeks", "months", "years", "hours"),
    "rating_scale": ("3", "5"),
}
_SHAPES: Final = {
    "hours": "hours of work",
    "share": "a share",
    "count": "a count",
    "date": "a date",
}
_SHEET: Final = ("file", "register", "level", "as_at", "because", "unknown", "where", "column")


def to_toml(mapping: Mapping) -> str:
    """The mapping as text, one block a sheet, one a column; `from_toml` reads it back unchanged.

    A setting that the field of its column has no use for is left out.
    """
    lines = [_HEAD.format(fields=_wrapped(sorted(FIELDS)))]
    for sheet in mapping.sheets:
        lines.extend(_sheet_lines(sheet))
    return "\n".join(lines) + "\n"


def _wrapped(names: list[str]) -> str:
    from textwrap import wrap

    return "\n# ".join(wrap(", ".join(names), 96))


def _text(value: object) -> str:
    """A value as TOML writes it; JSON's strings are TOML's but for the delete character."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_text(each) for each in value) + "]"
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _sheet_lines(sheet: SheetMapping) -> Iterator[str]:
    yield "[[sheet]]"
    if sheet.file:
        yield f"file = {_text(sheet.file)}  # the file this was made for"
    yield f"register = {_text(sheet.register)}"
    yield f"level = {_text(sheet.level)}  # what one row is: projects or items"
    if sheet.as_at is not None:
        yield f"as_at = {_text(sheet.as_at)}  # the day these figures speak of"
    if sheet.because:
        yield f"because = {_text(sheet.because)}"
    if sheet.unknown:
        yield f"unknown = {_text(sheet.unknown)}"
    yield ""
    for filter_ in sheet.where:
        yield "[[sheet.where]]"
        yield f"header = {_text(filter_.header)}"
        yield f"values = {_text(filter_.values)}"
        if filter_.negated:
            yield "negated = true"
        yield ""
    for column in sheet:
        yield from _column_lines(column)


def _column_lines(column: ColumnMapping) -> Iterator[str]:
    yield "[[sheet.column]]"
    yield f"header = {_text(column.header)}"
    yield f"field = {_text(column.field or '')}"
    for name, described in _COLUMN.items():
        value = getattr(column, name)
        if (
            name not in ("header", "field", "confidence", "because", "seen")
            and value != described.default
            and _fits(name, column)
        ):
            yield f"{name} = {_text(value)}"
    yield f"confidence = {_text(column.confidence)}"
    if column.because:
        yield f"because = {_text(column.because)}"
    if column.seen:
        yield f"seen = {_text(column.seen)}"
    yield ""


def from_toml(text: str, *, file: str = "the mapping") -> Mapping:
    """Reads a mapping back.  Raises MappingError, in a sentence, for whatever it cannot mean.

    file: what the user calls it.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise MappingError(f"The mapping is not TOML: {wrong}. Correct that line.") from None
    _only_known(document, ("sheet",), "the mapping")
    sheets = tuple(_sheet(each) for each in _tables(document, "sheet"))
    for number, sheet in enumerate(sheets, start=1):
        _refuse_unfit(sheet, f"{file}, [[sheet]] {number}")
    return Mapping(sheets=sheets)


def _refuse_unfit(sheet: SheetMapping, place: str) -> None:
    """Raises MappingError for a setting that the field of its column has no use for."""
    for number, column in enumerate(sheet, start=1):
        kind = FIELDS.get(column.field or "", "")
        for name in SETTING_FITS:
            value = getattr(column, name)
            if value is not None and not _fits(name, column):
                raise MappingError(
                    f"{place}, [[sheet.column]] {number}, {' '.join(column.header.split())!r}: "
                    f"{name} = {_text(value)} does not fit the field {column.field!r}, which is "
                    f"{_SHAPES.get(kind, kind)}. Take that line out, or correct the field."
                )


def _fits(name: str, column: ColumnMapping) -> bool:
    """Whether a setting means something for the field of its column; without a field it does no harm."""
    fits = SETTING_FITS.get(name)
    return not column.field or fits is None or FIELDS.get(column.field) in fits


def _tables(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    tables = holder.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise MappingError(
            f"In the mapping, write each {name!r} as a block that begins [[...{name}]]."
        )
    return tables


def _only_known(holder: dict[str, Any], known: tuple[str, ...], place: str) -> None:
    for name in holder:
        if name not in known:
            raise MappingError(f"In {place}, {name!r} means nothing. Known: {', '.join(known)}.")


def _sheet(block: dict[str, Any]) -> SheetMapping:
    _only_known(block, _SHEET, "a [[sheet]] of the mapping")
    register, level = block.get("register", ""), block.get("level", "projects")
    if not isinstance(register, str) or not isinstance(block.get("file", ""), str):
        raise MappingError("In the mapping, register and file are names; write them in quotes.")
    if level not in ("projects", "items"):
        raise MappingError(f'In the mapping, level is {level!r}; write "projects" or "items".')
    as_at = block.get("as_at")
    if as_at is not None and type(as_at) is not date:
        raise MappingError(f"In the mapping, as_at is {as_at!r}; write a day as 2024-03-31.")
    columns = tuple(_column(each) for each in _tables(block, "column"))
    return SheetMapping(
        file=block.get("file", ""),
        register=register,
        level=level,
        as_at=as_at,
        columns=columns,
        where=tuple(_filter(each) for each in _tables(block, "where")),
        because=str(block.get("because", "")),
        unknown=tuple(map(str, block.get("unknown", ()))),
    )


def _filter(block: dict[str, Any]) -> Filter:
    _only_known(block, ("header", "values", "negated"), "a [[sheet.where]] of the mapping")
    header, values = block.get("header"), block.get("values")
    if not isinstance(header, str) or not isinstance(values, list):
        raise MappingError('In the mapping, a filter needs header = "..." and values = ["..."].')
    return Filter(
        header=header, values=tuple(map(str, values)), negated=bool(block.get("negated", False))
    )


def _column(block: dict[str, Any]) -> ColumnMapping:
    _only_known(block, tuple(_COLUMN), "a [[sheet.column]] of the mapping")
    header = block.get("header")
    if not isinstance(header, str):
        raise MappingError(
            'In the mapping, a column has no header. Add header = "..." as in the file.'
        )
    for name, value in block.items():
        if not isinstance(value, _TYPES[name]) or (
            isinstance(value, bool) and bool not in _TYPES[name]
        ):
            raise MappingError(f"In the mapping, {name} of {header!r} cannot be {value!r}.")
        choices = _CHOICES.get(name)
        if choices and value not in choices:
            listed = " or ".join(map(_text, choices))
            raise MappingError(
                f"In the mapping, {name} of {header!r} is {value!r}; write {listed}."
            )
    field = block.get("field") or None
    if field is not None and field not in FIELDS:
        near = get_close_matches(field, FIELDS, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else f" Known: {', '.join(sorted(FIELDS))}."
        raise MappingError(
            f"The mapping says that {header!r} is {field!r}, which is no field.{hint}"
        )
    given = {**block, "field": field}
    for number in ("scale", "confidence"):
        if number in given:
            given[number] = float(given[number])
    if "seen" in given:
        given["seen"] = tuple(map(str, given["seen"]))
    return ColumnMapping(**given)
