"""What is known of a leader before a conversation, gathered for one viewer.

`Between` is what the whole office may read.  `Thought` is what is thought of them: it is opened for the
purpose "D4", which the access log keeps, and only for whoever may open it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self

from django.utils import timezone

from backing.evidence.public import UnitProject, projects_of_unit
from backing.leaders.models import (
    Ask,
    Commitment,
    Interest,
    Leader,
    StatedPosition,
    SupportAct,
    Touchpoint,
)
from backing.leaders.opened import Assessed, Opened, Stance, Stand, who_listens, words_heard
from backing.mandate import public as mandate
from backing.people.models import Account, Person

PURPOSE: Final = "D4"
PROJECTS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """What passed between them and the office, the latest or most urgent first.

    changes: those that touch their unit or need their agreement; when none does, all.
    """

    origin: mandate.Origin | None
    cares: tuple[Interest, ...]
    ours: tuple[Commitment, ...]
    theirs: tuple[Commitment, ...]
    projects: tuple[UnitProject, ...]
    changes: tuple[mandate.Change, ...]
    stated: dict[int, StatedPosition]
    ask: Ask | None
    act: SupportAct | None
    met: date | None
    last: int  # the latest touchpoint in which both sides spoke; zero where there is none
    decides: tuple[mandate.OpenDecision, ...]

    @classmethod
    def of(cls, leader: Leader, viewer: Account) -> Self:
        person = leader.person
        spoken = Touchpoint.objects.visible_to(viewer).filter(people=person, two_way=True).first()
        promises = Commitment.objects.visible_to(viewer).filter(status=Commitment.Status.OPEN)
        stated = StatedPosition.objects.visible_to(viewer).filter(leader=leader)
        unit = person.org_unit.name if person.org_unit else ""
        return cls(
            origin=mandate.origin(viewer),
            cares=tuple(Interest.objects.visible_to(viewer).filter(leader=leader)),
            ours=tuple(promises.filter(promised_to=person)),
            theirs=tuple(promises.filter(promised_by=person)),
            projects=projects_of_unit(viewer, unit, most=PROJECTS) if unit else (),
            changes=_touching(mandate.changes(viewer), person, unit),
            stated={each.change_id: each for each in reversed(stated.order_by("-on", "-pk"))},
            ask=Ask.objects.visible_to(viewer).filter(of=person, sent=None).first(),
            act=SupportAct.objects.visible_to(viewer).filter(leader=leader).first(),
            met=timezone.localdate(spoken.at) if spoken else None,
            last=spoken.pk if spoken else 0,
            decides=tuple(
                each
                for each in mandate.open_decisions(viewer)
                if person.pk in {decider for decider, _ in each.deciders}
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """What is thought of them.  stands: by change.  heard: when they last spoke with us."""

    assessed: Assessed
    stance: Stance | None
    stands: dict[int, Stand]
    listens: tuple[str, ...]
    heard: str

    @classmethod
    def of(cls, leader: Leader, between: Between, viewer: Account, *, now: datetime) -> Self:
        """Raises backing.people.key.NoKey."""
        mine = [leader.pk]
        opened = Opened.to(viewer, purpose=PURPOSE, now=now, leaders=mine)
        links = who_listens(viewer, purpose=PURPOSE, now=now, leaders=mine)
        names = Person.objects.visible_to(viewer).in_bulk([each.to for each in links])
        last = [between.last] if between.last else []
        return cls(
            assessed=opened.of(leader.pk),
            stance=opened.stance(leader.pk),
            stands={change: stand for (_, change), stand in opened.stands.items()},
            listens=tuple(str(names[each.to]) for each in links if each.to in names),
            heard=words_heard(viewer, last, purpose=PURPOSE, now=now).get(between.last, ""),
        )


def _touching(
    changes: Sequence[mandate.Change], person: Person, unit: str
) -> tuple[mandate.Change, ...]:
    theirs = tuple(
        each for each in changes if person.pk in each.required or (unit and unit in each.units)
    )
    return theirs or tuple(changes)
