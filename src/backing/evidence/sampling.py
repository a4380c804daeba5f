"""What the eye is shown of a file: its first rows, and its problems with alike ones folded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from trackrecord.problem import Problem
from trackrecord.readers.source import Cell, Source

ROWS: Final = 8
LETTERS: Final = 200  # of a cell
NUMBERS: Final = 20  # of rows, of one kind of problem
KINDS: Final = 500  # of problems


def sample(source: Source) -> list[dict[str, Any]]:
    """Per sheet its name, its header and its first rows as they stand, with their numbers."""
    return [
        {
            "name": sheet.name,
            "header": list(sheet.header),
            "numbers": list(sheet.rows[:ROWS]),
            "rows": [
                [_text(column[row]) for column in sheet.columns]
                for row in range(min(ROWS, len(sheet.rows)))
            ],
        }
        for sheet in source.sheets
    ]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = str(cell)
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"


def folded(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems that are alike as one: how many, the first rows, and what stood in each of them.

    found: in the first.  cells: row and what stood there, of as many as `rows`.
    Those that cost a row come first, then the commonest.
    """
    kinds: dict[tuple[str, ...], dict[str, Any]] = {}
    for each in problems:
        kind = (each.code, each.extent, each.sheet, each.column)
        fold = kinds.setdefault(
            kind,
            {
                "code": each.code,
                "extent": each.extent,
                "sheet": each.sheet,
                "column": each.column,
                "expected": each.expected,
                "todo": each.todo,
                "found": each.found,
                "count": 0,
                "rows": [],
                "cells": [],
            },
        )
        fold["count"] += 1
        if each.row and len(fold["rows"]) < NUMBERS:
            fold["rows"].append(each.row)
            fold["cells"].append({"row": each.row, "found": each.found})
    in_order = sorted(
        kinds.items(), key=lambda item: (item[0][1] != "row", -item[1]["count"], item[0])
    )
    return [fold for _, fold in in_order[:KINDS]]
