"""What the rows of a list say, what is wrong with each, and whom they may mean."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from backing.people.likeness import SAME, alike, folded, key
from backing.people.models import Person, Roster
from backing.people.rosters.chart import Chart

NEW, SKIP = "new", "skip"
_NOBODY: Final = re.compile(
    r"(vacant|vacancy|n/?[ad]|tbc|tbd|none|unknown|not in post|eliminated|-+)\.?", re.IGNORECASE
)
_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
_LONGEST: Final = {"name": 120, "title": 120, "unit": 80, "phone": 40}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row.  known: the Person who has its e-mail.  like: persons it may mean, and why.

    leaves_out: why the row gives no person; empty where it does.  problems: what it is taken without.
    """

    row: int
    name: str
    title: str = ""
    unit: str = ""
    email: str = ""
    phone: str = ""
    begins: date | None = None
    ends: date | None = None
    key: str = ""
    reports_to: str = ""
    known: int | None = None
    like: tuple[tuple[int, str], ...] = ()
    decided: str = ""
    leaves_out: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody must say first whom it means."""
        return bool(self.like) and not self.decided and not self.leaves_out

    @property
    def person(self) -> int | None:
        """The Person it is, where it is one who is known."""
        if self.decided.isdigit():
            return int(self.decided)
        return None if self.decided == NEW else self.known

    @property
    def counts(self) -> bool:
        """Whether it is taken in."""
        return not self.leaves_out and self.decided != SKIP and not self.is_open


@dataclass(frozen=True)
class Understood:
    """A list as it was understood, row by row, and who stands under whom."""

    lines: tuple[Line, ...]
    chart: Chart

    def superior(self, row: int) -> Line | None:
        """The nearest named row above one; a post without a name hands its people up."""
        return next(
            (
                self.by_row[each]
                for each in self.chart.path(row)[1:]
                if self.by_row[each].counts and each != row
            ),
            None,
        )

    @cached_property
    def by_row(self) -> Mapping[int, Line]:
        return {line.row: line for line in self.lines}


def understand(roster: Roster) -> Understood:
    """What a list says, beside who is known already."""
    people = list(Person.objects.filter(erased_at=None))
    lines = [_line(roster, number, cells) for number, cells in roster.rows]
    lines = _once(lines)
    lines = _recognised(lines, people)
    chart = _chart(lines)
    lines = [_placed(line, chart) for line in lines]
    return Understood(tuple(lines), chart)


def _line(roster: Roster, number: int, cells: list[str]) -> Line:
    def said(field: str) -> str:
        place = roster.columns.get(field)
        return " ".join(cells[place].split()) if place is not None and place < len(cells) else ""

    problems: list[str] = []
    name = _name(said("name")) or " ".join(f"{said('first')} {said('last')}".split())
    begins, ends = _day(said("from"), problems), _day(said("to"), problems)
    if begins and ends and ends < begins:
        problems.append("It ends before it begins; taken without the two days.")
        begins = ends = None
    why = "No name stands here: a post without a person." if not name else ""
    return Line(
        row=number,
        name=_short("name", name, problems),
        title=_short("title", said("title"), problems),
        unit=_short("unit", said("unit"), problems),
        email=_email(said("email"), problems),
        phone=_short("phone", said("phone"), problems),
        begins=begins,
        ends=ends,
        key=said("key"),
        reports_to=said("reports_to"),
        decided=str(roster.decided.get(str(number), "")),
        leaves_out=why,
        problems=tuple(problems),
    )


def _name(said: str) -> str:
    """A name as one is called: "Lima, Ana" is Ana Lima; "Ana,Lima" was split by an export."""
    if _NOBODY.fullmatch(said):
        return ""
    if ", " in said and said.count(",") == 1:
        last, first = said.split(", ")
        return f"{first} {last}"
    return " ".join(said.replace(",", " ").split())


def _short(field: str, said: str, problems: list[str]) -> str:
    most = _LONGEST[field]
    if len(said) > most:
        problems.append(f"The {field} is longer than {most} letters; the rest is left out.")
    return said[:most].strip()


def _email(said: str, problems: list[str]) -> str:
    if not said:
        return ""
    try:
        validate_email(said)
    except ValidationError:
        problems.append(f"“{said}” is no e-mail address; taken without it.")
        return ""
    return said.lower()


def _day(said: str, problems: list[str]) -> date | None:
    if not said:
        return None
    for form in _DAYS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    problems.append(f"“{said}” is no day; taken without it. Write days as 2026-05-31.")
    return None


def _once(lines: list[Line]) -> list[Line]:
    """An e-mail, or a whole row, that stands twice counts once."""
    emails: set[str] = set()
    rows: set[tuple[str, ...]] = set()
    found = []
    for line in lines:
        whole = (folded(line.name), line.title, line.unit, line.email, line.key)
        if line.email in emails and not line.leaves_out:
            line = replace(line, leaves_out=f"{line.email} stands in an earlier row too.")
        elif whole in rows and line.name:
            line = replace(
                line, leaves_out="The same person in the same post stands in an earlier row."
            )
        if line.email:
            emails.add(line.email)
        rows.add(whole)
        found.append(line)
    return found


def _recognised(lines: list[Line], people: Iterable[Person]) -> list[Line]:
    by_email = {person.email: person for person in people if person.email}
    by_key: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_key[key(person.full_name)].append(person)
    found = []
    for line in lines:
        known = by_email.get(line.email) if line.email else None
        if known is not None:
            line = replace(line, known=known.pk)
        elif line.name:
            like = tuple(
                (person.pk, why)
                for person in by_key[key(line.name)]
                if (why := alike(line.name, person.full_name))
                and not (line.email and person.email)  # two addresses are two people
            )
            line = replace(
                line, like=tuple(sorted(like, key=lambda each: (each[1] != SAME, each[0])))
            )
        found.append(line)
    return found


def _chart(lines: list[Line]) -> Chart:
    """By the number of the post, else the e-mail, else a name that stands once."""
    names = Counter(folded(line.name) for line in lines if line.name)
    at: dict[str, int] = {}
    for line in lines:
        for told in (line.key, line.email):
            if told:
                at.setdefault(told.lower(), line.row)
    for line in lines:
        if line.name and names[folded(line.name)] == 1:
            at.setdefault(folded(line.name), line.row)
    above: dict[int, int | None] = {}
    unknown = set()
    for line in lines:
        told = line.reports_to
        found = at.get(told.lower()) or at.get(folded(_name(told)))
        above[line.row] = found if told and found != line.row else None
        if told and found is None:
            unknown.add(line.row)
    return Chart(above, frozenset(unknown))


def _placed(line: Line, chart: Chart) -> Line:
    if line.row in chart.unknown:
        note = f"“{line.reports_to}” is not on the list, or there more than once; taken without."
        return replace(line, problems=(*line.problems, note))
    if line.row in chart.orphans:
        note = "Those above it report to one another in a ring; taken without."
        return replace(line, problems=(*line.problems, note))
    return line
