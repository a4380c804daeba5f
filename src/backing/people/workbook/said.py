"""What is said of a workbook before it is taken in: kept as plain values, and shown as they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final

SHOWN: Final = 300  # of each kind, in full; beyond that the number is said


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right; while there is one, nothing is taken in.  column: "" where it is the row."""

    sheet: str
    row: int
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is new or would be changed.  cells: heading, what it was, what it becomes."""

    sheet: str
    row: int
    name: str
    is_new: bool
    cells: tuple[tuple[str, str, str], ...] = ()
    since: str = ""  # when somebody changed the row after the workbook was written


@dataclass(slots=True)
class Tally:
    added: int = 0
    changed: int = 0
    same: int = 0
    left: int = 0


@dataclass(slots=True)
class Said:
    """left: rows that are left out on purpose, and why; they keep nothing else from being taken in."""

    sheets: dict[str, Tally] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, sheet: str) -> Tally:
        return self.sheets.setdefault(sheet, Tally())

    @property
    def added(self) -> int:
        return sum(each.added for each in self.sheets.values())

    @property
    def changed(self) -> int:
        return sum(each.changed for each in self.sheets.values())

    @property
    def same(self) -> int:
        return sum(each.same for each in self.sheets.values())

    @property
    def can_be_taken_in(self) -> bool:
        return not self.problems and bool(self.added or self.changed)

    def as_kept(self) -> dict[str, Any]:
        """For the database: all the numbers, and of the rows as many as a page shows."""
        return {
            "added": self.added,
            "changed": self.changed,
            "same": self.same,
            "left_out": len(self.left),
            "wrong": len(self.problems),
            "sheets": {
                title: asdict(each) for title, each in self.sheets.items() if each != Tally()
            },
            "changes": [asdict(each) for each in self.changes[:SHOWN]],
            "problems": [asdict(each) for each in self.problems[:SHOWN]],
            "left": [asdict(each) for each in self.left[:SHOWN]],
            "notes": self.notes,
            "can_be_taken_in": self.can_be_taken_in,
        }
