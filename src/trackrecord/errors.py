"""What can go wrong between a file and a figure.

EvidenceError             everything below; a page or a terminal may show its text as it stands
├── UnreadableSource      a file cannot be read at all: names the file, the place and what to do
├── MappingError          a mapping does not fit its file: names the column and what to do
├── NoRowsTaken           a file was read, and not one of its rows could be taken
├── NotEnoughHistory      fewer projects than the measure needs
├── MixedUnits            days added to euros, or two currencies in one sum
└── UnknownName           a measure, column or group that does not exist here

Impossible raises.  Doubtful is a `Problem` beside the rows, and the work goes on.
"""

from __future__ import annotations


class EvidenceError(Exception):
    """Any reason why evidence cannot be had; its text is written for the user."""


class UnreadableSource(EvidenceError):
    """A source that cannot be read.

    file: its name as the user gave it.  place: sheet, row, byte, or "" for the whole file.
    why: one clause, no full stop.  todo: what the user can do, one sentence.
    """

    def __init__(self, *, file: str, why: str, todo: str, place: str = "") -> None:
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {why}. {todo}")
        self.file, self.place, self.why, self.todo = file, place, why, todo

    def called(self, file: str) -> UnreadableSource:
        """The same about a file of another name: it may be kept under one that nobody knows."""
        return UnreadableSource(file=file, why=self.why, todo=self.todo, place=self.place)


class MappingError(EvidenceError):
    """A mapping that cannot be used with the file it was given for."""


class NoRowsTaken(EvidenceError):
    """Every row of a source had a problem, or it had no rows."""

    def __init__(self, *, file: str, rows_in: int, first_problem: str = "") -> None:
        if rows_in == 0:
            text = f"{file}: there is a header but no row below it. Export the rows as well, then try again."
        else:
            text = f"{file}: none of its {rows_in} rows could be taken. {first_problem}".rstrip()
        super().__init__(text)
        self.file, self.rows_in = file, rows_in


class NotEnoughHistory(EvidenceError):
    """Fewer finished projects than a measure needs."""

    def __init__(self, *, measure: str, n: int, needed: int) -> None:
        super().__init__(f"{measure} needs {needed} finished projects; {n} found.")
        self.measure, self.n, self.needed = measure, n, needed


class MixedUnits(EvidenceError):
    """Two quantities that cannot be added or compared."""


class UnknownName(EvidenceError):
    """A name that means nothing here; the text lists the names that do."""

    def __init__(self, *, kind: str, name: str, known: list[str]) -> None:
        super().__init__(f"There is no {kind} called {name!r}. Known: {', '.join(known)}.")
        self.kind, self.name, self.known = kind, name, known
