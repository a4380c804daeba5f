"""How a reading stands, in sentences: what can be taken, what needs somebody, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import apnumber, intcomma

from backing.evidence.cells import days_in_words
from backing.evidence.models import DroppedFile, Reading
from backing.evidence.put_right import ProblemCell, answered, cells_in
from backing.evidence.understood import QUESTIONS, UnderstoodSheet, sheets_of
from backing.site import steps
from backing.site.work import LongWork

MOST_KINDS: Final = 50  # of problems on a page; the sheet to send round holds all
MOST_NUMBERS: Final = 8  # of rows, beside a kind of problem
MOST_NAMED: Final = 4  # of columns, likewise
_ETA_FROM: Final = 5  # per cent, and seconds: before, any guess is wild

_WHY: Final = {
    steps.DISK_FULL: "The disk of the machine is full. Free some space, then try again.",
    steps.NO_MEMORY: "The machine has too little memory for these files. Close other programs or drop "
    "fewer files at once, then try again.",
    steps.GAVE_UP: "The work was begun several times and ended each time before it was done. Drop the "
    "files one by one to find the one that does it.",
    "too_long": "Reading these files took longer than is allowed. Export them in parts, by year for "
    "example, and drop those.",
}
# What to do about a question, on the page where it can be answered.
_ANSWER_HERE: Final = {
    "order": "Say under Columns how its dates are written; until then those are missing.",
    "decimal": "Say under Columns how its numbers are written.",
}
_UNDER_COLUMNS: Final = "under Columns"
_FAULT: Final = (
    "Something went wrong inside Backing; nothing was changed. Try again. If it happens again, please "
    "report it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfProblem:
    """Alike problems of one file, as `DroppedFile.problems` folds them.

    cells: those of the first rows that can be put right on the page.
    """

    file: str
    sheet: str
    column: str
    extent: str
    found: str
    expected: str
    todo: str
    count: int
    rows: tuple[int, ...]
    cells: tuple[ProblemCell, ...] = ()

    @property
    def put_right(self) -> int:
        """How many of its cells somebody put right."""
        return sum(cell.answer is not None for cell in self.cells)

    @property
    def where(self) -> str:
        """The rows, the first of them where there are many."""
        if not self.rows or (self.extent == "column" and self.count > 1):
            whole = f"Sheet “{self.sheet}”" if self.sheet else "The whole file"
            columns = (
                "The whole column" if self.count == 1 else _capital(_count(self.count, "column"))
            )
            return columns if self.extent == "column" else whole
        shown = ", ".join(str(row) for row in self.rows[:MOST_NUMBERS])
        more = self.count - min(len(self.rows), MOST_NUMBERS)
        many = "Rows" if self.count > 1 else "Row"
        return f"{many} {shown} and {intcomma(more)} more" if more else f"{many} {shown}"


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What came of reading the files of one reading."""

    files: Sequence[DroppedFile]

    @cached_property
    def sheets(self) -> list[UnderstoodSheet]:
        return [sheet for file in self.files for sheet in sheets_of(file)]

    @cached_property
    def unread(self) -> list[DroppedFile]:
        return [file for file in self.files if file.trouble]

    @property
    def rows_in(self) -> int:
        return sum(file.rows_in for file in self.files)

    @property
    def rows_taken(self) -> int:
        return sum(file.rows_taken for file in self.files if not file.trouble)

    @property
    def rows_with_problems(self) -> int:
        return self.rows_in - self.rows_taken

    @cached_property
    def doubtful(self) -> int:
        """How many columns need a look."""
        return sum(len(sheet.doubtful) for sheet in self.sheets)

    @property
    def headline(self) -> str:
        """The finding, in a sentence or two."""
        said = [_rows_sentence(self.rows_taken, self.rows_in)]
        needs = []
        if self.rows_taken and self.rows_with_problems:
            needs.append(
                f"{_count(self.rows_with_problems, 'row')} {_need(self.rows_with_problems)} you"
            )
        if self.doubtful:
            needs.append(f"{_count(self.doubtful, 'column')} {_need(self.doubtful)} a look")
        if self.unread and self.rows_taken:
            needs.append(f"{_count(len(self.unread), 'file')} could not be read")
        if needs:
            said.append(_capital("; ".join(needs)) + ".")
        return " ".join(said)

    @cached_property
    def kinds(self) -> list[KindOfProblem]:
        """Problems folded by cause: rows not taken first, then cells, then what was noticed."""
        order = {"row": 0, "cell": 1, "column": 2, "file": 3}
        kinds = [kind for file in self.files for kind in kinds_in(file)]
        return sorted(kinds, key=lambda k: (order[k.extent], -k.count, k.file, k.column, k.todo))

    @property
    def asks_columns(self) -> bool:
        """Whether something is to be said under Columns, which is done before rows are taken in."""
        return any(_UNDER_COLUMNS in kind.todo for kind in self.first_kinds)

    @cached_property
    def first_kinds(self) -> list[KindOfProblem]:
        """Those that a page shows, with what was said of their cells."""
        kinds = self.kinds[:MOST_KINDS]
        cells = iter(answered([cell for kind in kinds for cell in kind.cells]))
        return [replace(kind, cells=tuple(islice(cells, len(kind.cells)))) for kind in kinds]

    @property
    def has_cells(self) -> bool:
        """Whether some cell can be put right on the page."""
        return any(kind.cells for kind in self.first_kinds)

    @property
    def put_right(self) -> int:
        """How many cells somebody put right."""
        return sum(kind.put_right for kind in self.first_kinds)

    @property
    def kinds_left(self) -> int:
        return max(0, len(self.kinds) - MOST_KINDS)

    @property
    def problems_headline(self) -> str:
        rows = self.rows_with_problems
        cells = sum(kind.count for kind in self.kinds if kind.extent == "cell")
        said = [_capital(f"{_count(rows, 'row')} cannot be taken")] if rows else []
        if cells:
            said.append(
                f"{_count(cells, 'cell')} cannot be read and {_are(cells)} taken as missing"
            )
        if self.put_right:
            said.append(f"{_count(self.put_right, 'cell')} {_are(self.put_right)} put right below")
        noticed = sum(kind.count for kind in self.kinds if kind.extent in ("column", "file"))
        if noticed:
            said.append(f"{_count(noticed, 'thing')} {_was(noticed)} noticed")
        return _capital("; ".join(said)) or "No problem was found"

    def is_one_of_several(self, sheet: UnderstoodSheet) -> bool:
        """Whether another of these files is an export of the same register."""
        others = (other for other in self.sheets if other.file != sheet.file)
        return any(other.mapping.register == sheet.mapping.register for other in others)

    def sheet(self, wanted: str) -> UnderstoodSheet | None:
        """The sheet of this id, else the first that needs a look, else the first."""
        by_id = {sheet.id: sheet for sheet in self.sheets}
        doubtful = (sheet for sheet in self.sheets if sheet.doubtful)
        return by_id.get(wanted) or next(doubtful, None) or next(iter(self.sheets), None)


