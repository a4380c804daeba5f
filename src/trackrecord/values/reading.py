"""A sheet and its mapping become typed columns, one value a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.errors import MappingError
from trackrecord.layout import FIELDS, ColumnMapping, SheetMapping
from trackrecord.problem import Problem
from trackrecord.readers.source import Cell, Sheet
from trackrecord.values import number_columns, word_columns
from trackrecord.values.cells import Column, Reading, shown
from trackrecord.values.currencies import minor_units, same_currency
from trackrecord.values.day_columns import day_columns, read_days
from trackrecord.values.filters import passing
from trackrecord.values.gaps import Fault, Gap
from trackrecord.values.number_columns import Amount
from trackrecord.values.plain_money import (
    LARGEST,
    OTHER_CURRENCY,
    TOO_LARGE,
    PlainMoney,
    read_plain_money,
)
from trackrecord.values.variances import PARENTS, differences, signed

_NUMERIC: Final = frozenset({"money", "hours", "days", "share"})
_ITEM_TIMES: Final = frozenset({"started", "finished", "due"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The cells of one sheet, read as its mapping says; one value a record in every array.

    columns: field -> values in canonical units: dates date32 (timestamp[s] for `started`,
    `finished` and `due` of a sheet of items), money int64 in minor units, shares float64 as a
    fraction, hours and days float64, text string.  Besides the mapped fields: "currency" wherever
    there is money, "rag_scale" wherever there is "rag" (several rating columns are one here).
    words: "name", "manager", ... or the header of an unmapped column -> strings.
    groups: header of each column marked as a group -> strings.
    keep: whether the record passes the mapping's filters.
    missing: field -> reason ("missing", "withheld", "not applicable", ...) -> how many kept records.
    """

    sheet: Sheet
    mapping: SheetMapping
    columns: dict[str, pa.Array]
    words: dict[str, pa.Array]
    groups: dict[str, pa.Array]
    keep: pa.Array
    problems: tuple[Problem, ...] = ()
    missing: dict[str, dict[str, int]] = field(default_factory=dict)


