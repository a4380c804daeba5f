"""Why projects went as they did, coded by people: who codes what next, blind, and where two differ.

One project in five goes to two coders.  Neither sees what the other made of it before their own is saved,
and from then on neither changes it: kappa is about what they saw by themselves.  What they settle on is a
record of its own; figures take up what the project has agreed (`evidence.agreed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backing.evidence.agreed import Coded, weight_of
from backing.evidence.models import Coding, Decision, MirroredNarrative, SettledCoding
from backing.people.models import Person
from trackrecord.causes.agreement import Agreement, cohens_kappa

if TYPE_CHECKING:
    from backing.people.access import Viewer


class NotYours(Exception):
    """A project that this coder may not code, or not again; the text says why."""


@dataclass(frozen=True, slots=True)
class CoderSays:
    """What one coder made of one project."""

    coder: Person
    causes: tuple[Coded, ...]  # the main one first
    words: str  # what it rests on
    coded_at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """One project that two coded, what each says, and whether they settled on something."""

    register: str
    key: str
    says: tuple[CoderSays, ...]
    is_settled: bool

    @property
    def differs(self) -> bool:
        return len({frozenset(each.causes) for each in self.says}) > 1

    @property
    def project(self) -> tuple[str, str]:
        return self.register, self.key


def queue(viewer: Viewer, coder: Person) -> QuerySet[MirroredNarrative]:
    """What this coder has still to read, in the order of the registers: the outcome plays no part."""
    here = {"register": OuterRef("register"), "key": OuterRef("key")}
    codings = Coding.objects.filter(**here)
    decided = Decision.objects.standing().filter(kind=Decision.Kind.CAUSE, **here)
    coders = codings.order_by().values("register").annotate(n=Count("coder", distinct=True))
    return (
        MirroredNarrative.objects.visible_to(viewer)
        .exclude(text="")
        .filter(~Exists(codings.filter(coder=coder)), is_coded=False)
        .filter(~Exists(decided), ~Exists(SettledCoding.objects.filter(**here)))
        .annotate(coders=Coalesce(Subquery(coders.values("n")[:1]), 0))
        .filter(Q(coders=0) | Q(coders=1, twice=True))
    )


def after(
    waiting: QuerySet[MirroredNarrative], project: MirroredNarrative | None
) -> MirroredNarrative | None:
    """The next in a queue after this one; the first of it when that was the last."""
    if project is None:
        return waiting.first()
    later = Q(register=project.register, key__gt=project.key) | Q(register__gt=project.register)
    return waiting.filter(later).first() or waiting.exclude(pk=project.pk).first()


def says(told: MirroredNarrative) -> list[CoderSays]:
    """What coders made of a project, in the order in which they saved it."""
    found = Coding.objects.filter(register=told.register, key=told.key).select_related("coder")
    return _by_coder(found)


def may_code(told: MirroredNarrative, said: Sequence[CoderSays], coder: Person) -> bool:
    """Whether a coding of theirs would be blind, and is wanted."""
    others = [each for each in said if each.coder != coder]
    if len(others) < len(said):
        return not others
    return len(said) < (2 if told.twice else 1)


def may_see(told: MirroredNarrative, said: Sequence[CoderSays], coder: Person) -> bool:
    """Whether seeing what others made of it can no longer colour a coding of theirs."""
    return not may_code(told, said, coder) or any(each.coder == coder for each in said)


@transaction.atomic
def code(
    told: MirroredNarrative, causes: Sequence[Coded], *, words: str, by: Person, now: datetime
) -> None:
    """Keep what a coder makes of a project.  Raises NotYours where it would not be blind."""
    told = MirroredNarrative.objects.select_for_update().get(pk=told.pk)
    if not may_code(told, says(told), by):
        raise NotYours("Somebody else has coded this meanwhile. Yours was not needed.")
    place = {"register": told.register, "key": told.key, "coder": by}
    for before in Coding.objects.filter(**place):
        before.delete()
    for each in causes:
        Coding.objects.create(
            **place, cause=each.cause, weight=each.weight, evidence=words[:400], coded_at=now
        )


@transaction.atomic
def settle(told: MirroredNarrative, causes: Sequence[Coded], *, by: Person, now: datetime) -> None:
    """Keep what coders who differed settled on.  Raises NotYours before both have saved."""
    if len(says(told)) < 2:
        raise NotYours("There is nothing to settle before two have coded it.")
    place = {"register": told.register, "key": told.key}
    settled = SettledCoding.objects.filter(**place).first() or SettledCoding(**place)
    settled.causes, settled.by, settled.settled_at = [list(each) for each in causes], by, now
    settled.save()


def compared() -> list[Compared]:
    """Every project that two have coded, in the order of the registers."""
    settled = set(SettledCoding.objects.values_list("register", "key"))
    codings = Coding.objects.select_related("coder").order_by("register", "key", "pk")
    found = []
    for (register, key), rows in groupby(codings, key=lambda each: (each.register, each.key)):
        said = _by_coder(rows)
        if len(said) > 1:
            found.append(Compared(register, key, tuple(said), (register, key) in settled))
    return found


def kappas(projects: Iterable[Compared]) -> list[tuple[Person, Person, Agreement]]:
    """For each two coders who share projects: how far they agree on the main cause."""
    people: dict[int, Person] = {}
    pairs: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for project in projects:
        one, other = sorted(project.says[:2], key=lambda each: each.coder.pk)
        people |= {one.coder.pk: one.coder, other.coder.pk: other.coder}
        mains = (one.causes[0].cause, other.causes[0].cause)
        pairs.setdefault((one.coder.pk, other.coder.pk), []).append(mains)
    return [
        (people[one], people[other], cohens_kappa(mains))
        for (one, other), mains in sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _by_coder(codings: Iterable[Coding]) -> list[CoderSays]:
    by_coder: dict[int, list[Coding]] = {}
    for each in codings:
        by_coder.setdefault(each.coder_id, []).append(each)
    said = [
        CoderSays(
            rows[0].coder,
            tuple(
                Coded(each.cause, weight_of(each.weight))
                for each in sorted(rows, key=lambda each: (each.weight != "primary", each.pk))
            ),
            rows[0].evidence,
            rows[0].coded_at,
        )
        for rows in by_coder.values()
    ]
    return sorted(said, key=lambda each: (each.coded_at, each.coder.pk))
