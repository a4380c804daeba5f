"""Which row of the office a row of a file is: by its key, by what no two rows share, or by saying the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import CheckConstraint, Q, UniqueConstraint

from backing.people.workbook.columns import columns
from backing.people.workbook.declared import NOTED, Sheet
from backing.people.workbook.lines import Line
from backing.people.workbook.office import Here
from backing.people.workbook.said import Problem, Said


def match(sheet: Sheet, lines: list[Line], here: Here, said: Said) -> None:
    """Give each line its record, or make it new."""
    rows = here.rows[sheet.label]
    taken: dict[int, int] = {}
    unknown: list[Line] = []
    for line in lines:
        pk = here.keys.row(sheet.label, line.key) if line.key else None
        if pk is None:
            unknown.append(line)
        elif pk in rows and not line.is_out:
            _give(line, rows[pk], taken, said)
    if unknown:
        _by_what_they_say(sheet, unknown, here, taken, said)
    seen: dict[str, int] = {}
    for line in lines:
        if line.is_new and line.key:
            first = seen.setdefault(line.key, line.number)
            if first != line.number:
                _twice(line, first, said)


def is_one(sheet: Sheet) -> bool:
    """Whether there is one row of this at most."""
    return any(
        isinstance(each, CheckConstraint) and each.condition == Q(pk=1)
        for each in sheet.model._meta.constraints
    )


def _by_what_they_say(
    sheet: Sheet, lines: list[Line], here: Here, taken: dict[int, int], said: Said
) -> None:
    rows = here.rows[sheet.label]
    texts = {pk: here.texts(sheet, row) for pk, row in rows.items()}
    unique = [_Index(names, texts) for names in _unique(sheet)]
    same = _Same(texts)
    for line in lines:
        if line.is_out:
            continue
        found = next(iter(rows)) if rows and is_one(sheet) else None
        for index in unique:
            found = found if found is not None else index.find(line)
        if found is None:
            found = same.find(line, taken)
        if found is None:
            line.is_new = True
            line.record = sheet.model(pk=1) if is_one(sheet) else sheet.model()
        else:
            _give(line, rows[found], taken, said)


class _Index:
    """Rows by fields that no two share."""

    def __init__(self, names: tuple[str, ...], texts: dict[int, dict[str, str]]) -> None:
        self.names = names
        self._rows = {
            tuple(cells[name].casefold() for name in names): pk
            for pk, cells in texts.items()
            if all(cells.get(name) for name in names)
        }

    def find(self, line: Line) -> int | None:
        said = tuple(line.cells.get(name, "").casefold() for name in self.names)
        return self._rows.get(said) if all(said) else None


class _Same:
    """Rows by all that a line says of them; what is noted by itself may be blank in it."""

    def __init__(self, texts: dict[int, dict[str, str]]) -> None:
        self._texts = texts
        self._rows: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}

    def find(self, line: Line, taken: dict[int, int]) -> int | None:
        names = tuple(
            sorted(name for name, cell in line.cells.items() if cell or name not in NOTED)
        )
        if names not in self._rows:
            by: dict[tuple[str, ...], list[int]] = {}
            for pk, cells in self._texts.items():
                by.setdefault(tuple(cells.get(name, "") for name in names), []).append(pk)
            self._rows[names] = by
        found = self._rows[names].get(tuple(line.cells[name] for name in names), [])
        return next((pk for pk in found if pk not in taken), None)


def _unique(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    kept = {column.name for column in columns(sheet.label)}
    for field in sheet.model._meta.concrete_fields:
        if field.unique and field.name in kept:
            yield (field.name,)
    for each in sheet.model._meta.constraints:
        if isinstance(each, UniqueConstraint) and each.fields and each.condition is None:
            yield tuple(each.fields)
    if sheet.same:
        yield sheet.same


def _give(line: Line, record: Any, taken: dict[int, int], said: Said) -> None:
    first = taken.setdefault(record.pk, line.number)
    if first != line.number:
        _twice(line, first, said)
        return
    line.record = record


def _twice(line: Line, first: int, said: Said) -> None:
    line.is_out = True
    says = f"It is the same row as row {first}. Leave one of them; a new row has no key."
    said.problems.append(Problem(line.sheet.title, line.number, "Key", says))
