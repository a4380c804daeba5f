"""What reading makes of one column: a value a record, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from trackrecord.problem import Extent, Problem
from trackrecord.readers.source import Cell, Sheet
from trackrecord.values.gaps import Fault, Gap, Unread

Value = TypeVar("Value")
Reading = dict[Cell, Value | Gap | Fault]
"""What each distinct cell of a column was read as."""

_LONGEST_FOUND = 80


def shown(cell: Cell) -> str:
    """The cell as text: trimmed, whole numbers without a point, dates as ISO writes them."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        bare = cell.hour == cell.minute == cell.second == 0
        return cell.date().isoformat() if bare else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


@dataclass(slots=True)
class Column(Generic[Value]):
    """One column of a sheet, read: `values` has one entry a record."""

    sheet: Sheet
    header: str
    cells: Sequence[Cell]
    reading: Reading[Value]
    notices: list[Problem] = field(default_factory=list)

    @property
    def values(self) -> list[Value | None]:
        """The values in the order of the records; None where there is none."""
        plain: Mapping[Cell, Any] = self.reading
        if self._has(Gap) or self._has(Fault):
            plain = {
                cell: None if isinstance(read, Unread) else read for cell, read in plain.items()
            }
        return list(map(plain.__getitem__, self.cells))

    @property
    def faults(self) -> Iterable[Problem]:
        """A Problem for each cell that cannot be read, in the order of the records."""
        if not self._has(Fault):
            return
        faulty = {cell: read for cell, read in self.reading.items() if isinstance(read, Fault)}
        for row, cell in zip(self.sheet.rows, self.cells, strict=True):
            if fault := faulty.get(cell):
                yield self.problem(
                    row=row, found=cell, expected=fault.expected, todo=fault.todo, code=fault.code
                )

    def gaps(self, keep: Sequence[bool]) -> dict[str, int]:
        """How many of the kept records hold no value, by reason."""
        if not self._has(Gap):
            return {}
        reasons = {
            cell: read.reason for cell, read in self.reading.items() if isinstance(read, Gap)
        }
        counts: dict[str, int] = {}
        for cell, kept in zip(self.cells, keep, strict=True):
            if kept and (reason := reasons.get(cell)):
                counts[reason] = counts.get(reason, 0) + 1
        return dict(sorted(counts.items()))

    def _has(self, kind: type[Unread]) -> bool:
        """Whether any cell was read so; a column of distinct cells is looked through in no time."""
        return kind in set(map(type, self.reading.values()))

    def row_of(self, cell: Cell) -> int:
        """The number of the first row that holds the cell."""
        return int(self.sheet.rows[next(i for i, c in enumerate(self.cells) if c == cell)])

    def problem(
        self,
        *,
        code: str,
        expected: str,
        todo: str,
        row: int = 0,
        found: Cell = "",
        extent: Extent = "cell",
    ) -> Problem:
        """A Problem of this column."""
        return Problem(
            file=self.sheet.file,
            sheet=self.sheet.name,
            row=int(row),
            column=self.header,
            found=shown(found)[:_LONGEST_FOUND],
            expected=expected,
            todo=todo,
            extent=extent,
            code=code,
        )
