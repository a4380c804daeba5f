"""Changes across the records of the mandate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from backing.mandate.models import (
    BlockPlan,
    ChangeProposal,
    Impact,
    MandateDecision,
    MandateOrigin,
)
from backing.people.models import OrgUnit, Person


@transaction.atomic
def tell_origin(*, commissioned_by: Iterable[Person], **told: Any) -> MandateOrigin:
    """Who asked for the office, when, and in what words; earlier versions stay in the history."""
    origin = MandateOrigin.objects.ours() or MandateOrigin(pk=1)
    for name, value in told.items():
        setattr(origin, name, value)
    origin.save()
    origin.commissioned_by.set(commissioned_by)
    return origin


@transaction.atomic
def touch(change: ChangeProposal, unit: OrgUnit, *, degree: str, note: str) -> Impact:
    """A change touches a unit; said again, it is corrected, and its head has to confirm it anew."""
    impact = Impact.objects.filter(change=change, org_unit=unit).first()
    impact = impact or Impact(change=change, org_unit=unit)
    impact.degree, impact.note, impact.confirmed_by_head_on = degree, note, None
    impact.save()
    return impact


def confirm_impact(impact: Impact, *, on: date) -> None:
    """The head of the unit has looked at it."""
    impact.confirmed_by_head_on = on
    impact.save()


def heads_to_ask(change: ChangeProposal) -> list[Person]:
    """Heads of units it touches, whose agreement is not yet asked for."""
    heads = Person.objects.filter(heads__impacts__change=change).exclude(asked_to_agree=change)
    return list(heads.distinct().order_by("full_name", "pk"))


@transaction.atomic
def decide(
    decision: MandateDecision, *, outcome: str, on: date, conditions: str, review_on: date | None
) -> None:
    """What was decided, in the words of those who decided."""
    decision.outcome, decision.decided_on = outcome, on
    decision.conditions, decision.review_on = conditions, review_on
    decision.save()


def finish_plan(plan: BlockPlan, *, on: date) -> None:
    plan.done_on = on
    plan.save()
