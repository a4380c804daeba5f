"""Owners of projects: who they are, what they were asked, and what they answered.

Looking at a link changes nothing, for mail programs look too.  Until it expires it may be answered again:
what stands is the last answer, and every answer before it is kept as a withdrawn decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from backing.evidence import actions, agreed
from backing.evidence.agreed import Coded
from backing.evidence.cells import Cell, cells_of, correction
from backing.evidence.models import Decision, MirroredProject, Ownership, RowLink
from backing.evidence.told import plans_now
from backing.people.models import Account, Person
from trackrecord.decisions import Confirmed, Correction, Value, from_lines
from trackrecord.keys import Key

LASTS: Final = timedelta(days=21)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersRow:
    """One project's row, as its owner is asked about it."""

    ownership: Ownership
    name: str
    source: str  # file and row, as far as they are known
    currency: str
    cells: tuple[Cell, ...]
    causes: tuple[Coded, ...]

    @property
    def key(self) -> Key:
        return Key(self.ownership.register, self.ownership.key)


# Who owns what.


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A manager whom the register names, and whose projects have no owner yet."""

    manager: str
    projects: int
    person: Person | None  # someone of that name, where we know exactly one


def proposed() -> list[Proposed]:
    """Owners to confirm, from the register's column of managers, by name."""
    counted = list(
        unowned()
        .exclude(manager="")
        .values_list("manager")
        .annotate(projects=Count("pk"))
        .order_by("manager")
    )
    known: dict[str, list[Person]] = {}
    for person in Person.objects.all():
        known.setdefault(person.full_name.casefold(), []).append(person)
    return [
        Proposed(
            manager=manager,
            projects=projects,
            person=alike[0] if len(alike := known.get(manager.casefold(), [])) == 1 else None,
        )
        for manager, projects in counted
    ]


def unowned() -> QuerySet[MirroredProject]:
    """Projects of the current edition without an owner."""
    owned = Ownership.objects.filter(register=OuterRef("register"), key=OuterRef("key"))
    return MirroredProject.objects.filter(~Exists(owned))


@transaction.atomic
def assign(projects: Iterable[MirroredProject], *, full_name: str, email: str) -> Person:
    """Make someone the owner of these projects, whoever owned them before.

    Links that an earlier owner holds no longer open.
    """
    person = person_called(full_name, email)
    for project in projects:
        place = {"register": project.register, "key": project.key}
        ownership = Ownership.objects.filter(**place).first() or Ownership(**place)
        if ownership.pk and ownership.person_id == person.pk:
            continue
        if ownership.pk:
            ownership.links.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
        ownership.person = person
        ownership.save()
    return person


def person_called(full_name: str, email: str = "") -> Person:
    """Whom an address or, without one, a name stands for; someone new where nobody does."""
    if email:
        found = Person.objects.filter(email=email).first()
        nameless = Person.objects.filter(full_name__iexact=full_name, email=None)
        if found is None and nameless.count() == 1:
            found = nameless.get()
            found.email = email
            found.save()
    else:
        alike = Person.objects.filter(full_name__iexact=full_name)
        found = alike.get() if alike.count() == 1 else None
    return found or Person.objects.create(full_name=full_name, email=email or None)


# What they are asked.


@transaction.atomic
def ask(ownerships: Iterable[Ownership], *, by: Account, now: datetime) -> list[str]:
    """A new link for each, in their order: what it must carry.  A link sent before opens no more."""
    tokens = []
    for ownership in ownerships:
        withdraw(ownership, now=now)
        _, token = RowLink.make(by=by, now=now, lasts=LASTS, ownership=ownership)
        tokens.append(token)
    return tokens


def open_beside(
    ownership: Ownership, *, by: Account, now: datetime, until: datetime, secret: str = ""
) -> tuple[RowLink, str]:
    """One more link, for an owner who has a page of theirs open; links sent before still open.

    until: when it opens no more, at the latest.  secret: the same one gives the same link again.
    """
    if secret and (known := RowLink.bearing(secret)) is not None:
        return known, known.carrying(secret)
    lasts = min(LASTS, until - now)
    return RowLink.make(by=by, now=now, lasts=lasts, secret=secret, ownership=ownership)


