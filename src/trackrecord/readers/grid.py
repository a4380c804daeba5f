"""From rows of raw cells to a `Sheet`: what is header, what is data, and what is neither.

All formats that are pictures of a table (texts, worksheets) come through here, so that a title
line, a band, a total or a footnote is treated alike in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Final

from trackrecord.problem import Extent, Problem
from trackrecord.readers import ending, heading
from trackrecord.readers.cleaning import Column, cleaned
from trackrecord.readers.kinds import is_blank
from trackrecord.readers.source import Cell, Sheet
from trackrecord.readers.turning import stands_on_its_side

Row = Sequence[Cell]

_SHOWN: Final = 80  # characters of a cell that a Problem shows
# More rows than this share of them is a habit of the file, not a slip in a row.
_HABIT: Final = 0.2


FAILED: Final = {
    "expected": "a value",
    "todo": "Repair the formula in the sheet; until then the cell counts as missing.",
}
"""What is said of a cell whose formula failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A cell that is not as it should be, noted before the table around it was known.

    row, column: its place in `Grid.rows`, from 0.  The other names are those of a Problem.
    """

    row: int
    column: int
    found: str
    expected: str
    todo: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The raw cells of one worksheet or text.

    rows: as they stand, blank cells None or "", of any length; blank rows included.
    first_row, first_column: what a user calls the first of them (1 is the top left).
    aligned: each cell certainly stands in its own column; in a text, a stray delimiter moves all
    that follow it.
    """

    file: str
    name: str = ""
    rows: Sequence[Row] = ()
    first_row: int = 1
    first_column: int = 1
    aligned: bool = True
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """The data of a grid, record by record or field by field, with the way back to the grid.

    names: one a column.  records, fields: where record i and column j stand in the grid: rows and
    columns of an upright table, columns and rows of one on its side.
    """

    names: tuple[str, ...]
    columns: list[Sequence[Cell]]
    records: Sequence[int]
    fields: Sequence[int]
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Notes:
    """The Problems of one grid."""

    grid: Grid
    problems: list[Problem] = attribute(default_factory=list)

    def add(
        self, code: str, extent: Extent, *, expected: str, todo: str,
        row: int = 0, column: str = "", found: object = "",
    ) -> None:  # fmt: skip
        self.problems.append(
            Problem(
                file=self.grid.file, sheet=self.grid.name, row=row, column=column,
                found=_shown(found), expected=expected, todo=todo, extent=extent, code=code,
            )
        )  # fmt: skip


def _shown(found: object) -> str:
    """A cell as a Problem shows it; an ellipsis stands for what is cut."""
    words = str(found)
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"


def table(grid: Grid) -> tuple[Sheet | None, list[Problem]]:
    """The table in a grid, and all that was noticed on the way.

    None where there is no table, or no row below its header; a Problem then says so.
    A row that is left out (a total, the header again, more cells than names) has one Problem of
    extent "row"; blank rows are passed over.
    """
    notes = _Notes(grid)
    found = heading.find(grid.rows)
    if found is None:
        _note_no_table(notes)
        return None, notes.problems
    below = _filled(grid.rows, found.first_row)
    sideways = [found.header_row, *below]
    if stands_on_its_side([grid.rows[at] for at in sideways]):
        block = _on_its_side(grid, sideways, notes)
    else:
        block = _upright(grid, found, below, notes)
    sheet = _sheet(block, found.title, notes)
    if not sheet.rows:
        notes.add(
            "no-rows", "file", found=", ".join(sheet.header), expected="rows below the header",
            todo="Export the rows as well, if there are any.",
        )  # fmt: skip
        return None, notes.problems
    return sheet, notes.problems


def _note_no_table(notes: _Notes) -> None:
    cells = (str(cell).strip() for row in notes.grid.rows for cell in row if not is_blank(cell))
    notes.add(
        "no-table", "file", found=next(cells, ""),
        expected="a header row with a name for each of two or more columns",
        todo="Nothing, if this sheet holds no projects; else give its columns a header row.",
    )  # fmt: skip


