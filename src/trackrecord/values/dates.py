"""Dates as people write them: seven languages, mixed formats, days and months in either order.

A numeric date such as 05/04/2021 says two things.  The whole column settles which: one cell with a
number above 12 in the first or the second place is enough, and that row is named.  Dotted dates are
day-first wherever we have seen them.  What nothing settles is never guessed: such cells are missing
and the column is reported with both readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from trackrecord.layout import DateOrder
from trackrecord.readers.source import Cell
from trackrecord.values.gaps import Fault, Gap, folded, gap

FIRST_YEAR, LAST_YEAR = 1945, 2199
_SERIAL_DAY_0: Final = datetime(1899, 12, 30)
_SERIALS: Final = (16500, 109575)  # 1945 to 2199

_LONGEST: Final = 60  # letters, enough for a weekday, a date and a time

_MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier janv enero ene januari",
            "february feb februar fevrier fevr fev febrero februari febr",
            "march mar marz mrz maerz mars marzo maart mrt",
            "april apr avril avr abril abr",
            "may mai mayo mei maj",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug aout agosto ago augustus augusti",
            "september sep sept septembre septiembre set",
            "october oct okt oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dez dezember decembre diciembre dic des desember",
        ),
        start=1,
    )
    for name in names.split()
}

_TIME = r"(?:[t\s,]+(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*(?:z|utc|gmt|[+-]\d\d:?\d\d)?)?$"
_YEAR_FIRST: Final = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_COMPACT: Final = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)$")
_NUMERIC: Final = re.compile(r"^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})" + _TIME)
_DAY_NAME_YEAR: Final = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th|er|re|\.|°)?[\s-]*(?:of |de |d')?([a-z]+)\.?[\s,/-]*(?:de |of )?'?(\d{4}|\d{2})"
    + _TIME
)
_NAME_DAY_YEAR: Final = re.compile(
    r"^(?:[a-z]+\.?,\s+)?([a-z]+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4})" + _TIME
)
_YEAR_NAME_DAY: Final = re.compile(r"^(\d{4})[\s-]+([a-z]+)\.?[\s-]+(\d{1,2})" + _TIME)
_NAME_YEAR: Final = re.compile(r"^([a-z]+)\.?[\s/-]*(?:de |of )?'?(\d{4}|\d{2})$")
_MONTH_YEAR: Final = re.compile(r"^(\d{1,2})[-/.](\d{4})$")
_YEAR_MONTH: Final = re.compile(r"^(\d{4})[-/.](\d{1,2})$")
_WEEKDAY: Final = re.compile(r"^([a-z]{2,10})\.?,? +(?=\d{1,2}\D)")
_QUARTER: Final = re.compile(r"^(?:(?:fy|gj)?\s?\d{2,4}[\s/-]*[qtk][1-4]|[qtk][1-4][\s/-]*(?:fy|gj)?\s?\d{2,4}|[1-4]\.?\s?(?:quartal|kwartaal|kvartal|trimestre).*)$")  # fmt: skip


class Kind(Enum):
    """What one cell says about a day."""

    DAY = "one day"
    EITHER = "one of two days"
    SERIAL = "a number that a spreadsheet shows as a day"
    MONTH = "a month"
    GAP = "no value"
    FAULT = "not a day"


class Read(NamedTuple):
    """One cell, read on its own.

    when: the day; day-first where it is EITHER.  other: the month-first reading of EITHER.
    order: which order the cell proves, if it proves one.  written: how it was written, "cell" for a
    real date, "iso", "slash", "dot" or "words".
    """

    kind: Kind
    when: datetime | None = None
    other: datetime | None = None
    order: DateOrder | None = None
    written: str = ""
    why: Gap | Fault | None = None


def _fault(code: str, expected: str, todo: str) -> Read:
    return Read(Kind.FAULT, why=Fault(code, expected, todo))


_NOT_A_DATE: Final = _fault(
    "not-a-date", "a date", "Write a date such as 2024-03-31, or leave the cell empty."
)
_IMPOSSIBLE: Final = _fault(
    "impossible-date", "a day that exists", "Correct the day, month or year."
)
_NO_DAY: Final = _fault("not-a-full-date", "a day, month and year", "Write the full date; which day a quarter or a year means is not for us to guess.")  # fmt: skip


def _year(text: str) -> int:
    """Two digits are 1969-2068, as POSIX has them."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 69 else 1900)


