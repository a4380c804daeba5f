"""Putting right one cell of a dropped file that could not be read, before the file is taken in.

It becomes a correction like any other (was, is, by, on): the file stays as it is, and the next edition
that has the row takes it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from backing.evidence import actions, history
from backing.evidence.cell_kinds import MAPPED, Field
from backing.evidence.cells import STATES, CannotRead, days_in_words, in_words, read
from backing.evidence.models import (
    Decision,
    DroppedFile,
    Edition,
    Import,
    MirroredProject,
    Reading,
)
from backing.people.models import Account
from trackrecord.decisions import Correction, Value, from_lines
from trackrecord.keys import Key

_SCALES: Final = {1e3: "in thousands", 1e6: "in millions"}
_BLANK: Final = "Type what the cell should say."
_REACHES_FURTHER: Final = (
    "Another export of this project leaves this cell blank too, and would be filled as well. Put it right "
    "in the file, and drop that again."
)
_Place = tuple[Key, str, str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCell:
    """One cell that could not be read.

    id: its place on the page.  was: what the Record has, None for a blank.  worth: what a plain number
    counts for.  answer: what somebody said it is.  typed, wrong: what was typed and cannot be read, and why.
    """

    id: str
    row: int
    found: str
    project: Key
    field: Field
    was: Value
    currency: str
    worth: float
    answer: Decision | None = None
    is_: Value = None
    typed: str = ""
    wrong: str = ""

    @property
    def is_in_words(self) -> str:
        return in_words(self.is_, self.field.form, self.currency)

    @property
    def asks(self) -> str:
        """What is to be typed, in a word or two."""
        if self.field.form == "money":
            return " ".join(filter(None, [self.currency, _SCALES.get(self.worth, "")])) or "amount"
        return {"day": "day, month, year", "state": "state"}.get(self.field.form, "words")

    @property
    def states(self) -> Mapping[str, str]:
        """The states to choose from, where that is what the cell says."""
        return STATES if self.field.form == "state" else {}


def cells_in(file: DroppedFile, fold: Mapping[str, Any], number: int) -> list[ProblemCell]:
    """The cells of one kind of problem that can be put right here; number: of the kind in the file."""
    return [
        ProblemCell(
            id=f"{file.pk}-{number}-{cell['row']}",
            row=cell["row"],
            found=days_in_words(cell["found"]),
            project=Key(cell["register"], cell["key"]),
            field=MAPPED[fold["field"]],
            was=_value(cell["was"], MAPPED[fold["field"]]),
            currency=cell["currency"],
            worth=fold["worth"],
        )
        for cell in fold.get("cells", ())
    ]


def _value(was: Any, field: Field) -> Value:
    if field.form == "day" and isinstance(was, str):
        return date.fromisoformat(was)
    value: Value = was
    return value


def cell_called(reading: Reading, id_: str) -> ProblemCell | None:
    """The cell of this id, with what was said of it."""
    for file in reading.files.all():
        for number, fold in enumerate(file.problems):
            for cell in cells_in(file, fold, number):
                if cell.id == id_:
                    return answered([cell])[0]
    return None


def answered(cells: Sequence[ProblemCell]) -> list[ProblemCell]:
    """The cells with what somebody said of them, in one query whatever their number."""
    said = _said(cells)
    found = []
    for cell in cells:
        decision, value = said.get(_place(cell), (None, None))
        found.append(replace(cell, answer=decision, is_=value))
    return found


def _said(cells: Iterable[ProblemCell]) -> dict[_Place, tuple[Decision, Value]]:
    keys = {cell.project.key for cell in cells}
    if not keys:
        return {}
    standing = Decision.objects.standing().filter(kind=Decision.Kind.CORRECTION, key__in=keys)
    return {
        (value.project, value.table, value.column, value.was): (decision, value.is_)
        for decision in standing.order_by("made_at", "pk")
        for value in from_lines(decision.line)
        if isinstance(value, Correction)
    }


def _place(cell: ProblemCell) -> _Place:
    return cell.project, cell.field.table, cell.field.column, cell.was


@transaction.atomic
def put_right(
    cell: ProblemCell, text: str, *, reading: Reading, by: Account, now: datetime
) -> None:
    """What is typed holds in the place of what could not be read, and of what was typed before.

    Raises CannotRead, with a sentence, where it means nothing or would reach another cell as well.
    """
    value = read(text, cell.field, cell.currency, worth=cell.worth)
    if value is None:
        raise CannotRead(_BLANK)
    if _reaches_further(cell):
        raise CannotRead(_REACHES_FURTHER)
    at_once = _counts(reading)
    if cell.answer is not None:
        actions.withdraw(cell.answer, by=by.person, now=now, at_once=at_once)
    if value != cell.was:
        correction = Correction(
            project=cell.project,
            table=cell.field.table,
            column=cell.field.column,
            was=cell.was,
            is_=value,
            by=str(by.person.opaque_id),
            on=timezone.localdate(now),
        )
        actions.decide(correction, by=by.person, now=now, at_once=at_once)


@transaction.atomic
def take_back(cell: ProblemCell, *, reading: Reading, by: Account, now: datetime) -> None:
    """The cell is again as the file has it."""
    if cell.answer is not None:
        actions.withdraw(cell.answer, by=by.person, now=now, at_once=_counts(reading))


def _counts(reading: Reading) -> bool:
    """Whether figures rest on these rows already, and must be made anew."""
    return Import.objects.counting().filter(reading=reading).exists()


def _reaches_further(cell: ProblemCell) -> bool:
    """Whether a row that counts says the same in a plan or report of this project: it would change too.

    Of what came true the latest row alone is read, so that an earlier blank does no harm.
    """
    edition = Edition.objects.current()
    project = MirroredProject.objects.filter(project=cell.project.project).first()
    if cell.field.table == "projects" or edition is None or project is None:
        return False
    rows = history.history(edition, project) or ()
    theirs = [row for row in rows if row.table == cell.field.table and row.key == cell.project.key]
    return any(row.facts.get(cell.field.column) == cell.was for row in theirs)
