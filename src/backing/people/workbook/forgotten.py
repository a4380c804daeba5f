"""Who stands in an old workbook and was forgotten since: they do not come back with it.

Their row is left out, their name is taken out of every text, and a row that cannot do without them is left
out too.  The workbook itself says their name: the office keeps only the key under which it forgot them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Field

from backing.people import erasing
from backing.people.models import Person
from backing.people.names import Names as SpelledNames
from backing.people.workbook.columns import Column, Labelled, Lines, Written, columns
from backing.people.workbook.lines import Line
from backing.people.workbook.office import Here
from backing.people.workbook.said import Problem, Said
from backing.site.workspace import Workspace

_SAYS = (
    "This person was forgotten here. They do not come back, and their name is taken out of the rest of "
    "the workbook."
)
_TEXTS = (Lines, Written, Labelled)


def leave_out(lines: Iterable[Line], here: Here, said: Said) -> None:
    """Take the forgotten out of the lines of a file."""
    lines = list(lines)
    gone = list(_forgotten(lines, here))
    for line, spelled in gone:
        line.is_out = True
        said.of(line.sheet.title).left += 1
        said.left.append(Problem(line.sheet.title, line.number, "", _SAYS))
        here.names.forget(spelled.pattern, line.key)
    if not gone:
        return
    for line in lines:
        texts = [each for each in columns(line.sheet.label) if _is_text(each)]
        for column in texts:
            cell = line.cells.get(column.name, "")
            for _, spelled in gone if cell else ():
                cell = spelled.out_of(cell)
            if cell:
                line.cells[column.name] = cell


def _forgotten(lines: list[Line], here: Here) -> Iterator[tuple[Line, SpelledNames]]:
    """Those whose row still says who they were; a stub says on which day it became one."""
    listed = erasing.listed(Workspace.here().erasure_list)
    for line in lines:
        if line.sheet.model is not Person:
            continue
        pk = here.keys.row(line.sheet.label, line.key)
        stub = here.rows[line.sheet.label].get(pk) if pk is not None else None
        is_forgotten = stub.erased_at is not None if stub is not None else line.key in listed
        if is_forgotten and not line.cells.get("erased_at"):
            yield line, _spelled(line, stub)


def _spelled(line: Line, stub: Person | None) -> SpelledNames:
    """How their name may be written, with the stub that stands here in its place."""
    was = Person(
        full_name=line.cells.get("full_name", ""),
        job_title=line.cells.get("job_title", "") or (stub.job_title if stub else ""),
        email=line.cells.get("email") or None,
        phone=line.cells.get("phone", ""),
    )
    spelled = SpelledNames.of(was)
    return SpelledNames(spelled.whole, stub.full_name) if stub else spelled


def _is_text(column: Column) -> bool:
    """Whether it holds words; what names a person is looked up instead."""
    kind: Field[object, object] = column.field
    return isinstance(column, _TEXTS) or (
        type(column) is Column and kind.get_internal_type() in ("CharField", "TextField")
    )
