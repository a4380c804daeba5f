"""Who may belong on the list, and what is made of it (S15).

A reason has a code and what it rests on; someone who was dismissed comes back only with a reason that was
not known then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from backing.evidence.public import managers_named, sponsors_named
from backing.leaders.actions.listing import put_on_the_list
from backing.leaders.models import Leader, LeaderCandidate
from backing.mandate.public import heads_of_affected_units
from backing.people.models import Account, OrgUnit, Person

Outcome = LeaderCandidate.Outcome
MANY_PROJECTS: Final = 3  # that somebody manages, before the record proposes them


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """code: head, affected, sponsors, manages or met.  on: what it rests on, in words for the office."""

    code: str
    on: str

    @property
    def key(self) -> str:
        return f"{self.code}: {self.on}"


@transaction.atomic
def propose(by: Account) -> int:
    """Look for people who may belong on the list; gives how many are open now."""
    listed = set(Leader.objects.on_the_list().values_list("person", flat=True))
    known = {one.person_id: one for one in LeaderCandidate.objects.all()}
    for person, reasons in sorted(_found(by).items()):
        if person not in listed:
            _remember(known.get(person) or LeaderCandidate(person_id=person), reasons)
    return LeaderCandidate.objects.filter(outcome=Outcome.OPEN).count()


def note_met(person: Person, *, on: date) -> None:
    """Somebody who was met may belong on the list, unless they are on it or work in the office."""
    del on
    ours = Account.objects.filter(person=person, role__in=("pmo_head", "pmo_member"))
    if ours.exists() or Leader.objects.on_the_list().filter(person=person).exists():
        return
    found = LeaderCandidate.objects.filter(person=person).first()
    _remember(found or LeaderCandidate(person=person), [Reason("met", "in a conversation")])


@transaction.atomic
def confirm(candidate: LeaderCandidate, *, owner: Account, on: date) -> Leader:
    leader = put_on_the_list(candidate.person, owner=owner, on=on)
    _decide(candidate, Outcome.CONFIRMED, on=on)
    return leader


def dismiss(candidate: LeaderCandidate, *, reason: str, on: date) -> None:
    candidate.dismissed_with = [each["key"] for each in candidate.reasons]
    _decide(candidate, Outcome.DISMISSED, on=on, reason=reason)


def merge(candidate: LeaderCandidate, into: Leader, *, on: date) -> None:
    """They are on the list already, under another name."""
    _decide(candidate, Outcome.MERGED, on=on, reason=f"Listed as {into}"[:200])


def _decide(candidate: LeaderCandidate, outcome: str, *, on: date, reason: str = "") -> None:
    candidate.outcome, candidate.decided_on, candidate.reason = outcome, on, reason
    candidate.save()


def _remember(candidate: LeaderCandidate, reasons: Iterable[Reason]) -> None:
    """Add reasons; save only what changed, since every save is kept in the history."""
    known = {each["key"] for each in candidate.reasons}
    new = sorted(each for each in set(reasons) if each.key not in known)
    if not new:
        return
    candidate.reasons = [
        *candidate.reasons,
        *({"key": each.key, "code": each.code, "on": each.on} for each in new),
    ]
    if candidate.outcome == Outcome.DISMISSED and any(
        each.key not in candidate.dismissed_with for each in new
    ):
        candidate.outcome = Outcome.OPEN
    candidate.save()


def _found(by: Account) -> Mapping[int, list[Reason]]:
    """Reasons, by person."""
    found: dict[int, list[Reason]] = defaultdict(list)
    heads = OrgUnit.objects.exclude(head=None).exclude(kind=OrgUnit.Kind.EXTERNAL)
    for head, name in heads.values_list("head", "name"):
        if head is not None:
            found[head].append(Reason("head", f"heads {name}"))
    for person, changes in heads_of_affected_units(by).items():
        found[person].extend(
            Reason("affected", f"their unit is touched by {each}") for each in changes
        )
    for person in _named(by, sponsors_named(by)):
        found[person].append(Reason("sponsors", "sponsors a project in the record"))
    many = [name for name, projects in managers_named(by) if projects >= MANY_PROJECTS]
    for person in _named(by, many):
        found[person].append(Reason("manages", "manages projects in the record"))
    return found


def _named(by: Account, names: Collection[str]) -> list[int]:
    """The people whom these names are of, where a name is of one person alone."""
    if not names:
        return []
    by_name: dict[str, list[int]] = defaultdict(list)
    for pk, name in Person.objects.visible_to(by).values_list("pk", "full_name"):
        by_name[name.casefold()].append(pk)
    wanted = sorted({name.casefold() for name in names} & by_name.keys())
    return [by_name[name][0] for name in wanted if len(by_name[name]) == 1]
