"""Taking a list in, in one transaction, and undoing it.

Thousands of people are written in a few statements, past the guard of audited records, and their
histories with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError

from backing.people.models import Account, OrgUnit, Person, Roster
from backing.people.models.audited import past_the_guard
from backing.people.rosters.understood import Line, Understood, understand

_AT_ONCE: Final = 500
_CHANGED: Final = (
    "full_name", "job_title", "org_unit_id", "email", "phone", "in_post_from", "in_post_to", "reports_to_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Undone:
    """gone: persons that are there no more.  kept: persons of the list that something rests on by now."""

    gone: int
    kept: int


@transaction.atomic
def take_in(roster: Roster, *, by: Account, now: datetime) -> int:
    """Make of every row that counts a person; gives how many.  Its cells are not kept any longer."""
    locked = Roster.objects.select_for_update().get(pk=roster.pk)
    if locked.taken_at is not None:
        return 0
    said = understand(locked)
    lines = [line for line in said.lines if line.counts]
    units, new_units = _units(lines)
    known = Person.objects.in_bulk([line.person for line in lines if line.person])
    was = {pk: _values(person) for pk, person in known.items()}
    of = {line.row: _person(line, known, units) for line in lines}
    new = [person for person in of.values() if person.pk not in known]
    past_the_guard(Person).bulk_create(new, batch_size=_AT_ONCE)
    for row, person in of.items():
        above = said.superior(row)
        if above is not None and of[above.row].pk != person.pk:
            person.reports_to = of[above.row]
    under = [person for person in new if person.reports_to is not None]
    past_the_guard(Person).bulk_update(under, ["reports_to"], batch_size=_AT_ONCE)
    old = [person for person in of.values() if person.pk in known]
    fields = [name.removesuffix("_id") for name in _CHANGED]
    past_the_guard(Person).bulk_update(old, fields, batch_size=_AT_ONCE)
    Person.history.bulk_history_create(new, batch_size=_AT_ONCE, default_user=by)
    Person.history.bulk_history_create(old, batch_size=_AT_ONCE, update=True, default_user=by)
    headed = _heads(said, of, new_units)
    locked.made = {
        "persons": [person.pk for person in new],
        "units": [unit.pk for unit in new_units],
        "headed": headed,
        "changed": [
            {"person": person.pk, "was": was[person.pk], "is": _values(person)} for person in old
        ],
    }
    locked.taken_at, locked.rows, locked.decided = now, [], {}
    locked.save()
    return len(of)


@transaction.atomic
def undo(roster: Roster, *, now: datetime) -> Undone:
    """As it was before, but for what somebody has changed or built on since."""
    locked = Roster.objects.select_for_update().get(pk=roster.pk)
    if locked.taken_at is None or locked.undone_at is not None:
        return Undone(0, 0)
    made = locked.made
    for each in made["changed"]:
        _put_back(each)
    new = set(made["persons"])
    free = sorted(new - _in_use(new))
    for person in past_the_guard(Person).filter(reports_to__in=free).exclude(pk__in=free):
        person.reports_to = None
        person.save()
    past_the_guard(Person).filter(pk__in=free).delete()
    Person.history.filter(id__in=free).delete()
    for unit in OrgUnit.objects.filter(pk__in=made["units"]).order_by("-pk"):
        _drop_unit(unit)
    locked.undone_at, locked.made = now, {}
    locked.save()
    return Undone(gone=len(free), kept=len(new) - len(free))


def throw_away(roster: Roster) -> None:
    """It was only looked at."""
    Roster.objects.waiting().filter(pk=roster.pk).delete()


def _person(line: Line, known: dict[int, Person], units: dict[str, OrgUnit]) -> Person:
    """The person of a row; a blank cell changes nothing of one who is known."""
    person = known[line.person] if line.person else Person()
    person.full_name = line.name if not line.decided.isdigit() else person.full_name
    person.job_title = line.title or person.job_title
    person.org_unit = units.get(line.unit) or person.org_unit
    person.email = person.email or line.email or None
    person.phone = line.phone or person.phone
    begins, ends = line.begins or person.in_post_from, line.ends or person.in_post_to
    if not (begins and ends and ends < begins):
        person.in_post_from, person.in_post_to = begins, ends
    return person


def _values(person: Person) -> dict[str, Any]:
    found = {name: getattr(person, name) for name in _CHANGED}
    return {name: str(value) if hasattr(value, "year") else value for name, value in found.items()}


def _units(lines: Iterable[Line]) -> tuple[dict[str, OrgUnit], list[OrgUnit]]:
    names = sorted({line.unit for line in lines if line.unit})
    found = {unit.name.casefold(): unit for unit in OrgUnit.objects.all()}
    new = []
    for name in names:
        if name.casefold() not in found:
            found[name.casefold()] = OrgUnit.objects.create(name=name)
            new.append(found[name.casefold()])
    return {name: found[name.casefold()] for name in names}, new


def _heads(said: Understood, of: dict[int, Person], new: Sequence[OrgUnit]) -> list[int]:
    """A new unit is headed by the one in it who reports out of it, where there is just one.

    It is part of the unit of whom they report to.
    """
    fresh = {unit.pk: unit for unit in new}
    out: dict[int, list[tuple[Person, Person | None]]] = {pk: [] for pk in fresh}
    for row, person in of.items():
        above = said.superior(row)
        over = of[above.row] if above else None
        if person.org_unit_id in fresh and (over is None or over.org_unit_id != person.org_unit_id):
            out[person.org_unit_id].append((person, over))
    headed = []
    for pk, tops in sorted(out.items()):
        if len(tops) != 1:
            continue
        head, over = tops[0]
        unit = fresh[pk]
        unit.head = head
        if over is not None and over.org_unit is not None:
            unit.parent = fresh.get(over.org_unit.pk, over.org_unit)
            if unit.parent == unit or unit in unit.above():
                unit.parent = None
        unit.save()
        headed.append(pk)
    return headed


def _put_back(each: dict[str, Any]) -> None:
    """What the import changed, where it still is what the import made of it."""
    person = Person.objects.filter(pk=each["person"], erased_at=None).first()
    if person is None:
        return
    now = _values(person)
    for name, value in each["was"].items():
        if now[name] == each["is"][name]:
            setattr(person, name, value)
    person.save()


def _in_use(persons: set[int]) -> set[int]:
    """Those of them that anything rests on beside the chart itself."""
    used: set[int] = set()
    for relation in Person._meta.related_objects:
        model: Any = relation.related_model
        name = relation.field.name
        if model in (Person, OrgUnit) or model._meta.label.rpartition(".")[2].startswith(
            "Historical"
        ):
            continue
        rows = past_the_guard(model).filter(**{f"{name}__in": persons})
        used.update(rows.values_list(name, flat=True))
    return used & persons


def _drop_unit(unit: OrgUnit) -> None:
    """A unit of the import goes, unless something rests on it."""
    if unit.people.exists() or unit.children.exists():
        return
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:
        return
