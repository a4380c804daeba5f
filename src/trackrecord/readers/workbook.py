"""Reads workbooks: XLSX and XLSM, XLS, ODS.

python-calamine gives the cells; before it is let at a file, `sheet_parts` (or `biff`, for XLS)
has looked at how large its sheets are and where formulas failed, both of which calamine does not
tell.  Hidden sheets are left alone, and said so: they hold lists and old copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trackrecord.errors import UnreadableSource
from trackrecord.problem import Problem
from trackrecord.readers import biff, limits, ole, package, sheet_parts
from trackrecord.readers.grid import FAILED, Grid, Mark, table
from trackrecord.readers.sheet_survey import SheetSurvey
from trackrecord.readers.source import Sheet, Source

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

NAME: Final = "workbook/1"


def recognises(head: bytes, path: Path) -> bool:
    """An Excel or OpenDocument workbook by its parts, an old one by its streams."""
    if head.startswith(b"PK"):
        names = package.names(path)
        return "xl/workbook.xml" in names or sheet_parts.is_open_document(path, names)
    if head.startswith(ole.MAGIC):
        try:
            return bool(ole.CompoundFile(path).names & biff.STREAMS)
        except ole.BrokenContainer:
            return False
    return False


def read(path: Path, digest: str) -> Source:
    """A Sheet for every visible worksheet that holds a table; the others are noted.

    Raises UnreadableSource for a locked, damaged or oversized workbook.
    """
    surveys = _surveys(path)
    for name, survey in surveys.items():
        _refuse_if_too_large(path, name, survey)
    sheets, problems = list[Sheet](), list[Problem]()
    for name, hidden, cells in _worksheets(path):
        if hidden:
            problems.append(_left_alone(path, name))
        elif cells is not None and cells.start is not None:
            sheet, noticed = _table(path, cells, surveys.get(name, SheetSurvey()))
            sheets += [sheet] if sheet else []
            problems += noticed
    return Source(
        file=path.name,
        digest=digest,
        reader=NAME,
        sheets=tuple(sheets),
        problems=tuple(sorted(problems)),
    )


def _surveys(path: Path) -> dict[str, SheetSurvey]:
    """Name of each worksheet -> its size, failed formulas and merged cells."""
    try:
        with path.open("rb") as file:
            old = file.read(8) == ole.MAGIC
        return biff.surveys(path) if old else sheet_parts.surveys(path)
    except biff.Locked as error:
        raise _locked(path) from error
    except (ole.BrokenContainer, package.DamagedPackage) as error:
        raise _damaged(path) from error


def _worksheets(path: Path) -> Iterator[tuple[str, bool, CalamineSheet | None]]:
    """Name, whether hidden, and cells of each worksheet, in the order of the workbook."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = _opened(path)
        for sheet in workbook.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                visible = sheet.visible is SheetVisibleEnum.Visible
                yield (
                    sheet.name,
                    not visible,
                    workbook.get_sheet_by_name(sheet.name) if visible else None,
                )
    except PasswordError as error:
        raise _locked(path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(path) from error


def _opened(path: Path) -> CalamineWorkbook:
    """The workbook, whatever its suffix: calamine goes by suffix only when it is given a path."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(path.open("rb"))


def _table(
    path: Path, cells: CalamineSheet, survey: SheetSurvey
) -> tuple[Sheet | None, list[Problem]]:
    top, left = cells.start or (0, 0)
    rows: list[list[Any]] = cells.to_python()
    merged = survey.merged if cells.merged_cell_ranges is None else cells.merged_cell_ranges
    filled = _fill_down(rows, merged, top, left)
    marks = [
        Mark(row=row - top, column=column - left, found=error, code="formula-error", **FAILED)
        for row, column, error in survey.errors
    ]
    sheet, problems = table(
        Grid(
            file=path.name,
            name=cells.name,
            rows=rows,
            first_row=top + 1,
            first_column=left + 1,
            marks=marks,
        )
    )
    if sheet and filled:
        problems.append(
            Problem(
                file=path.name,
                sheet=cells.name,
                found=f"{filled} cells merged over several rows",
                expected="a value in each row",
                todo="Nothing, if the value holds for each of the rows; it was taken so.",
                extent="file",
                code="merged-cells",
            )
        )
    return sheet, problems


def _fill_down(
    rows: list[list[Any]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    top: int,
    left: int,
) -> int:
    """Repeats a cell merged over several rows of one column in each of them; how many there were.

    Merges over several columns are headings or decoration: their text stays where it begins.
    """
    filled = 0
    for (first, column), (last, last_column) in merged:
        if column != last_column or first == last:
            continue
        value = rows[first - top][column - left] if 0 <= first - top < len(rows) else ""
        if value != "":
            filled += 1
            for row in rows[first - top + 1 : last - top + 1]:
                row[column - left] = value
    return filled


def _left_alone(path: Path, name: str) -> Problem:
    return Problem(
        file=path.name,
        sheet=name,
        found="a hidden sheet",
        expected="a sheet that can be seen",
        todo="Unhide it in the workbook if it holds projects; it was not read.",
        extent="file",
        code="hidden-sheet",
    )


def _refuse_if_too_large(path: Path, name: str, survey: SheetSurvey) -> None:
    if survey.rows * survey.columns > limits.CELLS:
        raise UnreadableSource(
            file=path.name,
            place=f"sheet {name!r}",
            why=f"the sheet is {survey.rows:,} rows by {survey.columns:,} columns large; most often a "
            "single cell far away from the table makes it so",
            todo="Delete everything around the table, or export the table as CSV or Parquet.",
        )


def _locked(path: Path) -> UnreadableSource:
    return UnreadableSource(
        file=path.name,
        why="it is locked with a password",
        todo="Open it, save a copy without the password, and give that.",
    )


def _damaged(path: Path) -> UnreadableSource:
    return UnreadableSource(
        file=path.name,
        why="the workbook is damaged and cannot be opened",
        todo="Open it in Excel or LibreOffice, save it as .xlsx, and give that.",
    )
