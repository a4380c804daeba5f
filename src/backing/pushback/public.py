"""What other parts of the office may know of pushback: values, for a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from backing.mandate.public import OVER
from backing.people.models import Account
from backing.pushback.areas import areas_of
from backing.pushback.models import AreaLink, Escalation, Pushback, PushbackResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One objection as it stands.  changed: what the answer says will be different."""

    pk: int
    subject: str
    text: str
    cause: str
    unit: str
    received: date
    status: str
    changed: str
    settled_on: date | None  # when whoever raised it said that it was dealt with


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Of one stretch of time: received, answered, and with something changed by the answer."""

    received: int
    answered: int
    changed: int
    waiting: int  # at its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Something that was promised for a day: an answer, or that an escalation is settled."""

    pk: int
    subject: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnArea:
    """A change that touches a unit which somebody heads.  looked_on: when they said that it is right there."""

    impact: int
    change: str
    unit: str
    starts: date | None
    looked_on: date | None


def own_areas(viewer: Account) -> tuple[OwnArea, ...]:
    """What changes for the units that the viewer heads, the first to begin first; none for who reads it all."""
    if not viewer.reads_own_area:
        return ()
    return tuple(
        OwnArea(
            impact=each.pk,
            change=str(each.change),
            unit=str(each.org_unit),
            starts=each.starts,
            looked_on=each.confirmed_by_head_on,
        )
        for each in areas_of(viewer).exclude(change__status__in=OVER)
    )


def answers_owed(viewer: Account) -> tuple[Owed, ...]:
    """Objections that nobody has answered, the first due first."""
    unanswered = Pushback.objects.visible_to(viewer).filter(responses=None)
    return tuple(
        Owed(pk=each.pk, subject=each.subject, due=each.answer_due)
        for each in unanswered.select_related("change").order_by("answer_due", "pk")
    )


def escalations_open(viewer: Account) -> tuple[Owed, ...]:
    """Escalations without a decision, the first due first; a plan about somebody is called by its change."""
    waiting = Escalation.objects.visible_to(viewer).filter(decided_on=None)
    return tuple(
        Owed(
            pk=each.pk,
            subject=str(each.block.change) if each.block is not None else each.subject,
            due=each.by,
        )
        for each in waiting.select_related("pushback__change", "block__change").order_by("by", "pk")
    )


def objections(viewer: Account, *, unit: int | None = None) -> tuple[Objection, ...]:
    """The latest first.  unit: from one area only."""
    found = Pushback.objects.visible_to(viewer).select_related("unit", "change")
    if unit is not None:
        found = found.filter(unit=unit)
    return tuple(_told(each) for each in found.prefetch_related("responses"))


def dealt_with(viewer: Account) -> tuple[Objection, ...]:
    """Those of which whoever raised them says that they were dealt with, by a change of ours."""
    return tuple(
        each
        for each in objections(viewer)
        if each.status == Pushback.Status.RESOLVED and each.changed
    )


def tally(viewer: Account, *, first: date, last: date) -> Tally:
    """Of the days from first to last, both included."""
    found = Pushback.objects.visible_to(viewer).filter(received_at__date__lte=last)
    answers = PushbackResponse.objects.visible_to(viewer).filter(
        at__date__gte=first, at__date__lte=last
    )
    answered = answers.values_list("pushback", flat=True).distinct()
    changed = answers.exclude(kind=PushbackResponse.Kind.DECLINE)
    before = PushbackResponse.objects.filter(at__date__lte=last).values("pushback")
    return Tally(
        received=found.filter(received_at__date__gte=first).count(),
        answered=answered.order_by().count(),
        changed=changed.order_by().values_list("pushback", flat=True).distinct().count(),
        waiting=found.exclude(pk__in=before).count(),
    )


def areas_open(viewer: Account, change: int, *, now: datetime) -> dict[int, date]:
    """By impact of a change: until when the link opens that the head of the unit was sent."""
    links = AreaLink.objects.visible_to(viewer).filter(
        impact__change=change, withdrawn_at=None, expires_at__gt=now
    )
    return {
        impact: timezone.localdate(until)
        for impact, until in links.values_list("impact", "expires_at")
    }


def _told(each: Pushback) -> Objection:
    answer = each.answer
    settled = answer.viewed_at if answer and each.status == Pushback.Status.RESOLVED else None
    return Objection(
        pk=each.pk,
        subject=each.subject,
        text=each.text,
        cause=each.get_cause_display() if each.cause else "",
        unit=str(each.unit) if each.unit else "",
        received=each.received,
        status=each.status,
        changed=answer.what_changes if answer else "",
        settled_on=settled.date() if settled else None,
    )
