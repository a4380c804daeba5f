"""Changes across the records of the mandate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from backing.mandate.models import (
    BlockPlan,
    ChangeProposal,
    Impact,
    ImpactCorrection,
    MandateDecision,
    MandateOrigin,
)
from backing.people.floods import refuse_a_flood
from backing.people.models import Account, OrgUnit, Person

AN_HOUR: Final = 20  # corrections of one impact within an hour


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
def touch(
    change: ChangeProposal,
    unit: OrgUnit,
    *,
    degree: str,
    note: str = "",
    stops: str = "",
    hours_once: Decimal | None = None,
    hours_a_month: Decimal | None = None,
    begins: date | None = None,
) -> Impact:
    """A change touches a unit; said again, it is corrected, and its head has to confirm it anew."""
    impact = Impact.objects.filter(change=change, org_unit=unit).first()
    impact = impact or Impact(change=change, org_unit=unit)
    impact.degree, impact.note, impact.confirmed_by_head_on = degree, note, None
    impact.stops, impact.begins = stops, begins
    impact.hours_once, impact.hours_a_month = hours_once, hours_a_month
    impact.save()
    return impact


def confirm_impact(impact: Impact, *, on: date) -> None:
    """The head of the unit has looked at it."""
    impact.confirmed_by_head_on = on
    impact.save()


def correct_impact(
    impact: Impact,
    *,
    said_by: Person,
    words: str,
    now: datetime,
    answer_due: date,
    once: str,
    degree: str = "",
    hours_once: Decimal | None = None,
    hours_a_month: Decimal | None = None,
) -> ImpactCorrection:
    """The head of the unit says what is otherwise; it waits for our answer.  Raises TooMany.

    once: a word that came with the form: the same form sent again is the same correction.
    """
    digest = hashlib.sha256(once.encode()).hexdigest()
    said = ImpactCorrection.objects.filter(impact=impact)
    again = said.filter(once=digest).first()
    if again is not None:
        return again
    refuse_a_flood(said, "said_at", most=AN_HOUR, now=now)
    return ImpactCorrection.objects.create(
        impact=impact,
        said_by=said_by,
        said_at=now,
        words=words,
        degree=degree,
        hours_once=hours_once,
        hours_a_month=hours_a_month,
        answer_due=answer_due,
        once=digest,
    )


@transaction.atomic
def answer_correction(
    correction: ImpactCorrection, *, taken: bool, answer: str, by: Account, now: datetime
) -> None:
    """Corrected as they say, which their word then stands for; or left as it was, with the reason."""
    outcome = ImpactCorrection.Outcome
    correction.outcome = outcome.TAKEN if taken else outcome.DECLINED
    correction.answer, correction.answered_by, correction.answered_at = answer, by, now
    correction.save()
    if not taken:
        return
    impact = correction.impact
    impact.degree = correction.degree or impact.degree
    for name in ("hours_once", "hours_a_month"):
        said = getattr(correction, name)
        if said is not None:
            setattr(impact, name, said)
    impact.confirmed_by_head_on = timezone.localdate(correction.said_at)
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
