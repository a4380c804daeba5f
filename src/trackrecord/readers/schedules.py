"""What the readers of schedule files share: typed columns from text, and canonical tables.

A schedule file states thousands of tasks in a few dozen columns, so everything here works on whole
columns.  A cell that cannot be read is missing and has a Problem; a row is never lost in silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.problem import Problem
from trackrecord.tables import TABLES, WORDS

Columns = dict[str, pa.Array]

FOUND_LIMIT: Final = 80

_NUMBER: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_LARGEST: Final = 1e15  # beyond this a sum of money in minor units would no longer be exact

_ISO_PARTS: Final = (
    r"^(?P<sign>-?)P(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?$"
)
_HOURS_IN: Final = {"days": 24.0, "hours": 1.0, "minutes": 1 / 60, "seconds": 1 / 3600}


@dataclass(slots=True, kw_only=True)
class Cells:
    """Columns of text as a schedule file states them, to be read as numbers, times and so on.

    file, sheet: the place, for Problems.  rows: the number a user sees for each row.
    columns: one text a row, null where the file says nothing; a column the file lacks is null.
    problems: grows by one Problem a cell that could not be read.
    """

    file: str
    sheet: str
    rows: pa.Array
    columns: Mapping[str, pa.Array]
    problems: list[Problem] = field(default_factory=list)
    _reported: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, column: str) -> pa.Array:
        """The texts as they stand."""
        stated = self.columns.get(column)
        return pa.nulls(len(self), pa.string()) if stated is None else stated

    def flag(self, column: str, true: str = "1") -> pa.Array:
        """Is the text `true`?  A blank is no."""
        return pc.fill_null(pc.equal(self.text(column), true), fill_value=False)

    def number(self, column: str, *, decimal: str = ".", thousands: str = ",") -> pa.Array:
        """float64; `decimal` and `thousands` are the marks the file says it writes.

        A number without that decimal mark is read as it stands: schedulers that say "," still
        write 0.0000 where a value was never entered, and none writes thousands without decimals.
        """
        text = self.text(column)
        marked = pc.replace_substring(pc.replace_substring(text, thousands, ""), decimal, ".")
        plain = pc.if_else(pc.match_substring(text, decimal), marked, text)
        whole = pc.match_substring_regex(plain, _NUMBER)
        value = pc.cast(pc.if_else(whole, plain, None), pa.float64())
        value = pc.if_else(pc.less(pc.abs(value), _LARGEST), value, None)
        return self._checked(column, text, value, "a number", "not-a-number")

    def time(self, column: str, form: str) -> pa.Array:
        """timestamp[s], naive, by the strptime form the format prescribes."""
        text = self.text(column)
        value = pc.strptime(text, format=form, unit="s", error_is_null=True)
        return self._checked(column, text, value, "a date and time", "not-a-date")

    def iso_hours(self, column: str) -> pa.Array:
        """Hours, float64, of ISO 8601 durations such as PT12H30M0S."""
        text = self.text(column)
        return self._checked(column, text, hours_of_iso(text), "a duration", "not-a-duration")

    def keep(self, mask: pa.Array) -> Cells:
        """The rows for which `mask` is true, with the same list of Problems."""
        return Cells(
            file=self.file,
            sheet=self.sheet,
            rows=self.rows.filter(mask),
            columns={name: values.filter(mask) for name, values in self.columns.items()},
            problems=self.problems,
            _reported=self._reported,
        )

    def refuse(self, bad: pa.Array, *, column: str, expected: str, todo: str, code: str) -> None:
        """One Problem of extent "row" for each row for which `bad` is true."""
        for index in np.flatnonzero(bad):
            found = self.text(column)[int(index)].as_py() or ""
            self.problems.append(
                Problem(
                    file=self.file,
                    sheet=self.sheet,
                    row=self.rows[int(index)].as_py() or 0,
                    column=column,
                    found=found[:FOUND_LIMIT],
                    expected=expected,
                    todo=todo,
                    extent="row",
                    code=code,
                )
            )

    def _checked(
        self, column: str, text: pa.Array, value: pa.Array, expected: str, code: str
    ) -> pa.Array:
        if column in self._reported:  # a column that is read twice is reported once
            return value
        self._reported.add(column)
        unread = pc.and_(pc.is_valid(text), pc.is_null(value))
        for index in np.flatnonzero(unread):
            self.problems.append(
                Problem(
                    file=self.file,
                    sheet=self.sheet,
                    row=self.rows[int(index)].as_py() or 0,
                    column=column,
                    found=text[int(index)].as_py()[:FOUND_LIMIT],
                    expected=expected,
                    todo="Correct it in the schedule and export again; it counts as not stated.",
                    code=code,
                )
            )
        return value


def hours_of_iso(text: pa.Array) -> pa.Array:
    """Hours of ISO 8601 durations, float64; null where the text is none.

    A day in such a text is 24 hours; schedulers write hours, which are working hours.
    """
    # A schedule repeats few distinct durations, so each is taken apart once.
    coded = text.dictionary_encode()
    parts = pc.extract_regex(coded.dictionary, _ISO_PARTS)
    total = pc.if_else(pc.is_valid(parts), 0.0, None)
    for part, hours in _HOURS_IN.items():
        digits = pc.struct_field(parts, part)
        count = pc.cast(pc.if_else(pc.equal(digits, ""), "0", digits), pa.float64())
        total = pc.add(total, pc.multiply(count, hours))
    negative = pc.equal(pc.struct_field(parts, "sign"), "-")
    return pc.if_else(negative, pc.negate(total), total).take(coded.indices)


def minor_units(amount: pa.Array, each: float) -> pa.Array:
    """int64 minor units of amounts; each: how many of them one unit of the amount is."""
    scaled = pc.multiply(amount, each)
    return pc.cast(pc.round(scaled, round_mode="half_towards_infinity"), pa.int64())


def nonzero(values: pa.Array) -> pa.Array:
    """The values, and null for zero: schedulers write 0 where nobody entered anything."""
    return pc.if_else(pc.equal(values, 0), None, values)


def first_of_each(ids: pa.Array) -> pa.Array:
    """True at the first row of each id, false at every repeat and where there is no id."""
    coded = ids.dictionary_encode().indices
    first = np.zeros(len(ids), dtype=bool)
    codes = pc.fill_null(coded, -1).to_numpy(zero_copy_only=False)
    distinct, index = np.unique(codes, return_index=True)
    first[index[distinct >= 0]] = True
    return pa.array(first)


def grouped(columns: Columns, group: pa.Array, count: int) -> list[Columns]:
    """The rows of each group 0 .. count-1, in their order."""
    codes = group.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(count + 1))
    ordered = {name: values.take(pa.array(order)) for name, values in columns.items()}
    return [
        {name: values.slice(start, end - start) for name, values in ordered.items()}
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    ]


def days_between(start: pa.Array, finish: pa.Array) -> pa.Array:
    """Calendar days from start to finish, with their fraction, float64."""
    seconds = pc.cast(pc.subtract(finish, start), pa.int64())
    return pc.divide(pc.cast(seconds, pa.float64()), 86400.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which project of which file rows belong to.  sheet: the part of the file, "" for all."""

    file: str
    sheet: str
    key: str
    as_at: date | None


