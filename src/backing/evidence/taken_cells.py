"""Where in a take the cells with problems stand, so that a person can put one right on the page.

Only a cell of a row that was taken can be: a correction speaks of a project.  Of two plans in one row, or
two rows of one project, that are both blank, nobody could say which is meant; those are put right in the file.
No Django here: the reader's process runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from backing.evidence.cell_kinds import MAPPED
from trackrecord.layout import ColumnMapping
from trackrecord.take import Take

# A correction of these holds in the latest row, which is the one that figures read.
_OF_THE_PROJECT: Final = "projects"


def with_places(
    problems: list[dict[str, Any]], taken: Take, sheets: Sequence[str]
) -> list[dict[str, Any]]:
    """Folded problems, whose cells say where they stand; those that nobody can put right here are left out.

    A fold gains `field` (of trackrecord.layout) and `worth`; each of its cells register, key, was (a date
    as text) and currency.  sheets: their names, one for each mapping of the take.
    """
    columns = {
        (name, column.header): column
        for name, layout in zip(sheets, taken.mapping.sheets, strict=False)
        for column in layout
        if column.field in MAPPED and layout.level == "projects"
    }
    return [_placed(each, taken, columns.get((each["sheet"], each["column"]))) for each in problems]


def _placed(fold: dict[str, Any], taken: Take, column: ColumnMapping | None) -> dict[str, Any]:
    if column is None or column.field is None or fold["extent"] != "cell":
        return {**fold, "cells": []}
    place = MAPPED[column.field]
    table = taken.tables[place.table]
    numbers = pa.array([each["row"] for each in fold["cells"]], pa.int32())
    here = pc.and_(pc.equal(table["sheet"], fold["sheet"]), pc.is_in(table["row"], numbers))
    if place.stated:
        here = pc.and_(here, pc.equal(table["stated"], place.stated))
    rows = {row["row"]: row for row in table.filter(here).to_pylist()}
    theirs = pc.is_in(table["key"], pa.array([row["key"] for row in rows.values()], pa.string()))
    alike = table.filter(theirs).select(["register", "key", place.column]).to_pylist()
    return {
        **fold,
        "field": column.field,
        "worth": column.worth,
        "cells": [
            _cell(each, row, place.column)
            for each in fold["cells"]
            if (row := rows.get(each["row"])) is not None
            and (place.table == _OF_THE_PROJECT or _is_alone(row, alike, place.column))
        ],
    }


def _is_alone(row: dict[str, Any], alike: Sequence[dict[str, Any]], column: str) -> bool:
    """Whether no other row of the project says the same in this column."""
    who = (row["register"], row["key"], row[column])
    return sum((other["register"], other["key"], other[column]) == who for other in alike) == 1


def _cell(cell: dict[str, Any], row: dict[str, Any], column: str) -> dict[str, Any]:
    was = row[column]
    return {
        **cell,
        "register": row["register"],
        "key": row["key"],
        "was": was.isoformat() if isinstance(was, date) else was,
        "currency": row["currency"] or "",
    }
