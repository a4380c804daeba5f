"""What other parts of the office may know of leaders: values, for a viewer.

Whatever rests on sealed records is opened here through the door, for a purpose that the access log keeps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from backing.leaders import levels
from backing.leaders.carrying import Carrier, Deed, carriers
from backing.leaders.models import (
    Commitment,
    Expectation,
    Interest,
    Leader,
    StatedPosition,
    SupportAct,
    Touchpoint,
)
from backing.leaders.opened import Assessed, Opened, Stance, Stand
from backing.leaders.succession import NEW_FOR, Follows, successors, was_welcomed
from backing.people.access import OFFICE
from backing.people.models import Account
from backing.people.one_look import once_a_look

__all__ = [
    "Assessed",
    "Blocker",
    "Care",
    "Carrier",
    "Deed",
    "Expected",
    "Known",
    "OnTheList",
    "OpenPromise",
    "PromiseDue",
    "Stance",
    "Stand",
    "Stated",
    "Supporter",
    "briefed_on",
    "cares",
    "carriers",
    "expectations",
    "known",
    "last_briefing",
    "may_block",
    "on_the_list",
    "pre_met",
    "promises_between",
    "promises_due",
    "stands_on",
    "stated_positions",
    "strong_support",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Of how many leaders somebody has looked where they stand, and of how many not."""

    leaders: int
    unknown: int
    in_focus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheList:
    """A leader as the project office may see them."""

    leader: int
    person: int
    name: str
    focus: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDue:
    """An open promise.  ours: the office gave it."""

    pk: int
    what: str
    due: date
    ours: bool
    leader: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """An open promise, whoever gave it to whom."""

    pk: int
    what: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a leader said for the record on a change."""

    person: int
    name: str
    change: int
    value: str
    in_their_words: str
    condition: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """Somebody who can stop a change that needs their agreement, and where they stand on it."""

    leader: int
    person: int
    name: str
    change: int
    can_block: str
    stand: Stand | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporter:
    """A leader with a strong say who is in favour, and when they last acted for the office."""

    leader: int
    name: str
    acted: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """One thing that a leader cares about, in their words.  source: for example "They told us"."""

    pk: int
    leader: int
    words: str
    source: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a leader expects of the office, and whether the charter has it: yes, partly, no or unknown."""

    pk: int
    leader: int
    person: int
    name: str
    what: str
    in_charter: str
    by_when: date | None


def known(viewer: Account) -> Known:
    leaders = Leader.objects.visible_to(viewer).on_the_list()
    looked_at = leaders.filter(stances__isnull=False).values("pk").distinct().count()
    total = leaders.count()
    return Known(
        leaders=total,
        unknown=total - looked_at,
        in_focus=leaders.filter(focus=True).count(),
    )


@once_a_look
def on_the_list(viewer: Account) -> tuple[OnTheList, ...]:
    """By name."""
    leaders = Leader.objects.visible_to(viewer).on_the_list()
    rows = leaders.values_list("pk", "person", "person__full_name", "focus")
    return tuple(
        OnTheList(leader=leader, person=person, name=name, focus=focus)
        for leader, person, name, focus in rows
    )


@once_a_look
def promises_due(viewer: Account, *, by: date | None = None) -> tuple[PromiseDue, ...]:
    """Open promises between the office and leaders, the first due first.  by: due then at the latest."""
    promises = Commitment.objects.visible_to(viewer).filter(status=Commitment.Status.OPEN)
    if by is not None:
        promises = promises.filter(due__lte=by)
    leaders = {each.person: each for each in on_the_list(viewer)}
    ours = set(Account.objects.filter(role__in=OFFICE).values_list("person", flat=True))
    found = []
    for promise in promises.order_by("due", "pk"):
        by_us = promise.promised_by_id in ours
        leader = leaders.get(promise.promised_to_id if by_us else promise.promised_by_id)
        if leader is not None:
            found.append(
                PromiseDue(
                    pk=promise.pk,
                    what=promise.what,
                    due=promise.due,
                    ours=by_us,
                    leader=leader.leader,
                    name=leader.name,
                )
            )
    return tuple(found)


