"""Two records of one person become one, by somebody's decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import combinations, product
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction

from backing.people.likeness import NEAR, SAME, Spelt, folded
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


_found_last: Final[dict[bytes, tuple[Pair, ...]]] = {}


class NotMerged(Exception):
    """The two cannot become one; the text says why."""


class Pair(NamedTuple):
    """Two records that may be one person, by their keys.  The one with the lower was there first."""

    first: int
    second: int
    why: str


def pairs(names: Mapping[int, str]) -> list[Pair]:
    """Persons who may be one, by their names; in the order of names.  names: by key.

    The names are held against each other anew only once one of them has changed: what was found last is
    remembered by the keys of persons and a digest, which hold no name.
    """
    mark = sha256(repr(sorted(names.items())).encode()).digest()
    found = _found_last.get(mark)
    if found is None:
        found = tuple(_pairs(names))
        _found_last.clear()
        _found_last[mark] = found
    return list(found)


def _pairs(names: Mapping[int, str]) -> list[Pair]:
    persons: defaultdict[str, list[int]] = defaultdict(list)
    for person in sorted(names):
        persons[folded(names[person])].append(person)
    found = [
        Pair(first, second, SAME)
        for name, bearers in persons.items()
        if name
        for first, second in combinations(bearers, 2)
    ]
    for one, other in _nearly_the_same(persons):
        found += [Pair(min(two), max(two), NEAR) for two in product(persons[one], persons[other])]
    return sorted(found, key=lambda pair: (names[pair.first], pair.first, pair.second))


def _nearly_the_same(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each name is held once against those with the same ends, however many bear it.  names: folded."""
    groups: defaultdict[str, list[Spelt]] = defaultdict(list)
    for name in names:
        spelt = Spelt(name)
        earlier = groups[spelt.ends]
        yield from ((other.name, name) for other in earlier if spelt.like(other))
        earlier.append(spelt)


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