def understanding_of(reading: Reading) -> Understanding:
    return Understanding(files=list(reading.files.all()))


def why_not(work: LongWork) -> str:
    """Why work failed and what to do, in a sentence or two."""
    return _WHY.get(work.error, _FAULT)


def time_to_go(work: LongWork, *, now: datetime) -> str:
    """About how long work still takes; empty while nobody can say."""
    if work.began_at is None or not work.total or work.per_cent < _ETA_FROM:
        return ""
    passed = (now - work.began_at).total_seconds()
    if passed < _ETA_FROM:
        return ""
    left = passed * (work.total - work.done) / work.done
    if left < 60:
        return f"about {max(5, 5 * round(left / 5))} seconds to go"
    minutes = round(left / 60)
    return "about a minute to go" if minutes == 1 else f"about {minutes} minutes to go"


def kinds_in(file: DroppedFile) -> list[KindOfProblem]:
    """The problems of a file, in its order; what was noticed alike of several columns is one."""
    return list(_kinds(file))


def _kinds(file: DroppedFile) -> Iterator[KindOfProblem]:
    alike: dict[tuple[str, ...], list[KindOfProblem]] = {}
    for number, folded in enumerate(file.problems):
        kind = _kind(file, folded, number)
        if kind.extent == "column":
            what = (folded["code"], kind.sheet, kind.expected, kind.todo)
            alike.setdefault(what, []).append(kind)
        else:
            yield kind
    for kinds in alike.values():
        yield replace(kinds[0], column=_named([kind.column for kind in kinds]), count=len(kinds))


def _named(columns: Sequence[str]) -> str:
    left = len(columns) - MOST_NAMED
    return ", ".join(columns[:MOST_NAMED]) + (f" and {intcomma(left)} more" if left > 0 else "")


def _kind(file: DroppedFile, folded: Mapping[str, Any], number: int) -> KindOfProblem:
    todo = folded["todo"].replace("in the mapping", _UNDER_COLUMNS)
    return KindOfProblem(
        file=file.name,
        sheet=folded.get("sheet", ""),
        column=" ".join(folded["column"].split()),
        extent=folded["extent"],
        found=days_in_words(folded["found"]),
        expected=days_in_words(folded["expected"]),
        todo=_ANSWER_HERE.get(QUESTIONS.get(folded["code"], ""), todo),
        count=folded["count"],
        rows=tuple(row for row in folded["rows"] if row),
        cells=tuple(cells_in(file, folded, number)),
    )


def _rows_sentence(taken: int, rows: int) -> str:
    if not rows:
        return "Nothing in these files can be taken."
    if not taken:
        return (
            "The one row cannot be taken."
            if rows == 1
            else f"None of the {intcomma(rows)} rows can be taken."
        )
    if taken == rows:
        return (
            "The one row can be taken." if rows == 1 else f"All {intcomma(rows)} rows can be taken."
        )
    return f"{intcomma(taken)} of {intcomma(rows)} rows can be taken."


def _count(number: int, noun: str) -> str:
    words = str(apnumber(number)) if number < 10 else str(intcomma(number))
    return f"{words} {noun}{'' if number == 1 else 's'}"


def _need(number: int) -> str:
    return "needs" if number == 1 else "need"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
