"""Every problem of a reading as a list to send round, with room for the right value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from backing.evidence import keeping
from backing.evidence.models import DroppedFile
from trackrecord.problem import Problem

# Each with its width in a workbook, in letters.
COLUMNS: Final = {
    "File": 28,
    "Sheet": 16,
    "Row": 8,
    "Column": 22,
    "Found": 26,
    "Expected": 30,
    "What to do": 60,
    "Right value": 22,
}


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


def lines(problems: Iterable[Problem]) -> Iterator[Sequence[str | int]]:
    """A problem as cells, in the order of COLUMNS."""
    for problem in problems:
        yield (
            problem.file,
            problem.sheet,
            problem.row or "",
            " ".join(problem.column.split()),
            problem.found,
            problem.expected,
            problem.todo,
            "",
        )
