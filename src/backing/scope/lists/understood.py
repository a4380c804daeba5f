"""What the rows of a list of activities say, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Final

from backing.people.models import OrgUnit
from backing.scope.models import Activity, ActivityList, Code
from backing.scope.similar import overlap

LONGEST: Final = 120
_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
_MOST_HOURS: Final = Decimal(100_000)
_ALIKE: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row.  unit: its name, "" for the unit of the whole list.  known: the activity that it is.

    leaves_out: why the row gives no activity; "" where it does.  problems: what it is taken without.
    """

    row: int
    name: str
    unit: str = ""
    code: str = ""
    hours: Decimal | None = None
    begins: date | None = None
    until: date | None = None
    known: int | None = None
    leaves_out: str = ""
    problems: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return not self.leaves_out

    @property
    def kind(self) -> str:
        """The code in words."""
        return str(Code(self.code).label) if self.code else ""


@dataclass(frozen=True)
class Understood:
    lines: tuple[Line, ...]

    @cached_property
    def counting(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.counts)

    @cached_property
    def wrong(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.leaves_out or line.problems)


def understand(found: ActivityList) -> Understood:
    """Every row, in the order of the file."""
    known = {
        (each.org_unit.name.casefold(), each.name.casefold()): each.pk
        for each in Activity.objects.select_related("org_unit")
    }
    whole = found.unit.name if found.unit else ""
    seen: dict[tuple[str, str], int] = {}
    lines = []
    for row, cells in found.rows:
        line = _line(row, cells, found.columns, whole)
        key = ((line.unit or whole).casefold(), line.name.casefold())
        leaves_out = line.leaves_out
        if not leaves_out and key in seen:
            leaves_out = f"Row {seen[key]} says the same."
        elif not leaves_out:
            seen[key] = row
        lines.append(replace(line, leaves_out=leaves_out, known=known.get(key)))
    return Understood(tuple(lines))


def unit_names(lines: Iterable[Line]) -> list[str]:
    return sorted({line.unit for line in lines if line.unit})


def missing_units(lines: Iterable[Line]) -> list[str]:
    """Units that the list names and nobody here knows."""
    here = {unit.name.casefold() for unit in OrgUnit.objects.all()}
    return [name for name in unit_names(lines) if name.casefold() not in here]


def _line(row: int, cells: Sequence[str], columns: Mapping[str, int], whole: str) -> Line:
    said = {
        name: " ".join(cells[place].split()) if place < len(cells) else ""
        for name, place in columns.items()
    }
    problems: list[str] = []
    name = said.get("name", "")
    if len(name) > LONGEST:
        problems.append(f"The name is cut to {LONGEST} characters.")
        name = name[:LONGEST].rstrip()
    begins = _day(said.get("from", ""), "first day", problems)
    until = _day(said.get("to", ""), "last day", problems)
    if begins and until and until < begins:
        problems.append("The last day comes before the first: both are left out.")
        begins = until = None
    unit = said.get("unit", "")[:80]
    leaves_out = ""
    if not name:
        leaves_out = "No activity is named."
    elif not unit and not whole:
        leaves_out = "No unit is named. Choose one for the whole list above."
    return Line(
        row=row,
        name=name,
        unit=unit,
        code=_code(said.get("code", ""), problems),
        hours=_hours(said.get("hours", ""), problems),
        begins=begins,
        until=until,
        leaves_out=leaves_out,
        problems=tuple(problems),
    )


def _code(said: str, problems: list[str]) -> str:
    """A code as it is written, or the one whose words are nearest."""
    if not said:
        return ""
    for code in Code:
        if said.casefold() in (code.value, str(code.label).casefold()):
            return code.value
    near = max(Code, key=lambda code: (overlap(said, str(code.label)), code.value))
    if overlap(said, str(near.label)) >= _ALIKE:
        return near.value
    problems.append(f"“{said[:40]}” is no kind of work that we know: it is left out.")
    return ""


def _hours(said: str, problems: list[str]) -> Decimal | None:
    if not said:
        return None
    try:
        hours = Decimal(said.replace(",", ".").removesuffix("h").strip())
    except InvalidOperation:
        hours = Decimal(-1)
    if not hours.is_finite() or not 0 <= hours < _MOST_HOURS:
        problems.append(f"“{said[:20]}” is no number of hours: it is left out.")
        return None
    return hours.quantize(Decimal("0.1"))


def _day(said: str, what: str, problems: list[str]) -> date | None:
    if not said:
        return None
    for form in _DAYS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    problems.append(f"“{said[:20]}” is no {what} that we can read: it is left out.")
    return None
