"""What the rules about leaders look at: gathered once a run, within what the viewer may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from backing.leaders.levels import SPONSOR_EVERY
from backing.leaders.listed import with_contact
from backing.leaders.models import AskSent, Interest, Leader, SupportAct, Touchpoint
from backing.leaders.opened import Assessed, Opened, Stance, who_listens
from backing.leaders.public import PromiseDue, pre_met, promises_due
from backing.mandate.public import OpenDecision, open_decisions
from backing.people.access import Role
from backing.people.models import Account, Person

PURPOSE: Final = "advice"
_LATELY: Final = timedelta(days=365)
REFUSED: Final = (Touchpoint.Kind.DECLINED, Touchpoint.Kind.DELEGATED, Touchpoint.Kind.NO_REPLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One leader, as the rules see them.

    met: when both sides last spoke.  refused: how often since then, within a year, they declined, sent
    someone or did not reply.  waiting: what of our asks they have not answered, with the day it was sent.
    decides: decisions to come in which they have a say and about which nobody has spoken with them alone.
    """

    leader: int
    name: str
    unit: str
    focus: bool
    sponsor: bool
    listed_on: date
    in_post_from: date | None
    met: date | None
    refused: int
    acted: date | None
    briefed: date | None
    cares_about: str
    waiting: tuple[tuple[str, date], ...]
    overdue: tuple[PromiseDue, ...]
    decides: tuple[OpenDecision, ...]
    assessed: Assessed
    stances: tuple[Stance, ...]
    listens_to: tuple[str, ...]

    @property
    def every(self) -> int:
        """Days between conversations, as agreed or as is usual."""
        usual = SPONSOR_EVERY if self.sponsor else self.assessed.every
        return self.assessed.cadence_days or usual


def overdue_promises(viewer: Account, today: date) -> tuple[PromiseDue, ...]:
    """Our promises to leaders past their day; nothing of it is sealed."""
    due = promises_due(viewer, by=today)
    return tuple(each for each in due if each.ours and each.due < today)


def leaders_seen(viewer: Account, today: date, *, since: date) -> tuple[Seen, ...]:
    """Leaders whom the viewer may read about, by name.  Raises backing.people.key.NoKey.

    since: from when on it is told where they stood.
    """
    now = timezone.now()
    leaders = list(_leaders(viewer))
    keys = [leader.pk for leader in leaders]
    opened = Opened.to(viewer, purpose=PURPOSE, now=now, leaders=keys, since=since)
    listens = who_listens(viewer, purpose=PURPOSE, now=now, leaders=keys)
    names = Person.objects.visible_to(viewer).in_bulk({each.to for each in listens})
    undecided = open_decisions(viewer)
    spoken = pre_met(viewer, [each.pk for each in undecided])
    overdue = overdue_promises(viewer, today)
    refused, briefed = _refused(leaders, now), _briefed(leaders)
    people = [leader.person_id for leader in leaders]
    asked = AskSent.objects.visible_to(viewer).filter(of__in=people, status=AskSent.Status.SENT)
    waiting = list(asked.order_by("sent_on", "pk"))
    return tuple(
        _seen(
            leader,
            refused=refused[leader.person_id],
            briefed=briefed.get(leader.person_id),
            waiting=tuple(
                (each.what, each.sent_on) for each in waiting if each.of_id == leader.person_id
            ),
            overdue=tuple(each for each in overdue if each.leader == leader.pk),
            decides=tuple(_waits_for(leader, undecided, spoken)),
            assessed=opened.of(leader.pk),
            stances=opened.stances.get(leader.pk, ()),
            listens_to=tuple(
                str(names[each.to])
                for each in listens
                if each.listener == leader.person_id and each.to in names
            ),
        )
        for leader in leaders
    )


def _leaders(viewer: Account) -> Any:
    readable = Leader.objects.visible_to(viewer).on_the_list().read_about_by(viewer)
    acts = SupportAct.objects.filter(leader=OuterRef("pk")).order_by("-on")
    cares = Interest.objects.filter(leader=OuterRef("pk")).order_by("-noted_on", "-pk")
    return (
        with_contact(readable.filter(person__objection_at=None))
        .annotate(
            acted=Subquery(acts.values("on")[:1]),
            cares_about=Subquery(cares.values("statement")[:1]),
        )
        .select_related("person__org_unit", "person__account")
    )


def _refused(leaders: Iterable[Any], now: datetime) -> Counter[int]:
    """Refusals since both sides last spoke, by person.

    Counted here: the database would look for the last talk again at every refusal.
    """
    met = {leader.person_id: leader.met for leader in leaders}
    refusals = Touchpoint.objects.filter(
        people__in=list(met), kind__in=REFUSED, at__gt=now - _LATELY
    )
    return Counter(
        person
        for person, at in refusals.order_by().values_list("people", "at")
        if person in met and (met[person] is None or at > met[person])
    )


def _briefed(leaders: Iterable[Any]) -> dict[int, date]:
    """When those in focus were last told what the office does, by person."""
    people = [leader.person_id for leader in leaders if leader.focus]
    briefings = Touchpoint.objects.filter(people__in=people, kind=Touchpoint.Kind.BRIEFING)
    latest = briefings.order_by().values_list("people").annotate(Max("at"))
    return {person: timezone.localdate(at) for person, at in latest}


def _waits_for(
    leader: Leader, undecided: Iterable[OpenDecision], spoken: dict[int, set[int]]
) -> Iterable[OpenDecision]:
    person = leader.person_id
    for decision in undecided:
        decides = any(decider == person for decider, _ in decision.deciders)
        if decides and person not in spoken.get(decision.pk, ()):
            yield decision


def _seen(leader: Any, **found: Any) -> Seen:
    account = getattr(leader.person, "account", None)
    unit = leader.person.org_unit
    return Seen(
        leader=leader.pk,
        name=str(leader),
        unit=unit.name if unit else "",
        focus=leader.focus,
        sponsor=account is not None and account.role == Role.SPONSOR,
        listed_on=leader.listed_on,
        in_post_from=leader.person.in_post_from,
        met=timezone.localdate(leader.met) if leader.met else None,
        acted=leader.acted,
        cares_about=leader.cares_about or "",
        **found,
    )
