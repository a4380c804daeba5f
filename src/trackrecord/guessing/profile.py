"""What the values of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from trackrecord.readers.source import Cell, Sheet
from trackrecord.values.cells import shown
from trackrecord.values.currencies import unit_of
from trackrecord.values.dates import Kind, read_date
from trackrecord.values.gaps import gap
from trackrecord.values.numbers import Number, read_numbers
from trackrecord.values.quantities import time_unit
from trackrecord.values.ratings import rating_of
from trackrecord.values.states import state_of

_SAMPLE: Final = 2000
_SEEN = 3
_LONGEST_SEEN = 40
_LONG_TEXT = 40  # letters on average: longer than names and categories are
_MACHINE_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAYS: Final = frozenset({Kind.DAY, Kind.EITHER, Kind.MONTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One column's values in numbers.

    filled: records with a value.  distinct: different values.  The shares are of a sample of the
    distinct values: dates, numbers, ratings, states.  ended: some state is finished or cancelled.
    money, percent, timed: some cell carries a currency, a per cent sign, a unit of time.  whole: all numbers are whole.
    low, high: the smallest and the largest number.  length: letters of a text on average.
    counts_rows: the values are 1, 2, 3, ... in the order of the rows.
    """

    header: str
    cells: Sequence[Cell]
    seen: tuple[str, ...]
    rows: int
    filled: int
    distinct: int
    dates: float
    numbers: float
    ratings: float
    states: float
    ended: bool
    money: bool
    percent: bool
    timed: bool
    whole: bool
    low: float
    high: float
    length: float
    counts_rows: bool

    @property
    def empty(self) -> bool:
        """No cell has a value."""
        return self.filled == 0

    @property
    def is_date(self) -> bool:
        """Nearly all values are dates."""
        return self.dates >= 0.6

    @property
    def is_number(self) -> bool:
        """Nearly all values are numbers, not dates."""
        return self.numbers >= 0.6 and not self.is_date

    @property
    def is_rating(self) -> bool:
        """Most values are status ratings."""
        return self.ratings >= 0.5

    @property
    def is_state(self) -> bool:
        """Most values say open, finished or cancelled."""
        return self.states >= 0.5

    @property
    def is_text(self) -> bool:
        """Values are words."""
        return not self.empty and not self.is_date and not self.is_number

    @property
    def is_long(self) -> bool:
        """Values are sentences."""
        return self.is_text and self.length >= _LONG_TEXT and any(" " in text for text in self.seen)

    @property
    def unique(self) -> bool:
        """No two records have the same value, and nearly all have one."""
        return self.rows > 0 and self.filled == self.distinct >= 0.9 * self.rows

    @property
    def repeats(self) -> float:
        """The share of filled records whose value an earlier record had."""
        return 1 - self.distinct / self.filled if self.filled else 0.0


def profile(sheet: Sheet, position: int) -> Profile:
    """The profile of one column of a sheet; a few thousand distinct values decide."""
    cells = sheet.columns[position]
    counts = Counter(cells)
    everything = list(counts)
    sample = everything[:: max(1, len(everything) // _SAMPLE)]
    # A word for "no value" stands in many rows: among very many values only those need be looked at.
    suspects = everything if len(everything) <= _SAMPLE else {*sample, *_repeated(counts)}
    gaps = {cell for cell in suspects if gap(cell)}
    sample = [cell for cell in sample if cell not in gaps]
    filled = len(cells) - sum(counts[cell] for cell in gaps)
    size = max(len(sample), 1)
    texts = [shown(cell) for cell in sample]
    # A day as machines write it is no number, rating or state, and most columns of days hold nothing else.
    others = [place for place, text in enumerate(texts) if not _MACHINE_DAY.fullmatch(text)]
    read, _, _ = read_numbers([sample[place] for place in others], None, thousands=False)
    numbers = [n for n in read.values() if isinstance(n, Number)]
    units = [(n, unit_of(n.unit)) for n in numbers]
    known = [n for n, unit in units if unit is not None or time_unit(n.unit)]
    words = [texts[place] for place in others]
    states = [state for text in words if (state := state_of(text))]
    return Profile(
        header=sheet.header[position],
        cells=cells,
        seen=tuple(dict.fromkeys(text[:_LONGEST_SEEN] for text in texts[:_SEEN])),
        rows=len(cells),
        filled=filled,
        distinct=len(everything) - len(gaps),
        dates=sum(read_date(cell).kind in _DAYS for cell in sample) / size,
        numbers=len(known) / size,
        ratings=sum(rating_of(text) is not None for text in words) / size,
        states=len(states) / size,
        ended=any(state != "open" for state in states),
        money=any(unit is not None and unit.currency for _, unit in units),
        percent=any(unit is not None and unit.percent for _, unit in units),
        timed=any(time_unit(n.unit) for n in known if n.unit and unit_of(n.unit) is None),
        whole=all(n.value.is_integer() for n in known),
        low=min((n.value for n in known), default=0.0),
        high=max((n.value for n in known), default=0.0),
        length=sum(map(len, texts)) / size,
        counts_rows=_counts_rows(cells),
    )


def _repeated(counts: Counter[Cell]) -> Iterable[Cell]:
    if len(counts) == counts.total():
        return ()
    return (cell for cell, count in counts.items() if count > 1)


def _counts_rows(cells: Sequence[Cell]) -> bool:
    """Whether the cells are 1, 2, 3, ... from the first row to the last."""
    return len(cells) > 1 and all(
        shown(cell) == str(number) for number, cell in enumerate(cells, start=1)
    )
