"""The figures and problems of a Record as files: the JSON contract of docs/json.md, and CSV.

The contract is held by a test.  Shares and overruns are fractions; money is in major units with its
currency code as unit; counts and sums have null low, high and level; an undefined figure has a null
value and a reason.  The overall figure of a measure has a null group and comes first, original before
current.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from trackrecord.figure import Figure
from trackrecord.problem import Problem
from trackrecord.record import Record

FIGURE_COLUMNS = (
    "measure",
    "version",
    "by",
    "group",
    "baseline",
    "value",
    "reason",
    "low",
    "high",
    "level",
    "n",
    "missing",
    "unit",
    "direction",
    "as_at",
    "definition",
)
PROBLEM_COLUMNS = (
    "file",
    "sheet",
    "row",
    "column",
    "found",
    "expected",
    "todo",
    "extent",
    "code",
)


def figure_as_json(figure: Figure) -> dict[str, Any]:
    """One figure in the shape of the contract."""
    return {
        "measure": figure.measure,
        "version": figure.version,
        "by": figure.by,
        "group": figure.group,
        "baseline": figure.baseline,
        "value": figure.value,
        "reason": figure.reason,
        "low": figure.low,
        "high": figure.high,
        "level": figure.level,
        "n": figure.n,
        "missing": figure.missing_total,
        "missing_by": dict(sorted(figure.missing.items())),
        "unit": figure.unit,
        "direction": figure.direction,
        "as_at": figure.as_at.isoformat() if figure.as_at else None,
        "definition": figure.definition,
    }


def figures_json(record: Record, figures: Sequence[Figure]) -> bytes:
    """`figures.json`: the edition, its rows, and every figure; same input, same bytes."""
    content = {
        "edition": record.edition,
        "as_at": record.as_at.isoformat() if record.as_at else None,
        "problems": {
            "rows_in": record.rows_in,
            "rows_taken": record.rows_taken,
            "rows_with_problems": record.rows_with_problems,
        },
        "figures": [figure_as_json(figure) for figure in figures],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def figures_csv(figures: Iterable[Figure]) -> bytes:
    """`figures.csv`: a line a figure, for a spreadsheet."""
    rows = (figure_as_json(figure) for figure in figures)
    return _csv(FIGURE_COLUMNS, ([row[column] for column in FIGURE_COLUMNS] for row in rows))


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """`problems.csv`: what was not taken, where it stands, and what to do about it."""
    return _csv(
        PROBLEM_COLUMNS,
        ([_shown(getattr(problem, column)) for column in PROBLEM_COLUMNS] for problem in problems),
    )


def _shown(value: str | int) -> str | int:
    return "" if value == 0 else value


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV as spreadsheets open it: UTF-8 with a byte order mark, and no cell that runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: object) -> object:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell
