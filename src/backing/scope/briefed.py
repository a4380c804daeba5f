"""Who has not been told of the current charter yet (S07-a, RULE-31).

Those to tell are the leaders in focus and the heads of the units it covers.  Told is who was briefed on its
document, or has acknowledged or objected to it; who knows an earlier version is not told of this one.
"""

from __future__ import annotations

from dataclasses import dataclass

from backing.leaders.public import briefed_on, on_the_list
from backing.people.models import Account, OrgUnit, Person
from backing.scope.models import Acknowledgement, Charter
from backing.scope.told import CharterInForce, charter


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """Somebody to brief.  knows: the latest version they were told of, None for none."""

    person: int
    name: str
    knows: int | None


def not_briefed(viewer: Account, current: CharterInForce | None = None) -> tuple[NotTold, ...]:
    """By name; nobody while no charter was put before anyone."""
    current = current or charter(viewer)
    if current is None:
        return ()
    wanted = {each.person: each.name for each in on_the_list(viewer) if each.focus}
    units = [unit for unit, _ in current.units]
    heads = OrgUnit.objects.visible_to(viewer).filter(pk__in=units).exclude(head=None)
    people = Person.objects.visible_to(viewer).filter(pk__in=heads.values("head"), erased_at=None)
    wanted.update((person.pk, str(person)) for person in people)
    told = _versions_told(viewer)
    return tuple(
        NotTold(person=person, name=name, knows=max(told.get(person, ()), default=None))
        for person, name in sorted(wanted.items(), key=lambda each: (each[1], each[0]))
        if current.version not in told.get(person, ())
    )


def _versions_told(viewer: Account) -> dict[int, set[int]]:
    """By person, the versions of the charter that they were briefed on or answered."""
    found: dict[int, set[int]] = {}
    charters = Charter.objects.visible_to(viewer).exclude(status=Charter.Status.DRAFT)
    for version, issue in charters.values_list("version", "issue"):
        if issue is not None:
            for person in briefed_on(viewer, issue):
                found.setdefault(person, set()).add(version)
    answers = Acknowledgement.objects.visible_to(viewer).exclude(
        response=Acknowledgement.Response.NO_REPLY
    )
    for person, version in answers.values_list("person", "charter__version"):
        found.setdefault(person, set()).add(version)
    return found