def canonical(
    table: str, origin: Origin, rows: Sequence[int] | pa.Array, columns: Mapping[str, Any]
) -> pa.Table:
    """A canonical table of `origin`; columns that are not given are null.

    rows: the number a user sees for each row.  columns: arrays or lists, one value a row.
    """
    return _placed(TABLES[table], origin, rows, columns)


def rows(table: str, origin: Origin, values: Sequence[Mapping[str, Any]]) -> pa.Table:
    """A canonical table from few rows of values, such as a project's own."""
    names = sorted({name for row in values for name in row})
    columns = {name: [row.get(name) for row in values] for name in names}
    return canonical(table, origin, [0] * len(values), columns)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a project stands, by its own schedule."""

    state: str | None
    started: datetime | None
    finished: datetime | None


def progress(items: Mapping[str, pa.Array]) -> Progress:
    """The state of a project from its tasks.

    It is finished where every task that is neither a summary nor cancelled is; without any such
    task nothing is known.  It has finished when the last of them did, if each states when.
    """
    counts = pc.and_(
        pc.invert(items["summary"]), pc.fill_null(pc.not_equal(items["state"], "cancelled"), True)
    )
    started = pc.min(items["started"].filter(counts)).as_py()
    state = items["state"].filter(counts)
    if not len(state):
        return Progress(None, None, None)
    if not pc.all(pc.fill_null(pc.equal(state, "finished"), False)).as_py():
        return Progress("open", started, None)
    finished = items["finished"].filter(counts)
    last = None if finished.null_count else pc.max(finished).as_py()
    return Progress("finished", started, last)


def named(
    origin: Origin,
    project: Mapping[str, str | None],
    rows: pa.Array,
    item_id: pa.Array,
    item_name: pa.Array,
) -> pa.Table:
    """The words of one schedule: texts of the project ("name", "manager"), and names of items."""
    stated = {column: text for column, text in project.items() if text}
    own = _placed(
        WORDS, origin, [0] * len(stated), {"column": list(stated), "text": list(stated.values())}
    )
    has_name = pc.is_valid(item_name)
    names = item_name.filter(has_name)
    items = _placed(
        WORDS,
        origin,
        rows.filter(has_name),
        {
            "item_id": item_id.filter(has_name),
            "column": pa.repeat("item_name", len(names)),
            "text": names,
        },
    )
    return pa.concat_tables([own, items]).combine_chunks()


def _placed(
    schema: pa.Schema, origin: Origin, rows: Sequence[int] | pa.Array, columns: Mapping[str, Any]
) -> pa.Table:
    count = len(rows)
    place: dict[str, Any] = {
        "key": pa.repeat(origin.key, count),
        "file": pa.repeat(origin.file, count),
        "sheet": pa.repeat(origin.sheet, count),
        "row": rows,
        "as_at": pa.repeat(pa.scalar(origin.as_at, pa.date32()), count),
    }
    given = {**place, **columns}
    return pa.table(
        [_typed(given.get(column.name), column.type, count) for column in schema], schema=schema
    )


def _typed(values: Any, kind: pa.DataType, count: int) -> pa.Array:
    if values is None:
        return pa.nulls(count, kind)
    if isinstance(values, pa.Array):
        return values if values.type == kind else pc.cast(values, kind)
    return pa.array(values, kind)
