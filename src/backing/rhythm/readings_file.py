"""Readings out of a file: a header, and a row a reading; each row that cannot be taken says why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from backing.evidence.measuring import Said, keep_reading
from backing.evidence.models import Measure, MeasureReading
from backing.people.models import Account
from backing.people.rosters import dropped
from backing.people.rosters.cells import Cells

_HEADERS: Final = {
    "at": r"date|day|at|month|as at|period|when",
    "value": r"value|reading|figure|result",
    "n": r"n|count|number|how many",
    "note": r"note|notes|comment|remark",
}
_DAYS: Final = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%Y-%m",
    "%b %Y",
    "%B %Y",
)
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """kept: readings that are new or changed.  same: those that were there.  problems: a sentence each."""

    kept: int
    same: int
    problems: tuple[str, ...]


def take_in(
    measure: Measure, file: UploadedFile, *, by: Account, now: datetime, today: date
) -> TakenIn:
    """Keep every reading of a file.  Raises backing.people.rosters.cells.Unreadable."""
    read = dropped.read(file, shape="A list of readings has a header, and a row a reading.")
    said, problems = understood(read.cells, name=read.name, today=today)
    kept = 0
    with transaction.atomic():
        for each in said:
            made = keep_reading(
                measure, each, origin=MeasureReading.Origin.IMPORTED, by=by, now=now
            )
            kept += made is not None
    return TakenIn(kept, len(said) - kept, tuple(problems))


def understood(cells: Cells, *, name: str, today: date) -> tuple[list[Said], list[str]]:
    """The readings of the rows, and why some are none."""
    places = _places(cells.header)
    if "at" not in places or "value" not in places:
        lacking = "date" if "at" not in places else "value"
        return [], [
            f"{name}, row 1: no column is called {lacking}. Name the columns date and value."
        ]
    said: dict[date, Said] = {}
    problems = list(cells.problems)
    for number, row in cells.rows[:_MOST]:
        try:
            reading = _reading(row, places, today=today, source=f"{name}, row {number}")
        except ValueError as wrong:
            problems.append(f"{name}, row {number}: {wrong}")
            continue
        if reading.at in said:
            problems.append(
                f"{name}, row {number}: {reading.at:%d %B %Y} stands there twice; the later row counts."
            )
        said[reading.at] = reading
    if len(cells.rows) > _MOST:
        problems.append(f"{name}: only the first {_MOST:,} rows were read. Split the file.")
    return [said[day] for day in sorted(said)], problems


def _places(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in _HEADERS.items():
        for place, words in enumerate(header):
            if re.fullmatch(pattern, " ".join(words.lower().split())):
                found.setdefault(name, place)
    return found


def _reading(row: Sequence[str], places: dict[str, int], *, today: date, source: str) -> Said:
    """One row as a reading; ValueError says what to do."""

    def cell(name: str) -> str:
        place = places.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""

    at = _day(cell("at"))
    if at > today:
        raise ValueError(f"{at:%d %B %Y} has not come yet. Correct the day.")
    n = cell("n")
    if n and not n.isdigit():
        raise ValueError(f"n is “{n}”. Write a whole number, or leave it blank.")
    return Said(
        at=at,
        value=_value(cell("value")),
        n=int(n) if n else None,
        source=source,
        note=cell("note"),
    )


def _day(written: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise ValueError(f"“{written}” is no day. Write one such as 2026-03-31.")


def _value(written: str) -> Decimal:
    plain = written.replace(" ", "").replace("\u202f", "")
    share = plain.endswith("%")
    plain = plain.rstrip("%")
    if "," in plain and "." not in plain and re.fullmatch(r"-?\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"“{written}” is no number. Write one such as 41 or 0.2.") from None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 14:
        raise ValueError(f"“{written}” is too large. Write it in a larger unit.")
    return value / 100 if share else value
