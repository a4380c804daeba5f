"""What every page for a leader begins with: why the office exists, and what it means for their area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from backing.evidence.public import projects_by_unit
from backing.leaders.papers.brief import NOT_RECORDED
from backing.mandate import public as mandate
from backing.people.models import Account, OrgUnit, Person
from boardpaper.blocks import Block, Column, Quotation, Statement, Table
from boardpaper.claim import Claim, Name

MOST: Final = 6


def why(viewer: Account) -> Iterator[Block]:
    """The origin in the words of whoever commissioned the office, and the problem."""
    origin = mandate.origin(viewer)
    if origin is None:
        yield Statement(claims=(Claim(NOT_RECORDED),))
        return
    yield Quotation(
        words=origin.in_their_words.strip("“”"),
        said_by=", ".join(origin.commissioned_by) or "Whoever commissioned the office",
        on=origin.on,
    )
    claims = [Claim("{problem}", problem=Name(origin.problem), klass="MGMT")]
    if origin.expected_results:
        claims.append(
            Claim("Expected: {results}", results=Name(origin.expected_results), klass="MGMT")
        )
    if origin.review_due:
        claims.append(Claim("It will be looked at again on {day}.", day=origin.review_due))
    yield Statement(claims=tuple(claims))


def for_whom(person: Person) -> Claim:
    """What stands above their area."""
    if person.org_unit is None:
        return Claim("What it means for you")
    return Claim("What it means for {unit}", unit=Name(person.org_unit.name))


def area(person: Person, viewer: Account, *, most: int = MOST) -> Iterator[Block]:
    """How many projects of their unit and all below it the Record holds, and the changes that touch them.

    most: changes that are named.
    """
    unit = person.org_unit.name if person.org_unit else ""
    theirs = _with_what_is_below(person.org_unit)
    counted = projects_by_unit(viewer)
    count = sum(counted.get(name, 0) for name in {each.casefold() for each in theirs})
    if count:
        yield Statement(
            claims=(
                Claim(
                    "The record holds {projects} of {unit}.",
                    projects=Name(f"{count:,} project{'' if count == 1 else 's'}"),
                    unit=Name(unit),
                    klass="MGMT",
                ),
            )
        )
    changes = [
        each
        for each in mandate.changes(viewer)
        if not theirs.isdisjoint(each.units) or person.pk in each.required
    ][:most]
    if not changes:
        yield Statement(claims=(Claim("No change that the office proposes touches your area."),))
        return
    yield Table(
        columns=(Column(name="Change"), Column(name="What it is"), Column(name="From")),
        rows=tuple((each.title, each.what_changes, each.start or "no day yet") for each in changes),
    )


def _with_what_is_below(unit: OrgUnit | None) -> frozenset[str]:
    """The names of a unit and of every part of it, however deep: who heads the whole heads each."""
    if unit is None:
        return frozenset()
    parts = defaultdict[int | None, list[tuple[int, str]]](list)
    for pk, name, parent in OrgUnit.objects.values_list("pk", "name", "parent"):
        parts[parent].append((pk, name))
    found = {unit.pk: unit.name}
    waiting = [unit.pk]
    while waiting:
        for pk, name in parts[waiting.pop()]:
            if pk not in found:
                found[pk] = name
                waiting.append(pk)
    return frozenset(found.values())
