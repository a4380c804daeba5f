"""Every problem of a reading as a sheet to send round: CSV and XLSX, with room for the right value.

The texts of cells are other people's: none of them runs as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from backing.evidence import keeping
from backing.evidence.models import DroppedFile
from backing.site.spreadsheet import csv_lines
from trackrecord.problem import Problem

COLUMNS: Final = (
    ("File", 28),
    ("Sheet", 16),
    ("Row", 8),
    ("Column", 22),
    ("Found", 26),
    ("Expected", 30),
    ("What to do", 60),
    ("Right value", 22),
)
# What a workbook's sheet can hold below its header; the CSV holds all.
MOST_ROWS: Final = 1_048_575


def problems_of(files: Iterable[DroppedFile]) -> Iterator[Problem]:
    """All problems of these files; a file that could not be read is one by itself.

    Raises EvidenceError where they are no longer kept.
    """
    from trackrecord.storing.shelf import Shelf
    from trackrecord.storing.taken import read_problems

    shelf = Shelf(keeping.record_place())
    for file in files:
        if file.take:
            yield from read_problems(shelf, file.take)
        elif file.trouble:
            yield Problem(file=file.name, todo=file.trouble, extent="file", code="unread")


def as_csv(problems: Iterable[Problem]) -> Iterator[bytes]:
    """The lines of a CSV, a few at a time."""
    return csv_lines([name for name, _ in COLUMNS], map(_cells, problems))


def as_xlsx(problems: Iterable[Problem]) -> bytes:
    """A workbook in which words stay words."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3ECDD"})
        text = book.add_format({"valign": "top", "text_wrap": True})
        sheet = book.add_worksheet("To correct")
        sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        row = 0
        for row, problem in zip(range(1, MOST_ROWS + 1), problems, strict=False):
            for column, cell in enumerate(_cells(problem)):
                if isinstance(cell, int):
                    sheet.write_number(row, column, cell, text)
                elif cell:
                    sheet.write_string(row, column, cell, text)
        sheet.autofilter(0, 0, max(row, 1), len(COLUMNS) - 1)
    return out.getvalue()


def _cells(problem: Problem) -> Sequence[str | int]:
    return (
        problem.file,
        problem.sheet,
        problem.row or "",
        " ".join(problem.column.split()),
        problem.found,
        problem.expected,
        problem.todo,
        "",
    )