def _moment(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime | None:
    """The moment, or None where there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    hour, minute, second, half = (*clock, None, None, None, None)[:4]
    h = int(hour or 0)
    if half:
        h = h % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, h, int(minute or 0), int(second or 0))
    except ValueError:
        return None


def _day(year: int, month: int, day: int, clock: tuple[str | None, ...], written: str) -> Read:
    when = _moment(year, month, day, clock)
    return Read(Kind.DAY, when, written=written) if when else _IMPOSSIBLE


def _numeric(match: re.Match[str]) -> Read:
    first, mark, second, year_text, *clock = match.groups()
    a, b, year, times = int(first), int(second), _year(year_text), tuple(clock)
    day_first, month_first = _moment(year, b, a, times), _moment(year, a, b, times)
    if mark == ".":
        return Read(Kind.DAY, day_first, written="dot") if day_first else _IMPOSSIBLE
    if day_first and month_first:
        if a == b:
            return Read(Kind.DAY, day_first, written="slash")
        return Read(Kind.EITHER, day_first, month_first, written="slash")
    if day_first:
        return Read(Kind.DAY, day_first, order="day-first", written="slash")
    if month_first:
        return Read(Kind.DAY, month_first, order="month-first", written="slash")
    return _IMPOSSIBLE


def _in_words(text: str) -> Read | None:
    """Dates with a month's name, and months alone."""
    if (m := _DAY_NAME_YEAR.match(text)) and (month := _MONTHS.get(m[2])):
        return _day(_year(m[3]), month, int(m[1]), m.groups()[3:], "words")
    if (m := _NAME_DAY_YEAR.match(text)) and (month := _MONTHS.get(m[1])):
        return _day(_year(m[3]), month, int(m[2]), m.groups()[3:], "words")
    if (m := _YEAR_NAME_DAY.match(text)) and (month := _MONTHS.get(m[2])):
        return _day(int(m[1]), month, int(m[3]), m.groups()[3:], "words")
    if (m := _NAME_YEAR.match(text)) and (month := _MONTHS.get(m[1])):
        when = _moment(_year(m[2]), month, 1, ())
        return Read(Kind.MONTH, when, written="words") if when else _IMPOSSIBLE
    return None


def _without_day(text: str) -> Read | None:
    """Months in digits, quarters, years."""
    month_year = (m[2], m[1]) if (m := _MONTH_YEAR.match(text)) else None
    if m := _YEAR_MONTH.match(text):
        month_year = (m[1], m[2])
    if month_year and 1 <= int(month_year[1]) <= 12:
        when = _moment(int(month_year[0]), int(month_year[1]), 1, ())
        return Read(Kind.MONTH, when, written="slash") if when else _IMPOSSIBLE
    if month_year or _QUARTER.match(text) or re.match(r"^(?:fy\s?)?\d{4}(?:[-/]\d{2,4})?$", text):
        return _NO_DAY
    return None


@lru_cache(maxsize=65536)
def _text(text: str) -> Read:
    if len(text) > _LONGEST:
        return _NOT_A_DATE
    plain = _without_weekday(folded(text))
    if m := _YEAR_FIRST.match(plain):
        year, _, month, day, *clock = m.groups()
        return _day(int(year), int(month), int(day), tuple(clock), "iso")
    if m := _NUMERIC.match(plain):
        return _numeric(m)
    if (m := _COMPACT.match(plain)) and 1 <= int(m[2]) <= 12:
        return _day(int(m[1]), int(m[2]), int(m[3]), (), "iso")
    if re.fullmatch(r"\d{5,6}(?:\.\d+)?", plain):
        return _serial(float(plain))
    return _in_words(plain) or _without_day(plain) or _NOT_A_DATE


def _without_weekday(text: str) -> str:
    """ "mon 03/05/21" without its first word, which no month is called."""
    match = _WEEKDAY.match(text)
    return text[match.end() :] if match and match[1] not in _MONTHS else text


def _serial(number: float) -> Read:
    if _SERIALS[0] <= number <= _SERIALS[1]:
        when = _SERIAL_DAY_0 + timedelta(seconds=round(number * 86400))
        return Read(Kind.SERIAL, when, written="cell")
    if 1945 <= number <= 2199:
        return _NO_DAY
    return _NOT_A_DATE


def read_date(cell: Cell) -> Read:
    """One cell, without its column."""
    if why := gap(cell):
        return Read(Kind.GAP, why=why)
    if isinstance(cell, datetime | date):
        if not FIRST_YEAR <= cell.year <= LAST_YEAR:
            return _IMPOSSIBLE
        when = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
        return Read(Kind.DAY, when.replace(tzinfo=None), written="cell")
    if isinstance(cell, bool | time) or cell is None:
        return _NOT_A_DATE
    if isinstance(cell, int | float):
        return _serial(float(cell))
    return _text(cell)


def is_dateish(cell: Cell) -> bool:
    """Whether the cell says a day or a month, taken alone; a bare number does not."""
    return read_date(cell).kind in {Kind.DAY, Kind.EITHER, Kind.MONTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the cells of a column say about the order of day and month.

    order: the settled order; None where none is needed or none is proved.
    proof: the cell that settles it.  against: a cell that proves the other order, if there is one.
    either: one cell that says two things, if there is one.
    """

    order: DateOrder | None = None
    proof: Cell = None
    against: Cell = None
    either: Cell = None

    @property
    def undecided(self) -> bool:
        """Some cells say two things, and nothing in the column settles which."""
        return self.either is not None and self.order is None


def order_of(reads: dict[Cell, Read]) -> Order:
    """What the distinct cells of one column say about the order of day and month."""
    proofs: dict[str, Cell] = {}
    either: Cell = None
    for cell, read in reads.items():
        if read.order:
            proofs.setdefault(read.order, cell)
        elif read.kind is Kind.EITHER and either is None:
            either = cell
    if len(proofs) == 2:
        return Order(proof=proofs["day-first"], against=proofs["month-first"], either=either)
    for order in ("day-first", "month-first"):
        if order in proofs:
            return Order(order=order, proof=proofs[order], either=either)
    return Order(either=either)


def looks_swapped(reads: Iterable[Read]) -> bool:
    """Whether a spreadsheet seems to have read month-first what was written day-first.

    Every date it could read that way became a real date (no day above the 12th); the others stayed
    text.  Five such dates by chance have a probability of about one in a hundred.
    """
    real = [r.when for r in reads if r.kind is Kind.DAY and r.written in ("cell", "iso") and r.when]
    text = [r for r in reads if r.order == "day-first" and r.written == "slash"]
    days = {(when.year, when.month, when.day) for when in real}
    return len(days) >= 5 and len(text) >= 2 and all(when.day <= 12 for when in real)


def end_of_month(when: datetime) -> datetime:
    """The last day of the month of `when`."""
    following = when.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


_UNDECIDED: Final = Gap("day or month undecided")


def settled(
    read: Read, order: DateOrder | None, *, at_end: bool, serials: bool
) -> datetime | Gap | Fault:
    """The day a cell means once the column is known.

    at_end: a month alone means its last day (a finish), else its first.  serials: bare numbers are
    days, because the column is otherwise dates.
    """
    match read.kind:
        case Kind.DAY:
            assert read.when
            return read.when
        case Kind.EITHER:
            chosen = {"day-first": read.when, "month-first": read.other}.get(order or "")
            return chosen or _UNDECIDED
        case Kind.MONTH:
            assert read.when
            return end_of_month(read.when) if at_end else read.when
        case Kind.SERIAL:
            if serials and read.when:
                return read.when
            assert isinstance(_NOT_A_DATE.why, Fault)
            return _NOT_A_DATE.why
        case _:
            assert read.why
            return read.why