def promises_between(viewer: Account) -> tuple[OpenPromise, ...]:
    """Every open promise that this viewer may see, the first due first; without a name."""
    open_ones = Commitment.objects.visible_to(viewer).filter(status=Commitment.Status.OPEN)
    return tuple(
        OpenPromise(pk=each.pk, what=each.what, due=each.due)
        for each in open_ones.order_by("due", "pk")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What the office promised somebody about a change.  status: open, kept or broken."""

    what: str
    due: date
    status: str
    kept_on: date | None


def promised_about(change: int, *, to: int) -> tuple[Promised, ...]:
    """To this person alone, the first due first; one that was moved stands by its other day.

    Whoever asks has shown that they are that person, or is of the office.
    """
    ours = Account.objects.filter(role__in=OFFICE).values("person")
    promises = Commitment.objects.filter(
        change=change, promised_to=to, promised_by__in=ours
    ).exclude(status=Commitment.Status.RENEGOTIATED)
    return tuple(
        Promised(what=each.what, due=each.due, status=each.status, kept_on=each.kept_on)
        for each in promises.order_by("due", "pk")
    )


def packs_waiting(viewer: Account, *, today: date) -> tuple[Follows, ...]:
    """Packs that are drafted and not printed, for those new in post, or about to be; the first due first."""
    rows = (
        successors(viewer)
        .annotate(since=Coalesce("in_post_from", "predecessors__in_post_to"))
        .filter(since__gte=today - NEW_FOR)
        .exclude(was_welcomed("pk"))
        .order_by("since", "full_name", "pk", "-predecessors__in_post_to")
        .values_list(
            *("pk", "full_name", "since", "leader", "leader__left_on"),
            "predecessors__full_name",
        )
    )
    found: dict[int, Follows] = {}
    for person, name, since, leader, left_on, before in rows:
        follows = Follows(
            person=person,
            name=name,
            before=before,
            since=since,
            leader=leader if left_on is None else None,
        )
        found.setdefault(person, follows)
    return tuple(found.values())


def stated_positions(viewer: Account) -> dict[tuple[int, int], Stated]:
    """The latest that each leader said for the record, by person and change."""
    found: dict[tuple[int, int], Stated] = {}
    stated = StatedPosition.objects.visible_to(viewer).filter(leader__left_on=None)
    for each in stated.select_related("leader__person").order_by("-on", "-pk"):
        found.setdefault(
            (each.leader.person_id, each.change_id),
            Stated(
                person=each.leader.person_id,
                name=str(each.leader),
                change=each.change_id,
                value=each.value,
                in_their_words=each.in_their_words,
                condition=each.condition,
                on=each.on,
            ),
        )
    return found


def stands_on(viewer: Account, *, purpose: str, now: datetime) -> Mapping[tuple[int, int], Stand]:
    """Where each stands on each change as far as the office knows, by person and change.

    Raises backing.people.key.NoKey.
    """
    people = {each.leader: each.person for each in on_the_list(viewer)}
    stands = Opened.to(viewer, purpose=purpose, now=now).stands
    return {
        (people[leader], change): stand
        for (leader, change), stand in stands.items()
        if leader in people
    }


def may_block(
    viewer: Account,
    required: Mapping[int, Collection[int]],
    *,
    purpose: str,
    now: datetime,
) -> tuple[Blocker, ...]:
    """Those who can stop something and whose agreement a change needs.

    required: people whose agreement it needs, by change.  Raises backing.people.key.NoKey.
    """
    opened = Opened.to(viewer, purpose=purpose, now=now)
    listed = on_the_list(viewer)
    return tuple(
        Blocker(
            leader=each.leader,
            person=each.person,
            name=each.name,
            change=change,
            can_block=opened.of(each.leader).can_block,
            stand=opened.stands.get((each.leader, change)),
        )
        for change, people in sorted(required.items())
        for each in listed
        if each.person in people and opened.of(each.leader).can_block
    )


def strong_support(viewer: Account, *, purpose: str, now: datetime) -> tuple[Supporter, ...]:
    """Leaders who can fund, close or stop the office and are in favour.  Raises NoKey."""
    opened = Opened.to(viewer, purpose=purpose, now=now)
    acted = dict(
        SupportAct.objects.visible_to(viewer).values_list("leader").annotate(Max("on")).order_by()
    )
    return tuple(
        Supporter(leader=each.leader, name=each.name, acted=acted.get(each.leader))
        for each in on_the_list(viewer)
        if (opened.of(each.leader).influence or 0) >= levels.HIGH
        and opened.level(each.leader) in levels.IN_FAVOUR
    )


def pre_met(viewer: Account, decisions: Collection[int]) -> dict[int, set[int]]:
    """With whom the office has spoken one to one about each decision, as people."""
    touchpoints = Touchpoint.objects.visible_to(viewer).filter(
        decision__in=decisions, kind=Touchpoint.Kind.ONE_TO_ONE, two_way=True
    )
    found: dict[int, set[int]] = defaultdict(set)
    for decision, person in touchpoints.order_by().values_list("decision", "people"):
        if decision is not None:
            found[decision].add(person)
    return dict(found)


def last_briefing(viewer: Account) -> date | None:
    """When anybody was last briefed; None where nobody ever was."""
    briefings = Touchpoint.objects.visible_to(viewer).filter(kind=Touchpoint.Kind.BRIEFING)
    at = briefings.order_by("-at").values_list("at", flat=True).first()
    return timezone.localdate(at) if at else None


def briefed_on(viewer: Account, issue: int) -> dict[int, date]:
    """By person, when they were last briefed on this issue of a document."""
    briefings = Touchpoint.objects.visible_to(viewer).filter(issue=issue).order_by("at")
    found: dict[int, date] = {}
    for person, at in briefings.values_list("people", "at"):
        if person is not None:
            found[person] = timezone.localdate(at)
    return found


def whose_cares(viewer: Account, interests: Collection[int]) -> set[int]:
    """The leaders on the list who said that they care about one of these."""
    if not interests:
        return set()
    said = Interest.objects.visible_to(viewer).filter(pk__in=interests, leader__left_on=None)
    return set(said.order_by().values_list("leader", flat=True))


def cares(viewer: Account) -> tuple[Care, ...]:
    """What leaders on the list said they care about, the latest first."""
    leaders = Leader.objects.visible_to(viewer).on_the_list()
    found = Interest.objects.visible_to(viewer).filter(leader__in=leaders.values("pk"))
    return tuple(
        Care(
            pk=each.pk,
            leader=each.leader_id,
            words=each.statement,
            source=each.get_source_display(),
            on=each.noted_on,
        )
        for each in found.order_by("-noted_on", "-pk")
    )


def expectations(viewer: Account, *, focus: bool = False) -> tuple[Expected, ...]:
    """What leaders on the list expect, by name; of those in focus only, where that is asked for."""
    leaders = Leader.objects.visible_to(viewer).on_the_list()
    if focus:
        leaders = leaders.filter(focus=True)
    found = Expectation.objects.visible_to(viewer).filter(leader__in=leaders.values("pk"))
    return tuple(
        Expected(
            pk=each.pk,
            leader=each.leader_id,
            person=each.leader.person_id,
            name=str(each.leader.person),
            what=each.benefit_expected,
            in_charter=each.in_charter,
            by_when=each.by_when,
        )
        for each in found.select_related("leader__person").order_by(
            "leader__person__full_name", "pk"
        )
    )
