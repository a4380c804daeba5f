"""Sheets written by hand, as a reader would hand them on."""

from __future__ import annotations

from collections.abc import Sequence

from trackrecord.readers.source import Cell, Sheet


def sheet(
    header: Sequence[str],
    *records: Sequence[Cell],
    file: str = "register.csv",
    name: str = "",
    title: Sequence[str] = (),
) -> Sheet:
    """A sheet of `records`; the first stands in row 2, under the header."""
    return Sheet(
        file=file,
        name=name,
        header=tuple(header),
        columns=tuple(list(column) for column in zip(*records, strict=True))
        if records
        else tuple([] for _ in header),
        rows=range(2, len(records) + 2),
        title=tuple(title),
    )


def one_column(header: str, *cells: Cell) -> Sheet:
    """A sheet with an id and one more column."""
    return sheet(("Project ID", header), *((f"P{n}", cell) for n, cell in enumerate(cells)))
