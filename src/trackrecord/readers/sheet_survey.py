"""What is known of a worksheet before its cells are read."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSurvey:
    """How large a worksheet is, and what its cells alone do not tell.

    rows, columns: from the top left of the sheet to its last filled cell.
    errors: row, column (from 0) and text of each failed formula.
    shared: how many cells show a text of the workbook's shared ones.
    merged: first and last cell of merged cells, where the format's cell reader does not tell them.
    """

    rows: int = 0
    columns: int = 0
    shared: int = 0
    errors: tuple[tuple[int, int, str], ...] = ()
    merged: tuple[Range, ...] = ()