def withdraw(ownership: Ownership, *, now: datetime) -> int:
    """Close the links that are still open; gives their number."""
    return ownership.links.filter(withdrawn_at=None, expires_at__gt=now).update(withdrawn_at=now)


# What they answered.


def row_of(ownership: Ownership) -> OwnersRow | None:
    """The row as it stands with all that was decided about it; None where no edition has it now."""
    here = Q(register=ownership.register, key=ownership.key)
    project = MirroredProject.objects.filter(here).first()
    if project is None:
        return None
    facts, currency = project.facts, project.currency
    corrections = [correction for _, correction in _corrections(ownership)]
    place = [str(facts[part]) for part in ("file", "sheet") if facts.get(part)]
    return OwnersRow(
        ownership=ownership,
        name=project.name or project.key,
        source=", ".join([*place, *([f"row {facts['row']}"] if facts.get("row") else [])]),
        currency=currency,
        cells=cells_of(facts, currency, corrections, plans_now()),
        causes=agreed.holding(Key(ownership.register, ownership.key)),
    )


@transaction.atomic
def confirm(link: RowLink, *, now: datetime) -> None:
    """The owner stands by the row as the page showed it, its causes included."""
    row = row_of(link.ownership)
    if row is not None:
        agreed.agree(row.key, row.causes, by=link.ownership.person, now=now)
    _stand_by(link, now=now)


@transaction.atomic
def correct(
    link: RowLink, values: Mapping[str, Value], causes: Sequence[Coded], *, now: datetime
) -> int:
    """The owner puts cells right and stands by the rest; gives the number of cells that changed.

    values: by the fact's name, in the Record's units; a cell that is not named stays.
    """
    ownership = link.ownership
    row = row_of(ownership)
    if row is None:
        return 0
    changed = [
        (cell, values[cell.field.fact])
        for cell in row.cells
        if cell.field.fact in values and values[cell.field.fact] != cell.holds
    ]
    for cell, value in changed:
        _put_right(ownership, cell, value, now=now)
    agreed.agree(row.key, causes, by=ownership.person, now=now)
    _stand_by(link, now=now)
    return len(changed)


def _put_right(ownership: Ownership, cell: Cell, value: Value, *, now: datetime) -> None:
    """What was decided about this cell gives way; back at what the source says, nothing is left."""
    for decision, earlier in _corrections(ownership):
        if (earlier.table, earlier.column, earlier.was) == (
            cell.field.table,
            cell.field.column,
            cell.source,
        ):
            actions.withdraw(decision, by=ownership.person, now=now)
    if value == cell.source:
        return
    actions.decide(
        correction(
            cell,
            value,
            project=Key(ownership.register, ownership.key),
            by=str(ownership.person.opaque_id),
            on=timezone.localdate(now),
        ),
        by=ownership.person,
        now=now,
    )


def _stand_by(link: RowLink, *, now: datetime) -> None:
    ownership = link.ownership
    place = {"register": ownership.register, "key": ownership.key}
    standing = Decision.objects.standing().filter(kind=Decision.Kind.CONFIRMED, **place)
    if not standing.filter(by=ownership.person).exists():
        confirmed = Confirmed(
            project=Key(ownership.register, ownership.key),
            by=str(ownership.person.opaque_id),
            on=timezone.localdate(now),
        )
        actions.decide(confirmed, by=ownership.person, now=now)
    link.answered_at = now
    link.save(update_fields=["answered_at"])


def _corrections(ownership: Ownership) -> list[tuple[Decision, Correction]]:
    """The corrections of a project that stand, in the order in which they were made."""
    standing = Decision.objects.standing().filter(
        kind=Decision.Kind.CORRECTION, register=ownership.register, key=ownership.key
    )
    return [
        (decision, value)
        for decision in standing.order_by("made_at", "pk")
        for value in from_lines(decision.line)
        if isinstance(value, Correction)
    ]
