"""Two records of one person become one, by somebody's decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction

from backing.people.likeness import Likeness, ends, folded
from backing.people.models import Person, Sealed
from backing.people.models.audited import past_the_guard

_FILLED: Final = (
    "job_title",
    "org_unit",
    "reports_to",
    "phone",
    "in_post_from",
    "in_post_to",
    "successor",
)


class NotMerged(Exception):
    """The two cannot become one; the text says why."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person, by their keys.  The one with the lower was there first."""

    first: int
    second: int
    why: str


def pairs(names: Mapping[int, str]) -> list[Pair]:
    """Persons who may be one, by their names; in the order of names.  names: by key."""
    groups: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for person in sorted(names):
        name = folded(names[person])
        groups[ends(name)].append((person, name))
    found = []
    for same in groups.values():
        for place, (second, name) in enumerate(same):
            likeness = Likeness(name)
            found += [
                Pair(first, second, why)
                for first, other in same[:place]
                if (why := likeness.to(other))
            ]
    return sorted(found, key=lambda pair: (names[pair.first], pair.first, pair.second))


def merge(person: Person, *, into: Person) -> None:
    """All that is said of the one is said of the other from now on.  Raises NotMerged."""
    if person.pk == into.pk:
        raise NotMerged("These are one record already.")
    try:
        with transaction.atomic():
            _fill(into, person)
            for relation in person._meta.related_objects:
                _point(relation, person, into)
            for field, model in _many(person):
                _point_many(model, field, person, into)
            email, person.email = person.email, None
            person.save()
            if email and not into.email:
                into.email = email
            into.save()
            person.delete()
    except IntegrityError as error:
        raise NotMerged(
            f"Both records of {into} have what there can be one of only, an account or a place on the list "
            "of leaders. Close or take off one of them first."
        ) from error


def _fill(into: Person, person: Person) -> None:
    """What the one lacks and the other has."""
    for name in _FILLED:
        value = getattr(person, name)
        if not getattr(into, name) and value and value != into:
            setattr(into, name, value)


def _point(relation: Any, person: Person, into: Person) -> None:
    model, name = relation.related_model, relation.field.name
    if relation.many_to_many:
        return
    rows = past_the_guard(model).filter(**{name: person})
    if issubclass(model, Sealed) or not hasattr(model, "history"):
        rows.update(**{name: into})
        return
    for row in rows:  # one by one, so that its history says so
        if model is Person and row.pk == into.pk:
            setattr(row, name, None)
        else:
            setattr(row, name, into)
        row.save()
        if model is Person and row.pk == into.pk:
            setattr(into, name, None)


def _many(person: Person) -> list[tuple[str, Any]]:
    return [
        (relation.field.name, relation.related_model)
        for relation in person._meta.related_objects
        if relation.many_to_many
    ]


def _point_many(model: Any, field: str, person: Person, into: Person) -> None:
    for row in past_the_guard(model).filter(**{field: person}):
        people = getattr(row, field)
        people.add(into)
        people.remove(person)
