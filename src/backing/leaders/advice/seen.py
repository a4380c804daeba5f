"""What the rules about leaders look at: gathered once a run, within what the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
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
_EVER: Final = datetime(1, 1, 2, tzinfo=UTC)
REFUSED: Final = (Touchpoint.Kind.DECLINED, Touchpoint.Kind.DELEGATED, Touchpoint.Kind.NO_REPLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One leader, as the rules see them.

    met: when both sides last spoke.  refused: how often since then they declined, sent someone or did not
    reply.  waiting: what of our asks they have not answered, with the day it was sent.
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


def leaders_seen(viewer: Account, today: date) -> tuple[Seen, ...]:
    """Leaders whom the viewer may read about, by name.  Raises backing.people.key.NoKey."""
    now = timezone.now()
    leaders = list(_leaders(viewer))
    keys = [leader.pk for leader in leaders]
    opened = Opened.to(viewer, purpose=PURPOSE, now=now, leaders=keys)
    listens = who_listens(viewer, purpose=PURPOSE, now=now, leaders=keys)
    names = Person.objects.visible_to(viewer).in_bulk({each.to for each in listens})
    undecided = open_decisions(viewer)
    spoken = pre_met(viewer, [each.pk for each in undecided])
    overdue = overdue_promises(viewer, today)
    people = [leader.person_id for leader in leaders]
    asked = AskSent.objects.visible_to(viewer).filter(of__in=people, status=AskSent.Status.SENT)
    waiting = list(asked.order_by("sent_on", "pk"))
    return tuple(
        _seen(
            leader,
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
    person = OuterRef("person")
    refused = (
        Touchpoint.objects.filter(people=person, kind__in=REFUSED)
        .filter(at__gt=Coalesce(OuterRef("met"), Value(_EVER)))
        .order_by()
        .values("people")
        .annotate(count=Count("pk"))
        .values("count")
    )
    briefed = Touchpoint.objects.filter(people=person, kind=Touchpoint.Kind.BRIEFING)
    acts = SupportAct.objects.filter(leader=OuterRef("pk")).order_by("-on")
    cares = Interest.objects.filter(leader=OuterRef("pk")).order_by("-noted_on", "-pk")
    return (
        with_contact(readable.filter(person__objection_at=None))
        .annotate(
            refused=Coalesce(Subquery(refused, output_field=IntegerField()), Value(0)),
            briefed=Subquery(briefed.order_by("-at").values("at")[:1]),
            acted=Subquery(acts.values("on")[:1]),
            cares_about=Subquery(cares.values("statement")[:1]),
        )
        .select_related("person__org_unit", "person__account")
    )


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
        refused=leader.refused,
        acted=leader.acted,
        briefed=timezone.localdate(leader.briefed) if leader.briefed else None,
        cares_about=leader.cares_about or "",
        **found,
    )