def _filled(rows: Sequence[Row], start: int) -> Sequence[int]:
    """Indices of the rows from `start` on that hold anything."""
    indices = range(start, len(rows))
    # The first look is quick and nearly always enough; a row of zeros takes the second.
    if all(map(any, rows[start:])):
        return indices
    return [at for at in indices if any(rows[at]) or not all(map(is_blank, rows[at]))]


def _on_its_side(grid: Grid, lines: Sequence[int], notes: _Notes) -> _Block:
    """Each row becomes a column; a row with text only in its first cell is a note, not a field."""
    fields = []
    for at in lines:
        if all(map(is_blank, grid.rows[at][1:])):
            _note_footnote(notes, at)
        else:
            fields.append(at)
    width = max(
        column + 1
        for at in fields
        for column, cell in enumerate(grid.rows[at])
        if not is_blank(cell)
    )
    padding = [None] * width
    return _Block(
        names=tuple(str(grid.rows[at][0]).strip() for at in fields),
        columns=[[*grid.rows[at], *padding][1:width] for at in fields],
        records=range(1, width),
        fields=fields,
        turned=True,
    )


def _upright(grid: Grid, found: heading.Heading, below: Sequence[int], notes: _Notes) -> _Block:
    rows = [grid.rows[at] for at in below]
    usual = heading.width_of_body(rows)
    for _ in range(ending.footnotes(rows, usual_width=usual, gaps=below)):
        rows.pop()
        _note_footnote(notes, below[-1])
        below = below[:-1]
    width = len(found.names)
    if set(map(len, rows)) - {width}:
        width, below = _even_out(grid, found, below, notes)
        rows = [_padded(grid.rows[at], width) for at in below]
    return _Block(
        names=found.names + ("",) * (width - len(found.names)),
        # zip(*rows) does the same, slower: it makes an iterator of each row, all held at once.
        columns=[[row[at] for row in rows] for at in range(width)],
        records=below,
        fields=range(width),
    )


def _padded(row: Row, width: int) -> Row:
    return row if len(row) == width else [*row[:width], *[None] * (width - len(row))]


def _even_out(
    grid: Grid, found: heading.Heading, below: Sequence[int], notes: _Notes
) -> tuple[int, Sequence[int]]:
    """How wide the table is, and the rows that fit it; the others are noted.

    Where cells are aligned, or many rows go past the header, what lies beyond it is a column
    without a name.  Else a row that goes past it has come apart (an unquoted delimiter in a text,
    mostly): no cell of it can be trusted, and it is left out.
    """
    named = len(found.names)
    over = {at for at in below if any(not is_blank(cell) for cell in grid.rows[at][named:])}
    if over and (grid.aligned or len(over) > _HABIT * len(below)):
        return max(len(grid.rows[at]) for at in over), below
    for at in sorted(over):
        row = grid.rows[at]
        notes.add(
            "too-many-cells", "row", row=grid.first_row + at, found=f"{len(row)} cells: {row[-1]}",
            expected=f"{named} cells, as the header has",
            todo="Put the cell that holds a delimiter in quotation marks, or export the file as XLSX.",
        )  # fmt: skip
    fitting = [at for at in below if at not in over]
    if not grid.aligned:
        _note_short_rows(grid, found, fitting, notes)
    return named, fitting


def _note_short_rows(
    grid: Grid, found: heading.Heading, below: Sequence[int], notes: _Notes
) -> None:
    needed = max(at + 1 for at, name in enumerate(found.names) if name)
    short = [at for at in below if len(grid.rows[at]) < needed]
    todo = "Check the row in the file; its last cells were taken as blank."
    if len(short) > _HABIT * len(below):
        notes.add(
            "too-few-cells", "file", found=f"{len(short)} of {len(below)} rows",
            expected=f"{needed} cells a row, as the header has", todo=todo,
        )  # fmt: skip
        return
    for at in short:
        notes.add(
            "too-few-cells", "cell", row=grid.first_row + at,
            column=found.names[len(grid.rows[at])], found=f"{len(grid.rows[at])} cells",
            expected=f"{needed} cells, as the header has", todo=todo,
        )  # fmt: skip


