"""What the rules about leaders look at: gathered once a run, within what the viewer may see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from backing.leaders.levels import SPONSOR_EVERY
from backing.leaders.listed import LATELY as MET_LATELY
from backing.leaders.listed import leaders_last_met
from backing.leaders.models import AskSent, Interest, Leader, SupportAct, Touchpoint
from backing.leaders.opened import Assessed, Opened, Stance, who_listens
from backing.leaders.public import PromiseDue, pre_met, promises_due
from backing.mandate.public import OpenDecision, open_decisions
from backing.people.access import Role
from backing.people.models import Account, Person

PURPOSE: Final = "advice"
_LATELY: Final = timedelta(days=365)
POOR_ACCESS: Final = 2  # refusals since the last talk
REFUSED: Final = (Touchpoint.Kind.DECLINED, Touchpoint.Kind.DELEGATED, Touchpoint.Kind.NO_REPLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One leader, as the rules see them.

    met: when both sides last spoke.  briefed: those in focus, whether they were ever told what the office
    does.  refused: how often since then, within a year, they declined, sent
    someone or did not reply.  waiting: what of our asks they have not answered, with the day it was sent.
    listens_to: told of those alone who are hard to reach.
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
    briefed: bool
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
    keys = [leader["pk"] for leader in leaders]
    opened = Opened.to(viewer, purpose=PURPOSE, now=now, leaders=keys, since=since)
    undecided = open_decisions(viewer)
    spoken = pre_met(viewer, [each.pk for each in undecided])
    overdue = overdue_promises(viewer, today)
    people = [leader["person"] for leader in leaders]
    met = leaders_last_met(viewer, people, today)
    refused, briefed = _refused(met, people, now), _briefed(leaders)
    waiting = _waiting(viewer, people)
    hard_to_reach = [
        each["pk"]
        for each in leaders
        if each["person"] not in met or refused[each["person"]] >= POOR_ACCESS
    ]
    listens_to = _listens_to(viewer, hard_to_reach, now)
    return tuple(
        _seen(
            leader,
            met=timezone.localdate(met[person]) if person in met else None,
            refused=refused[person],
            briefed=person in briefed,
            waiting=tuple(waiting.get(person, ())),
            overdue=tuple(each for each in overdue if each.leader == leader["pk"]),
            decides=tuple(_waits_for(person, undecided, spoken)),
            assessed=opened.of(leader["pk"]),
            stances=opened.stances.get(leader["pk"], ()),
            listens_to=tuple(listens_to.get(person, ())),
        )
        for leader, person in zip(leaders, people, strict=True)
    )


def _leaders(viewer: Account) -> Any:
    readable = Leader.objects.visible_to(viewer).on_the_list().read_about_by(viewer)
    acts = SupportAct.objects.filter(leader=OuterRef("pk")).order_by("-on")
    cares = Interest.objects.filter(leader=OuterRef("pk")).order_by("-noted_on", "-pk")
    return (
        readable.filter(person__objection_at=None)
        .annotate(
            acted=Subquery(acts.values("on")[:1]),
            cares_about=Subquery(cares.values("statement")[:1]),
        )
        .values(
            *("pk", "person", "focus", "listed_on", "acted", "cares_about"),
            name=F("person__full_name"),
            unit=F("person__org_unit__name"),
            role=F("person__account__role"),
            in_post_from=F("person__in_post_from"),
        )
    )


def _waiting(viewer: Account, people: Collection[int]) -> Mapping[int, list[tuple[str, date]]]:
    """What was asked of each person and not answered, the first first."""
    asked = AskSent.objects.visible_to(viewer).filter(of__in=people, status=AskSent.Status.SENT)
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    rows = asked.order_by("sent_on", "pk").values_list("of", "what", "sent_on")
    for person, what, sent_on in rows:
        found[person].append((what, sent_on))
    return found


def _listens_to(
    viewer: Account, leaders: Collection[int], now: datetime
) -> Mapping[int, list[str]]:
    """Whose advice each of these leaders listens to, by name; by their persons."""
    if not leaders:
        return {}
    links = who_listens(viewer, purpose=PURPOSE, now=now, leaders=leaders)
    names = Person.objects.visible_to(viewer).in_bulk({each.to for each in links})
    found: dict[int, list[str]] = defaultdict(list)
    for link in links:
        if link.to in names:
            found[link.listener].append(str(names[link.to]))
    return found


def _refused(met: Mapping[int, datetime], people: Collection[int], now: datetime) -> Counter[int]:
    """Refusals since both sides last spoke, by person.

    Counted here and looked up by time alone: the database would look for the last talk again at every
    refusal, or go through ten years of everyone's.  Of those met lately the older ones are left there.
    """
    lately = {person: at for person, at in met.items() if at > now - MET_LATELY}
    since = min(lately.values(), default=now)
    refusals = Touchpoint.objects.filter(kind__in=REFUSED, at__gt=now - _LATELY).each_with(people)
    of_use = refusals.filter(Q(at__gt=since) | Q(person__in=set(people) - lately.keys()))
    return Counter(
        person
        for person, at in of_use.values_list("person", "at")
        if person not in met or at > met[person]
    )


def _briefed(leaders: Iterable[Mapping[str, Any]]) -> set[int]:
    """Whom of those in focus somebody has told what the office does, by person."""
    people = [leader["person"] for leader in leaders if leader["focus"]]
    briefings = Touchpoint.objects.filter(people=OuterRef("pk"), kind=Touchpoint.Kind.BRIEFING)
    told = Person.objects.filter(Exists(briefings), pk__in=people)
    return set(told.order_by().values_list("pk", flat=True))


def _waits_for(
    person: int, undecided: Iterable[OpenDecision], spoken: dict[int, set[int]]
) -> Iterable[OpenDecision]:
    for decision in undecided:
        decides = any(decider == person for decider, _ in decision.deciders)
        if decides and person not in spoken.get(decision.pk, ()):
            yield decision


def _seen(leader: Mapping[str, Any], **found: Any) -> Seen:
    return Seen(
        leader=leader["pk"],
        name=leader["name"],
        unit=leader["unit"] or "",
        focus=leader["focus"],
        sponsor=leader["role"] == Role.SPONSOR,
        listed_on=leader["listed_on"],
        in_post_from=leader["in_post_from"],
        acted=leader["acted"],
        cares_about=leader["cares_about"] or "",
        **found,
    )
