"""What a workbook would change, and taking it in: the same steps, undone again where they were a trial.

All of it counts or none: one thing that is wrong, and nothing is kept.  No row is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from backing.people.models import Account, Person
from backing.people.workbook import forgotten, keeping
from backing.people.workbook.columns import (
    CURRENCY,
    Column,
    Elsewhere,
    Money,
    Named,
    Several,
    Wrong,
    columns,
    is_by,
)
from backing.people.workbook.declared import NOTED, Sheet
from backing.people.workbook.keys import as_opaque
from backing.people.workbook.lines import Line, lines_of
from backing.people.workbook.matching import match
from backing.people.workbook.names import Gone, NotFound
from backing.people.workbook.office import Here
from backing.people.workbook.said import SHOWN, Change, Problem, Said

Cells = dict[str, list[list[str]]]

_ELSEWHERE: Final = "What this names is not in the workbook, so it cannot be changed in it. Put back what stood there."
_THEIRS: Final = (
    "This is somebody else's word, which they give themselves. Leave it blank in a new row."
)
_NOT_YOURS: Final = "You may read this sheet, and not change it. Take it out of the workbook."


def look(
    sheets: Cells, *, viewer: Account, now: datetime, written_at: datetime | None = None
) -> Said:
    """What taking it in would do; nothing is kept.  written_at: when the workbook was made, if it says."""
    with transaction.atomic():
        said = _Taking(sheets, viewer, now, written_at, is_trial=True).run()
        transaction.set_rollback(True)
    return said


def take(
    sheets: Cells, *, viewer: Account, now: datetime, written_at: datetime | None = None
) -> Said:
    """Take it in as a whole; where anything is wrong with it, nothing is kept, and what is wrong is given."""
    with transaction.atomic():
        said = _Taking(sheets, viewer, now, written_at).run()
        if said.problems:
            transaction.set_rollback(True)
    return said


@dataclass
class _Taking:
    """One run over a file."""

    sheets: Cells
    viewer: Account
    now: datetime
    written_at: datetime | None
    is_trial: bool = False

    def run(self) -> Said:
        self.said = Said()
        self.today = timezone.localdate(self.now)
        self.here = Here(self.viewer)
        self.order = {sheet.label: place for place, sheet in enumerate(self.here.sheets)}
        self.named = _named(self.here.sheets)
        lines = {sheet: self._read(sheet) for sheet in self._given()}
        forgotten.leave_out(
            [line for each in lines.values() for line in each], self.here, self.said
        )
        for sheet, each in lines.items():
            match(sheet, each, self.here, self.said)
        for sheet, each in lines.items():
            self._first(sheet, each)
        for each in lines.values():
            for line in each:
                if not line.is_out:
                    self._then(line)
        for sheet, each in lines.items():
            self._conclude(sheet, each)
        return self.said

    def _given(self) -> list[Sheet]:
        """The sheets that the file has; of others it is said that they were not read."""
        by_title = {sheet.title: sheet for sheet in self.here.sheets}
        self.said.notes += [
            f"The sheet “{title[:60]}” is none of the office's. It was not read."
            for title in self.sheets
            if title not in by_title
        ]
        return [sheet for sheet in self.here.sheets if sheet.title in self.sheets]

    def _read(self, sheet: Sheet) -> list[Line]:
        if not sheet.is_written_by(self.viewer):
            self.said.problems.append(Problem(sheet.title, 1, "", _NOT_YOURS))
            return []
        return lines_of(sheet, self.sheets[sheet.title], self.said)

    def _first(self, sheet: Sheet, lines: list[Line]) -> None:
        """All that names only what is here by now."""
        for line in lines:
            if line.is_out:
                continue
            if line.is_new and sheet.only_here:
                self._leave_out(line, sheet.only_here)
            elif line.is_new:
                self._make(line)
            else:
                self._change(
                    line, [each for each in columns(sheet.label) if not self._is_late(each)]
                )
        self.here.keys.keep(sheet.label, dict(self._came_with(sheet, lines)))

    def _came_with(self, sheet: Sheet, lines: list[Line]) -> Iterator[tuple[int, str]]:
        """Keys that rows bring from elsewhere; a person's own is not noted a second time."""
        for line in lines:
            if not line.key or line.is_out or line.record is None or line.record.pk is None:
                continue
            pk, key = line.record.pk, line.key
            if isinstance(line.record, Person) and key == str(line.record.opaque_id):
                self.here.keys.note(sheet.label, pk, key)
            elif self.here.keys.row(sheet.label, key) != pk:
                yield pk, key

    def _then(self, line: Line) -> None:
        """What names rows that may have come with the file itself."""
        self._change(line, [each for each in columns(line.sheet.label) if self._is_late(each)])

    def _is_late(self, column: Column) -> bool:
        if isinstance(column, Several):
            return True
        if not isinstance(column, Named):
            return False
        own = self.order[column.field.model._meta.label]
        return column.field.null and self.order.get(column.of._meta.label, -1) >= own

    def _make(self, line: Line) -> None:
        record = line.record
        if line.sheet.model is Person and (opaque := as_opaque(line.key)):
            record.opaque_id = opaque
        for column in _currency_first(columns(line.sheet.label)):
            cell = line.cells.get(column.name, "")
            if cell and column.name in line.sheet.theirs and not line.key:
                self._wrong(line, column.heading, _THEIRS)
            if self._is_late(column):
                continue
            if not cell:
                self._leave_blank(record, column)
                continue
            try:
                self._put(line, column, cell)
            except Gone:
                if not column.field.null:
                    self._leave_out(line, "It cannot do without somebody who was forgotten here.")
                    return
        if line.sheet.made is not None and not line.is_out:
            line.sheet.made(record)
        self._keep(line)

    def _leave_blank(self, record: Any, column: Column) -> None:
        """What a new row does not say: the day of the import, who brings it in, or what is usual."""
        field = column.field
        if is_by(column) and not field.null:
            setattr(record, field.attname, self.viewer.pk)
        elif field.name in NOTED and not field.null and not field.has_default():
            is_moment = field.get_internal_type() == "DateTimeField"
            setattr(record, field.name, self.now if is_moment else self.today)

    def _put(self, line: Line, column: Column, cell: str) -> None:
        """Raises Gone."""
        try:
            if isinstance(column, Elsewhere):
                self._elsewhere(line, column, cell)
            else:
                column.put(line.record, cell, self.here.names)
        except (Wrong, NotFound) as wrong:
            self._wrong(line, column.heading, str(wrong))

    def _elsewhere(self, line: Line, column: Column, cell: str) -> None:
        if not column.field.null:
            raise Wrong(_ELSEWHERE)
        self.said.notes.append(
            f"{line.sheet.title}, row {line.number}: “{cell[:60]}” ({column.heading}) is not here, and is "
            "left out of the row."
        )

    def _change(self, line: Line, kept: Iterable[Column]) -> None:
        """Of a row that is here by now: what its cells say otherwise."""
        stands = "" if line.is_new else _stands(line)
        before = set(line.changed)
        for column in _currency_first(kept):
            if column.name in line.cells:
                self._compare(line, column)
        new = line.changed.keys() - before
        if not new or line.is_out:
            return
        if stands:
            heads = ", ".join(f"“{line.changed[name][0]}”" for name in sorted(new))
            self._wrong(line, "", f"{stands} Put back what stood in {heads}, or add a new row.")
            return
        never = new & {*line.sheet.never, *line.sheet.theirs} if not line.is_new else set()
        for name in sorted(never):
            says = (
                "This is somebody else's word and is not changed here. Put back what stood there."
            )
            self._wrong(line, line.changed[name][0], says)
        self._keep(line)

    def _compare(self, line: Line, column: Column) -> None:
        record, names, cell = line.record, self.here.names, line.cells[column.name]
        was = column.text(record, names)
        recounted = isinstance(column, Money) and CURRENCY in line.changed and not line.is_new
        if (cell == was and not recounted) or _same_lines(column, cell, was):
            return
        if isinstance(column, Elsewhere):
            self._wrong(line, column.heading, _ELSEWHERE)
            return
        try:
            is_other = (
                self._set_several(line, column, cell)
                if isinstance(column, Several)
                else self._set(record, column, cell, was)
            )
        except (Wrong, NotFound) as wrong:
            self._wrong(line, column.heading, str(wrong))
        except Gone:
            return  # whoever stood there is forgotten, and what is here now stays
        else:
            if is_other:
                line.was[column.name] = was
                line.changed[column.name] = (column.heading, cell)

    def _set(self, record: Any, column: Column, cell: str, was: str) -> bool:
        """Whether the cell says something else; where it does not, the value stays to the last digit."""
        name = column.field.attname
        value = getattr(record, name)
        column.put(record, cell, self.here.names)
        if isinstance(column, Named):
            return bool(getattr(record, name) != value)
        if column.text(record, self.here.names) != was:
            return True
        is_other = isinstance(column, Money) and getattr(record, name) != value
        if not is_other:
            setattr(record, name, value)
        return is_other

    def _set_several(self, line: Line, column: Several, cell: str) -> bool:
        record, meant, stubs = line.record, set(), False
        for each in filter(None, map(str.strip, cell.splitlines())):
            try:
                meant.add(self.here.names.find(column.of, each))
            except Gone:
                stubs = True
        now = column.pks(record)
        if stubs and column.of is Person:
            people = self.here.rows[Person._meta.label]
            meant |= {pk for pk in now if pk in people and people[pk].erased_at is not None}
        if meant == now:
            return False
        stands = "" if line.is_new else _stands(line)
        if not stands:
            column.name_all(record, meant)
        return True

    def _keep(self, line: Line) -> None:
        if line.is_out:
            return
        if self.is_trial:  # what is undone again needs no history
            line.record.skip_history_when_saving = True
        wrong = list(keeping.keep(line))
        for heading, says in wrong:
            self._wrong(line, heading, says)
        if not wrong and line.sheet.label in self.named:
            self.here.names.add(line.record)

    def _conclude(self, sheet: Sheet, lines: list[Line]) -> None:
        tally = self.said.of(sheet.title)
        for line in lines:
            if line.is_out:
                continue
            if not line.is_new and not line.changed:
                tally.same += 1
                continue
            if sheet.check is not None and (says := sheet.check(line.record, self.today)):
                self._wrong(line, "", says)
                continue
            tally.added += line.is_new
            tally.changed += not line.is_new
            if len(self.said.changes) < SHOWN:
                self.said.changes.append(self._change_of(line))

    def _change_of(self, line: Line) -> Change:
        cells = (
            ()
            if line.is_new
            else tuple(
                (heading, line.was.get(name, ""), cell)
                for name, (heading, cell) in line.changed.items()
            )
        )
        return Change(
            line.sheet.title, line.number, line.name, line.is_new, cells, self._since(line)
        )

    def _since(self, line: Line) -> str:
        """When somebody changed the row after the workbook was written; "" where nobody did."""
        history = getattr(line.record, "history", None)
        if line.is_new or history is None or self.written_at is None:
            return ""
        times = history.filter(history_date__gt=self.written_at, history_date__lt=self.now)
        last = times.order_by("-history_date").values_list("history_date", flat=True).first()
        return f"{timezone.localtime(last):%d %B %Y, %H:%M}" if last else ""

    def _wrong(self, line: Line, heading: str, says: str) -> None:
        line.is_out = True
        self.said.problems.append(Problem(line.sheet.title, line.number, heading, says))

    def _leave_out(self, line: Line, says: str) -> None:
        line.is_out = True
        self.said.of(line.sheet.title).left += 1
        self.said.left.append(Problem(line.sheet.title, line.number, "", says))


def _named(given: Iterable[Sheet]) -> set[str]:
    """The models that rows of others name."""
    return {
        column.of._meta.label
        for sheet in given
        for column in columns(sheet.label)
        if isinstance(column, Named | Several)
    }


def _currency_first(kept: Iterable[Column]) -> list[Column]:
    """An amount is read in the row's currency."""
    return sorted(kept, key=lambda each: each.name != CURRENCY)


def _same_lines(column: Column, cell: str, was: str) -> bool:
    return isinstance(column, Several) and sorted(cell.splitlines()) == sorted(was.splitlines())


def _stands(line: Line) -> str:
    """Why a row that is here is not changed, if it is not."""
    if line.sheet.stands:
        return line.sheet.stands
    heads = {column.name: column.heading for column in columns(line.sheet.label)}
    for name in line.sheet.stands_once:
        if getattr(line.record, name) and name not in line.changed:
            return f"Once “{heads[name]}” is filled, a row of {line.sheet.title} stands as it is."
    return ""