def typed(
    sheet: Sheet,
    mapping: SheetMapping,
    *,
    salt: str = "",
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Typed:
    """Reads every cell of `sheet` as `mapping` says; each distinct value is parsed once.

    salt: goes into the opaque ids of people.  told: hears how many kinds of columns of how many have
    been read.  Never raises for a cell: what cannot be read is
    missing and has a Problem.  Raises MappingError where the mapping names a column that is not
    there, or a field that does not exist.
    """
    refuse_strangers(sheet, mapping)
    reading = _Reading(sheet, mapping, salt)
    kinds = (reading.days, reading.numbers, reading.money, reading.ratings, reading.words)
    for done, read_columns in enumerate(kinds, start=1):
        read_columns()
        told(done, len(kinds))
    keep = reading.kept()
    return Typed(
        sheet=sheet,
        mapping=mapping,
        columns=reading.columns,
        words=reading.texts,
        groups={column.header: _texts(sheet, column.header) for column in mapping if column.group},
        keep=pa.array(keep, pa.bool_()),
        problems=tuple(reading.problems),
        missing={
            name: gaps for name, column in reading.read.items() if (gaps := column.gaps(keep))
        },
    )


def refuse_strangers(sheet: Sheet, mapping: SheetMapping) -> None:
    """Raises MappingError where a mapping does not fit its sheet."""
    for column in mapping:
        used = column.field is not None or column.group
        if used and column.header not in sheet.header:
            raise _no_column(sheet, column.header)
        if column.field is not None and column.field not in FIELDS:
            raise MappingError(
                f"The mapping says that {column.header!r} is {column.field!r}, which is no field. "
                f"Known: {', '.join(sorted(FIELDS))}."
            )
    for filter_ in mapping.where:
        if filter_.header not in sheet.header:
            raise _no_column(sheet, filter_.header)


def _no_column(sheet: Sheet, header: str) -> MappingError:
    has = "; ".join(" ".join(name.split()) for name in sheet.header)
    place = f"{sheet.file}, sheet {sheet.name!r}," if sheet.name else sheet.file
    return MappingError(
        f"{place} has no column {' '.join(header.split())!r}, which the mapping names. It has: {has}. "
        "Correct the mapping."
    )


def _texts(sheet: Sheet, header: str) -> pa.Array:
    cells = sheet.columns[sheet.header.index(header)]
    if {str, type(None)}.issuperset(map(type, cells)):
        trimmed = pc.utf8_trim_whitespace(pa.array(cells, pa.string()))
        return pc.if_else(pc.equal(trimmed, ""), None, trimmed)
    text = {cell: shown(cell) or None for cell in dict.fromkeys(cells)}
    return pa.array([text[cell] for cell in cells], pa.string())


class _Reading:
    """One sheet while it is being read, kind of column by kind of column."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping, salt: str) -> None:
        self.sheet, self.mapping, self.salt = sheet, mapping, salt
        self.columns: dict[str, pa.Array] = {}
        self.texts: dict[str, pa.Array] = {}
        self.problems: list[Problem] = []
        self.read: dict[str, Column[Any]] = {}
        self.mark = number_columns.sheet_mark(sheet, self._of_kind(*_NUMERIC))

    def _of_kind(self, *kinds: str) -> list[ColumnMapping]:
        return [c for c in self.mapping if c.field and FIELDS[c.field] in kinds]

    def _note(self, field: str, column: Column[Any]) -> None:
        """Keeps the column and its problems."""
        self.problems.extend(column.notices)
        self.problems.extend(column.faults)
        self.read[field] = column

    def _note_faults(self, column: Column[Any], faults: Iterable[tuple[int, Fault]]) -> None:
        """Keeps a Problem for each of these records, by position."""
        for position, fault in faults:
            problem = column.problem(
                row=self.sheet.rows[position],
                found=column.cells[position],
                expected=fault.expected,
                todo=fault.todo,
                code=fault.code,
            )
            self.problems.append(problem)

    def _done(self, field: str, column: Column[Any]) -> list[Any]:
        """Keeps the column's problems; returns its values."""
        self._note(field, column)
        return column.values

    def days(self) -> None:
        """Dates; times of items keep their hour."""
        mappings = self._of_kind("date")
        settled = day_columns(self.sheet, {c.header: c.date_order for c in mappings})
        for mapping in mappings:
            assert mapping.field
            column: Column[Any] = read_days(self.sheet, mapping.field, settled[mapping.header])
            times = self.mapping.level == "items" and mapping.field in _ITEM_TIMES
            if not times:
                column.reading = {
                    cell: read.date() if isinstance(read, datetime) else read
                    for cell, read in column.reading.items()
                }
            type_ = pa.timestamp("s") if times else pa.date32()
            self.columns[mapping.field] = pa.array(self._done(mapping.field, column), type_)

    def numbers(self) -> None:
        """Hours, days, shares and counts."""
        for mapping in self._of_kind("hours", "days", "share", "count"):
            assert mapping.field
            kind = FIELDS[mapping.field]
            column: Column[Any]
            if kind == "count":
                column = number_columns.read_counts(self.sheet, mapping)
            elif kind == "share":
                column = number_columns.read_shares(self.sheet, mapping, self.mark)
            else:
                column = number_columns.read_days_or_hours(
                    self.sheet, mapping, self.mark, of_work=kind == "hours"
                )
            values = self._done(mapping.field, column)
            if mapping.magnitude:
                values = signed(values, self._differences(mapping.field))
            self.columns[mapping.field] = pa.array(
                values, pa.int32() if kind == "count" else pa.float64()
            )

    def money(self) -> None:
        """Money in minor units of the row's one currency."""
        mappings = self._of_kind("money")
        stated = self._of_kind("currency")
        amounts = [
            read_plain_money(self.sheet, mapping)
            or number_columns.read_money(self.sheet, mapping, self.mark)
            for mapping in mappings
        ]
        currencies = self._currencies(mappings, amounts, stated)
        if mappings or stated:
            self.columns["currency"] = pa.array(currencies, pa.string())
        for mapping, column in zip(mappings, amounts, strict=True):
            assert mapping.field
            if isinstance(column, PlainMoney):
                self.read[mapping.field] = column.column
                minor, faults = column.in_minor_units(currencies)
                self._note_faults(column.column, faults)
            else:
                self._note(mapping.field, column)
                minor = self._minor(mapping, column, currencies)
                self._keep_ranges(column)
            self.columns[mapping.field] = minor
        for mapping in mappings:
            if mapping.magnitude and mapping.field:
                values = self.columns[mapping.field].to_pylist()
                signs = self._differences(mapping.field)
                self.columns[mapping.field] = pa.array(signed(values, signs), pa.int64())

    def _currencies(
        self,
        mappings: Sequence[ColumnMapping],
        amounts: Sequence[Column[Amount] | PlainMoney],
        stated: Sequence[ColumnMapping],
    ) -> list[str | None]:
        """The currency of each row: its own column's, else a cell's, else a header's."""
        count = len(self.sheet.rows)
        said: list[list[str | None]] = []
        for mapping in stated:
            codes = word_columns.read_currencies(self.sheet, mapping.header)
            said.append(self._done("currency", codes))
        for mapping, column in zip(mappings, amounts, strict=True):
            if isinstance(column, PlainMoney):
                if mapping.currency and any(plain := column.currencies):
                    said.append(plain)
                continue
            own = {
                cell: _currency_of(read, mapping.currency) for cell, read in column.reading.items()
            }
            if any(own.values()):
                said.append([own[cell] for cell in column.cells])
        rows: list[str | None] = said[0] if said else [None] * count
        for further in said[1:]:
            rows = [one or other for one, other in zip(rows, further, strict=True)]
        return rows

    def _minor(
        self, mapping: ColumnMapping, column: Column[Amount], currencies: Sequence[str | None]
    ) -> pa.Array:
        known = {
            currency: _in_minor_units(column.reading, mapping.currency, currency)
            for currency in set(currencies)
        }
        minor = [known[one][cell] for one, cell in zip(currencies, column.cells, strict=True)]
        faults = [(at, amount) for at, amount in enumerate(minor) if isinstance(amount, Fault)]
        self._note_faults(column, faults)
        kept = [None if isinstance(amount, Fault) else amount for amount in minor]
        return pa.array(kept, pa.int64())

    def _keep_ranges(self, column: Column[Amount]) -> None:
        """A cell that states low, middle and high is kept whole among the words."""
        whole = {
            cell: cell.strip()
            for cell, read in column.reading.items()
            if isinstance(read, Amount) and read.middle and isinstance(cell, str)
        }
        if whole:
            self.texts[column.header] = pa.array(
                [whole.get(cell) if isinstance(cell, str) else None for cell in column.cells],
                pa.string(),
            )

    def _differences(self, field: str) -> list[float | None]:
        """Later minus earlier for the first pair of columns that `field` may come from."""
        for pair in PARENTS.get(field, ()):
            if (found := differences(self.columns, *pair)) is not None:
                return found
        return [None] * len(self.sheet.rows)

    def ratings(self) -> None:
        """All rating columns as one."""
        mappings = self._of_kind("rating")
        if not mappings:
            return
        columns = [word_columns.read_ratings(self.sheet, mapping.header) for mapping in mappings]
        for column in columns:
            self.problems.extend(column.faults)
        merged, scale, problems = word_columns.one_rating(columns, mappings)
        self.problems.extend(problems)
        self.columns["rag"] = pa.array(merged, pa.string())
        self.columns["rag_scale"] = pa.array(
            [scale if rating else None for rating in merged], pa.string()
        )
        self.read["rag"] = _unrated(columns, merged)

    def words(self) -> None:
        """Keys, states, people, text; and whatever the mapping leaves without a meaning."""
        for mapping in self._of_kind("state"):
            column = word_columns.read_states(self.sheet, mapping.header)
            self.columns["state"] = pa.array(self._done("state", column), pa.string())
        for mapping in self._of_kind("key", "text"):
            assert mapping.field
            column = word_columns.read_text(self.sheet, mapping.header)
            self.columns[mapping.field] = pa.array(self._done(mapping.field, column), pa.string())
        for mapping in self._of_kind("person"):
            assert mapping.field
            column = word_columns.read_people(self.sheet, mapping.header, self.salt)
            self.columns[mapping.field] = pa.array(self._done(mapping.field, column), pa.string())
            self.texts[mapping.field] = _texts(self.sheet, mapping.header)
        for mapping in self.mapping:
            if mapping.field and FIELDS[mapping.field] == "words":
                name = mapping.field if mapping.field not in self.texts else mapping.header
                self.texts[name] = _texts(self.sheet, mapping.header)
        mapped = {column.header for column in self.mapping if column.field}
        for header in self.sheet.header:
            if header not in mapped:
                self.texts[header] = _texts(self.sheet, header)
        self._name_by_key()

    def _name_by_key(self) -> None:
        """Where the name is the only key there is, it is the name as well."""
        if self.mapping.level == "projects" and "name" not in self.texts and "key" in self.columns:
            self.texts["name"] = self.columns["key"]

    def kept(self) -> list[bool]:
        """Which records pass every filter."""
        keep = [True] * len(self.sheet.rows)
        for filter_ in self.mapping.where:
            passes, problems = passing(self.sheet, filter_)
            self.problems.extend(problems)
            keep = [kept and passed for kept, passed in zip(keep, passes, strict=True)]
        return keep


def _currency_of(read: Amount | Gap | Fault, column_currency: str | None) -> str | None:
    """The currency of one cell: its own, or the column's where its sign may stand for that."""
    if not isinstance(read, Amount):
        return None
    if column_currency and same_currency(read.currency, column_currency):
        return column_currency
    return read.currency


def _in_minor_units(
    reading: Reading[Amount], column_currency: str | None, row_currency: str | None
) -> dict[Cell, int | Fault | None]:
    """Each distinct cell in minor units of the currency of its row."""
    units = minor_units(row_currency)
    alike = {None: same_currency(column_currency, row_currency), row_currency: True}
    minor: dict[Cell, int | Fault | None] = {}
    for cell, read in reading.items():
        if not isinstance(read, Amount):
            minor[cell] = None
            continue
        value, own, _ = read
        if own not in alike:
            alike[own] = same_currency(own, row_currency)
        if not alike[own]:
            minor[cell] = OTHER_CURRENCY
        else:
            amount = value * units
            minor[cell] = round(amount) if -LARGEST < amount < LARGEST else TOO_LARGE
    return minor


def _unrated(columns: Sequence[Column[str]], merged: Sequence[str | None]) -> Column[str]:
    """Why each unrated record has no rating: the first column's gap that says more than blank."""
    if len(columns) == 1:
        return columns[0]
    reading: dict[Any, Any] = {}
    cells: list[Any] = []
    for rating, *row in zip(merged, *(column.cells for column in columns), strict=True):
        gaps = [
            gap.reason
            for column, cell in zip(columns, row, strict=True)
            if isinstance(gap := column.reading[cell], Gap)
        ]
        reason = next((r for r in gaps if r != "missing"), gaps[0] if gaps else "")
        label = rating or reason or "missing"
        reading[label] = Gap(label) if rating is None else label
        cells.append(label)
    first = columns[0]
    return Column(first.sheet, first.header, cells, reading)
