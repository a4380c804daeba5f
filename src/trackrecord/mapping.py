"""Which column means what: guessed, shown, corrected, saved and found again.

mapping = Mapping(sheets=(guess(sheet),))       # from headers and values, with reasons
text = to_toml(mapping)                         # people read and correct this
apply(from_toml(text), sheet)                   # the mapping for this or a like sheet
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from trackrecord.errors import MappingError
from trackrecord.guessing import as_field, guess, with_signs
from trackrecord.layout import FIELDS, ColumnMapping, Filter, Mapping, SheetMapping
from trackrecord.mapping_file import from_toml, to_toml
from trackrecord.readers.source import Sheet

__all__ = [
    "ColumnMapping",
    "Filter",
    "Mapping",
    "Preview",
    "SheetMapping",
    "apply",
    "from_toml",
    "guess",
    "show",
    "to_toml",
]


# What a person who says what a column means may leave to its header and its values, by shape.
_LEFT_OPEN: Final = {
    "money": ("currency", "scale"),
    "hours": ("unit",),
    "days": ("unit",),
    "share": ("scale",),
}


class Preview(NamedTuple):
    """One column of a mapping, as a person looks it over."""

    register: str
    level: str
    header: str
    field: str
    confidence: float
    because: str
    seen: str


def show(mapping: Mapping) -> list[Preview]:
    """Every column of every sheet with what it means, how sure we are, and why."""
    return [
        Preview(
            register=sheet.register,
            level=sheet.level,
            header=" ".join(column.header.split()),
            field=column.field or "",
            confidence=column.confidence,
            because=column.because,
            seen=", ".join(column.seen),
        )
        for sheet in mapping.sheets
        for column in sheet
    ]


def apply(mapping: Mapping, sheet: Sheet) -> SheetMapping:
    """The mapping for `sheet`: by its exact layout, else by the layout most like it, else guessed.

    Columns the mapping does not know are guessed and listed in `unknown`; the as-at day of a
    mapping that was made for another file is not this sheet's.  Currency, scale, unit and the sign
    of a variance that a column does not state are taken from its header and values.
    Raises MappingError where the mapping names a column that this sheet, plainly one of its kind,
    does not have.
    """
    fresh = guess(sheet)
    known = _closest(mapping, sheet)
    if known is None:
        if len(mapping.sheets) == 1 and fresh.has("key", "item_id"):
            raise _lacks(sheet, _wanted(mapping.sheets[0]))
        return fresh
    missing = [name for name in _wanted(known) if _found(name, sheet) is None]
    if missing:
        raise _lacks(sheet, missing)
    stated = {_found(column.header, sheet): column for column in known}
    given = {column.field for column in known if column.field}
    unknown = tuple(header for header in sheet.header if header not in stated)
    columns = tuple(
        _completed(stated[guessed.header], guessed, sheet)
        if guessed.header in stated
        else _without_rivals(guessed, given)
        for guessed in fresh
    )
    because = known.because
    if unknown:
        because = (
            f"{len(unknown)} columns were not in the mapping and were guessed. {because}".strip()
        )
    as_at = known.as_at if known.file in ("", sheet.file) else None
    applied = SheetMapping(
        file=sheet.file,
        register=known.register or fresh.register,
        level=known.level,
        columns=columns,
        as_at=fresh.as_at if as_at is None else as_at,
        where=known.where,
        because=because,
        unknown=unknown,
    )
    return with_signs(sheet, applied)


def _plain(header: str) -> str:
    return " ".join(header.split()).casefold()


def _found(header: str, sheet: Sheet) -> str | None:
    """The sheet's header that is meant: as it stands, else but for case and blanks, where one is."""
    if header in sheet.header:
        return header
    alike = [name for name in sheet.header if _plain(name) == _plain(header)]
    return alike[0] if len(alike) == 1 else None


def _wanted(known: SheetMapping) -> list[str]:
    """The columns a mapping cannot do without."""
    named = [c.header for c in known if c.field is not None or c.group]
    return list(dict.fromkeys([*named, *(filter_.header for filter_ in known.where)]))


def _closest(mapping: Mapping, sheet: Sheet) -> SheetMapping | None:
    """The sheet mapping of this layout, else the one that shares most columns, at least half."""
    same = [known for known in mapping.sheets if known.header == sheet.header]
    if same:
        return next((known for known in same if known.file == sheet.file), same[0])

    def likeness(known: SheetMapping) -> tuple[float, int]:
        wanted = _wanted(known)
        shared = sum(_found(name, sheet) is not None for name in wanted)
        return shared / max(len(wanted), 1), shared

    best = max(mapping.sheets, key=likeness, default=None)
    return best if best is not None and likeness(best)[0] >= 0.5 else None


def _completed(stated: ColumnMapping, guessed: ColumnMapping, sheet: Sheet) -> ColumnMapping:
    """A column as the mapping states it, and what it leaves open as the sheet has it."""
    column = replace(stated, header=guessed.header, seen=guessed.seen)
    kind = FIELDS.get(stated.field or "", "")
    left_open = [name for name in _LEFT_OPEN.get(kind, ()) if getattr(stated, name) is None]
    if not stated.field or not left_open:
        return column
    same = guessed.field == stated.field
    read = guessed if same else as_field(sheet, guessed.header, stated.field)
    return replace(column, **{name: getattr(read, name) for name in left_open})


def _without_rivals(guessed: ColumnMapping, given: set[str]) -> ColumnMapping:
    """A guess for a column the mapping does not know; what the mapping has given away stays given."""
    if guessed.field in given:
        return replace(
            guessed,
            field=None,
            confidence=0.0,
            because="the mapping has another column for this",
        )
    return replace(guessed, because=f"not in the mapping, guessed: {guessed.because}")


def _lacks(sheet: Sheet, missing: list[str]) -> MappingError:
    named = ", ".join(repr(" ".join(name.split())) for name in missing)
    has = "; ".join(" ".join(name.split()) for name in sheet.header)
    place = f"{sheet.file}, sheet {sheet.name!r}," if sheet.name else sheet.file
    return MappingError(
        f"{place} lacks what the mapping names: {named}. It has: {has}. "
        "Correct the mapping, or run without it to have the columns guessed."
    )
