"""What is kept after a conversation, in thirty seconds (3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from backing.documents.models import Issue
from backing.leaders.actions.candidates import note_met
from backing.leaders.actions.promises import promise
from backing.leaders.keeping import seal
from backing.leaders.models import Heard, Leader, SupportAct, Touchpoint
from backing.mandate.models import MandateDecision
from backing.people.models import Account, Person

Kind = Touchpoint.Kind
SPOKEN = (Kind.ONE_TO_ONE, Kind.MEETING)  # both sides speak


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise made in a conversation.  by_us: by the office; otherwise by the first person met."""

    what: str
    due: date
    by_us: bool = True


@transaction.atomic
def capture(
    people: Sequence[Person],
    *,
    kind: Touchpoint.Kind,
    at: datetime,
    by: Account,
    words: str = "",
    answered: bool = False,
    promised: Promised | None = None,
    decision: MandateDecision | None = None,
    issue: Issue | None = None,
) -> Touchpoint:
    """Keep a contact.  answered: they answered, where the kind does not say so.
    issue: the document they were briefed on.

    Raises backing.leaders.keeping.MayNotKeep, and then keeps nothing.
    """
    touchpoint = Touchpoint.objects.create(
        at=at,
        kind=kind,
        two_way=kind in SPOKEN or answered,
        decision=decision,
        issue=issue,
        by=by,
    )
    touchpoint.people.set(people)
    if words:
        Heard.objects.create(
            touchpoint=touchpoint,
            by=by,
            noted_on=at.date(),
            content=seal({"words": words}, about=people, by=by),
        )
    if promised:
        us, them = by.person, people[0]
        promise(
            by=us if promised.by_us else them,
            to=them if promised.by_us else us,
            what=promised.what,
            due=promised.due,
            touchpoint=touchpoint,
        )
    for person in people:
        note_met(person, on=at.date())
    return touchpoint


def record_act(leader: Leader, *, what: str, on: date) -> SupportAct:
    """They did something for the office."""
    return SupportAct.objects.create(leader=leader, what=what, on=on)