def _note_footnote(notes: _Notes, at: int) -> None:
    grid = notes.grid
    notes.add(
        "footnote", "file", row=grid.first_row + at,
        found=next(str(cell).strip() for cell in grid.rows[at] if not is_blank(cell)),
        expected="a row with several cells", todo="Nothing, if it is a note below the table.",
    )  # fmt: skip


def _sheet(block: _Block, title: tuple[str, ...], notes: _Notes) -> Sheet:
    """Clean columns under unique names, without the rows that are no records."""
    grid = notes.grid
    first = grid.first_column if block.turned else grid.first_row
    numbers: Sequence[int] = (
        range(first + block.records.start, first + block.records.stop)
        if isinstance(block.records, range)
        else [first + at for at in block.records]
    )
    columns = [cleaned(column) for column in block.columns]
    left_out = {} if block.turned else ending.no_records(block.names, [c.cells for c in columns])
    for at, code in left_out.items():
        notes.add(
            code, "row", row=numbers[at], column=block.names[0],
            found=next(str(c.cells[at]) for c in columns if c.cells[at] is not None),
            expected="a project or an item", todo="Nothing: it was left out.",
        )  # fmt: skip
    names = _unique_names(block, [c.cells for c in columns], notes)
    _note_bad_cells(block, names, columns, numbers, notes)
    keep = [at for at in range(len(numbers)) if at not in left_out] if left_out else None
    kept = [
        (name, column.cells if keep is None else [column.cells[at] for at in keep])
        for name, column in zip(names, columns, strict=True)
        if name is not None
    ]
    return Sheet(
        file=grid.file,
        name=grid.name,
        header=tuple(name for name, _ in kept),
        columns=tuple(cells for _, cells in kept),
        rows=numbers if keep is None else [numbers[at] for at in keep],
        title=title,
        transposed=block.turned,
    )


def _unique_names(
    block: _Block, columns: Sequence[Sequence[Cell]], notes: _Notes
) -> list[str | None]:
    """A name for each column; None for one that has neither name nor values."""
    names = list[str | None]()
    taken = set(block.names)
    seen = set[str]()
    for name, cells, at in zip(block.names, columns, block.fields, strict=True):
        if not name and all(cell is None for cell in cells):
            names.append(None)
            continue
        wanted = name or f"Column {_letters(notes.grid.first_column + at)}"
        unique, times = wanted, 1
        while unique in seen or (times > 1 and unique in taken):
            times += 1
            unique = f"{wanted} ({times})"
        if not name:
            notes.add(
                "no-header", "column", column=unique, expected="a name above the column",
                todo="Give the column a header, so that it can be mapped by name.",
            )  # fmt: skip
        elif unique != name:
            notes.add(
                "repeated-header", "column", column=unique, found=name,
                expected="a name of its own for each column",
                todo=f"Check which of the columns called {name!r} is meant, in the mapping.",
            )  # fmt: skip
        seen.add(unique)
        names.append(unique)
    return names


def _letters(number: int) -> str:
    """What a spreadsheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _note_bad_cells(
    block: _Block, names: Sequence[str | None], columns: Sequence[Column],
    numbers: Sequence[int], notes: _Notes,
) -> None:  # fmt: skip
    """Notes each cell that showed an error or was marked by the reader, under its column's name."""
    for name, column in zip(names, columns, strict=True):
        for at, error in column.errors:
            notes.add(
                "formula-error", "cell", row=numbers[at], column=name or "", found=error, **FAILED
            )
        if column.durations and name:
            notes.add(
                "hours", "column", column=name, found="lengths of time, as 30:00",
                expected="a number", todo="Nothing: they were read as hours.",
            )  # fmt: skip
    if not notes.grid.marks:
        return
    grid = notes.grid
    records = dict(zip(block.records, numbers, strict=True))
    fields = dict(zip(block.fields, names, strict=True))
    for mark in grid.marks:
        record, field = (mark.column, mark.row) if block.turned else (mark.row, mark.column)
        inside = record in records and field in fields
        notes.add(
            mark.code, "cell",
            row=records[record] if inside else grid.first_row + mark.row,
            column=(fields[field] if inside else None) or _letters(grid.first_column + mark.column),
            found=mark.found, expected=mark.expected, todo=mark.todo,
        )  # fmt: skip
