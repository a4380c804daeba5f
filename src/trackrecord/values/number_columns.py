"""Columns of money, hours, days and shares, in canonical units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from trackrecord.layout import ColumnMapping, DecimalMark
from trackrecord.readers.source import Cell, Sheet
from trackrecord.values.cells import Column
from trackrecord.values.currencies import unit_of
from trackrecord.values.gaps import Fault, Gap
from trackrecord.values.numbers import (
    NOT_A_NUMBER,
    Number,
    Scanned,
    decimal_of,
    read_numbers,
    scan,
)
from trackrecord.values.quantities import DAYS_IN, HOURS_IN, time_unit

Value = TypeVar("Value")

_ENOUGH = 5000
_OUTSIDE: Final = Fault("not-a-share", "a share from 0 to 100 %", "Correct the share.")
_WITH_UNIT: Final = Fault(
    "not-a-number",
    "a number with a unit we know",
    "Write a plain number; name the unit in the header.",
)


class Amount(NamedTuple):
    """Money as a cell states it, in major units; currency is None where the cell names none.

    middle: it is the middle of a range that the cell states.
    """

    value: float
    currency: str | None = None
    middle: bool = False


def sheet_mark(sheet: Sheet, columns: Iterable[ColumnMapping]) -> DecimalMark | None:
    """The decimal mark on which the columns of numbers of a sheet agree; None where none proves one."""
    seen = Counter(
        mark
        for c in columns
        if (mark := c.decimal or column_mark(sheet.columns[sheet.header.index(c.header)]))
    )
    return next(iter(seen)) if len(seen) == 1 else None


def column_mark(cells: Sequence[Cell]) -> DecimalMark | None:
    """The decimal mark that a few thousand texts of one column prove."""
    if str not in set(map(type, cells)):
        return None
    texts = dict.fromkeys(islice((cell for cell in cells if isinstance(cell, str)), _ENOUGH))
    mark, _ = decimal_of(scanned for text in texts if isinstance(scanned := scan(text), Scanned))
    return mark


def read_money(sheet: Sheet, column: ColumnMapping, mark: DecimalMark | None) -> Column[Amount]:
    """Amounts in major units, each with the currency its own cell names."""
    usual = column.turn * column.worth

    def amount(number: Number) -> Amount | Fault:
        if not number.unit:
            return Amount(number.value * usual, None, number.middle)
        unit = unit_of(number.unit)
        if unit is None or unit.percent:
            return _WITH_UNIT
        worth = usual if unit.factor is None else column.turn * unit.factor
        return Amount(number.value * worth, unit.currency, number.middle)

    return _read(sheet, column, mark, amount, money=True)


def read_days_or_hours(
    sheet: Sheet, column: ColumnMapping, mark: DecimalMark | None, *, of_work: bool
) -> Column[float]:
    """Calendar days, or hours of work; a unit in the cell goes before the column's."""
    worth: Mapping[str, float] = HOURS_IN if of_work else DAYS_IN
    usual = column.unit or ("hours" if of_work else "days")

    def length(number: Number) -> float | Fault:
        unit = time_unit(number.unit) if number.unit else usual
        if unit is None:
            return _WITH_UNIT
        return column.turn * number.value * column.worth * worth[unit]

    return _read(sheet, column, mark, length)


def read_shares(sheet: Sheet, column: ColumnMapping, mark: DecimalMark | None) -> Column[float]:
    """Shares as fractions; a per cent sign in the cell goes before the column's scale."""

    def share(number: Number) -> float | Fault:
        unit = unit_of(number.unit)
        if unit is None or unit.currency or unit.factor:
            return _WITH_UNIT
        value = number.value * (0.01 if unit.percent else column.worth)
        return value if 0 <= value <= 1.000001 else _OUTSIDE

    return _read(sheet, column, mark, share)


def read_counts(sheet: Sheet, column: ColumnMapping) -> Column[int]:
    """Whole numbers; in "Baseline 2" the 2 is meant."""

    def whole(number: Number) -> int | Fault:
        return int(number.value) if number.value.is_integer() else NOT_A_NUMBER

    return _read(sheet, column, None, whole)


def _read(
    sheet: Sheet,
    column: ColumnMapping,
    mark: DecimalMark | None,
    meaning: Callable[[Number], Value | Fault],
    *,
    money: bool = False,
) -> Column[Value]:
    cells = sheet.columns[sheet.header.index(column.header)]
    numbers, used, mixed = read_numbers(
        dict.fromkeys(cells), column.decimal, thousands=money, otherwise=mark
    )
    reading: dict[Cell, Value | Gap | Fault] = {
        cell: meaning(read) if isinstance(read, Number) else read for cell, read in numbers.items()
    }
    done = Column(sheet, column.header, cells, reading)
    if mixed:
        done.notices.append(
            done.problem(
                extent="column",
                code="both-decimal-marks",
                expected=f"one decimal mark, {'a comma' if used == ',' else 'a point'}",
                todo="Numbers that can be read one way only were; check the others.",
            )
        )
    return done
