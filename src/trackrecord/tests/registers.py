"""Small registers for tests: rows by the names of fields, read by the real reading of values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from datetime import date

from trackrecord import layout
from trackrecord.layout import ColumnMapping, SheetMapping
from trackrecord.readers.source import Cell, Sheet, Source
from trackrecord.take import Take, take

Row = Dictionary[str, Cell]


def sheet_of(file: str, rows: Sequence[Row], *, name: str = "") -> Sheet:
    """A sheet whose headers are the names of its fields."""
    header = tuple(dict.fromkeys(field for row in rows for field in row))
    return Sheet(
        file=file,
        name=name,
        header=header,
        columns=tuple([row.get(field) for row in rows] for field in header),
        rows=range(2, len(rows) + 2),
    )


def layout_of(
    sheet: Sheet,
    *,
    register: str = "register",
    level: layout.Level = "projects",
    as_at: date | None = None,
    where: tuple[layout.Filter, ...] = (),
    groups: Sequence[str] = (),
) -> SheetMapping:
    """The mapping that takes each header for the field of that name, all money for pounds."""
    columns = tuple(
        ColumnMapping(
            header=header,
            field=header if header in layout.FIELDS else None,
            currency="GBP" if layout.FIELDS.get(header) == "money" else None,
            unit={"days": "days", "hours": "hours"}.get(layout.FIELDS.get(header, "")),
            group=header in groups,
        )
        for header in sheet.header
    )
    return SheetMapping(register=register, level=level, columns=columns, as_at=as_at, where=where)


def source_of(*sheets: Sheet) -> Source:
    """A source whose digest is that of its cells."""
    cells = repr([(sheet.name, sheet.header, sheet.columns) for sheet in sheets])
    digest = hashlib.sha256(cells.encode()).hexdigest()
    return Source(file=sheets[0].file, digest=digest, reader="test/1", sheets=sheets)


def take_of(
    rows: Sequence[Row],
    *,
    file: str = "register.csv",
    register: str = "register",
    level: layout.Level = "projects",
    as_at: date | None = None,
    where: tuple[layout.Filter, ...] = (),
    groups: Sequence[str] = (),
) -> Take:
    """The take of one sheet of rows."""
    sheet = sheet_of(file, rows)
    sheet_layout = layout_of(sheet, register=register, level=level, where=where, groups=groups)
    return take(source_of(sheet), layout.Mapping(sheets=(sheet_layout,)), as_at=as_at)
