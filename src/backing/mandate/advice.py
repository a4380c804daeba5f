"""The rules about the mandate: decisions not prepared, a mandate on one person, blocks without a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from backing.leaders.public import Blocker, may_block, pre_met, strong_support
from backing.mandate.models import BlockPlan, ChangeProposal
from backing.mandate.public import OVER, open_decisions, origin
from backing.people.access import Confidentiality, Role
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account, Person
from boardpaper.wording import en

PURPOSE: Final = "advice"
BEFORE = Threshold(
    rule="RULE-05",
    name="days before a decision",
    default=14,
    unit="days",
    why="Objections are settled before the meeting, and two weeks leave room to meet everyone.",
    most=90,
)
SUPPORTERS = Threshold(
    rule="RULE-23",
    name="leaders who act",
    default=2,
    unit="leaders",
    why="One leaves, falls ill or changes priorities; with two the mandate goes on.",
    least=1,
    most=10,
)
ACTED = Threshold(
    rule="RULE-23",
    name="an act within",
    default=90,
    unit="days",
    why="Support that has not shown in a quarter cannot be counted on.",
    least=14,
    most=365,
)
SETTLED = Threshold(
    rule="RULE-23",
    name="days since it was commissioned",
    default=90,
    unit="days",
    why="In its first quarter an office is still looking for its second supporter.",
    most=365,
)
LONG_IN_POST = Threshold(
    rule="RULE-23",
    name="sponsor in post",
    default=913,
    unit="days",
    why="After two and a half years a change of post is likely.",
    least=180,
)
START_WITHIN = Threshold(
    rule="RULE-32",
    name="days before a start",
    default=30,
    unit="days",
    why="Someone who can stop it should be asked at least a month before it begins.",
    most=180,
)
THRESHOLDS = (BEFORE, SUPPORTERS, ACTED, SETTLED, LONG_IN_POST, START_WITHIN)
_DOUBTS: Final = ("opposes", "concerned")


def without_pre_meeting(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-05."""
    last = today + timedelta(days=office[BEFORE])
    soon = [each for each in open_decisions(viewer) if today <= each.needed_by <= last]
    met = pre_met(viewer, [each.pk for each in soon])
    for decision in soon:
        names = [
            name for person, name in decision.deciders if person not in met.get(decision.pk, ())
        ]
        if names:
            days = (decision.needed_by - today).days
            yield Advice(
                rule="RULE-05",
                subject=f"decision-{decision.pk}",
                title=f"{len(names)} of {len(decision.deciders)} deciders have not heard it from you: "
                f"{decision.question}",
                because=(
                    f"It is needed by {en.day(decision.needed_by)}, in {days} days.",
                    f"Not spoken with alone: {', '.join(names)}.",
                ),
                do="Speak with each of them alone before the day.",
                order=Order.DECISION,
                confidentiality=Confidentiality.PMO,
                href=reverse("decision", args=[decision.pk]),
                due=decision.needed_by,
                weight=100.0 - days,
            )


def single_thread(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-23: too few who can fund or stop the office are in favour and act."""
    if viewer.role != Role.PMO_HEAD:
        return  # a member does not see who else is in favour
    told = origin(viewer)
    if told is None or (today - told.on).days < office[SETTLED]:
        return
    strong = strong_support(viewer, purpose=PURPOSE, now=timezone.now())
    acting = [each for each in strong if each.acted and (today - each.acted).days <= office[ACTED]]
    if len(acting) >= office[SUPPORTERS]:
        return
    yield Advice(
        rule="RULE-23",
        subject="mandate",
        title="Your mandate rests on one person."
        if acting
        else "Nobody with a strong say has lately acted for the office.",
        because=(
            f"{len(strong)} of those who can fund or stop the office favour it.",
            f"{len(acting)} acted for it in the last {office[ACTED]:g} days.",
        ),
        do="Ask a second one for something small and visible.",
        order=Order.PEOPLE,
        confidentiality=Confidentiality.RELATIONSHIP,
        href=reverse("leaders"),
        weight=4.0,
    )


def sponsor_may_go(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-23, of the sponsor: known to leave, or long in post."""
    sponsors = Person.objects.visible_to(viewer).filter(account__role=Role.SPONSOR)
    for person in sponsors.filter(account__is_active=True):
        because = ""
        if person.in_post_to is not None and person.in_post_to >= today:
            because = f"They leave their post on {en.day(person.in_post_to)}."
        elif (
            person.in_post_from is not None
            and (today - person.in_post_from).days > office[LONG_IN_POST]
        ):
            because = f"They have been in post since {en.day(person.in_post_from)}."
        if because:
            yield Advice(
                rule="RULE-23",
                subject=f"sponsor-{person.pk}",
                title=f"Your sponsor, {person}, may not stay.",
                because=(because,),
                do="Find out who follows, and let them hear of the office from your sponsor.",
                order=Order.PEOPLE,
                confidentiality=Confidentiality.RELATIONSHIP,
                href=reverse("why"),
                weight=3.0,
            )


def block_without_plan(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-32: they can stop it, are against it or were not asked, and nothing is planned."""
    asked = ChangeProposal.objects.visible_to(viewer).exclude(status__in=OVER)
    live = {each.pk: each for each in asked.exclude(required=None).prefetch_related("required")}
    if not live:
        return
    required = {
        change.pk: frozenset(person.pk for person in change.required.all())
        for change in live.values()
    }
    planned = set(
        BlockPlan.objects.visible_to(viewer).filter(done_on=None).values_list("change", "person")
    )
    for each in may_block(viewer, required, purpose=PURPOSE, now=timezone.now()):
        change = live[each.change]
        because = _why_it_may_stop(each, change, office, today)
        if because and (each.change, each.person) not in planned:
            yield Advice(
                rule="RULE-32",
                subject=f"block-{each.change}-{each.leader}",
                title=f"{each.name} can stop “{change.title}”, and nothing is planned.",
                because=(f"They hold this: {each.can_block}.", because),
                do="Say who does what about it, and by when.",
                order=Order.PEOPLE,
                confidentiality=Confidentiality.RELATIONSHIP,
                href=reverse("blocks"),
                due=change.start,
                weight=12.0,
            )


def _why_it_may_stop(each: Blocker, change: ChangeProposal, office: Office, today: date) -> str:
    stands = each.stand.value if each.stand else "unknown"
    if stands in _DOUBTS:
        return "They have concerns about it." if stands == "concerned" else "They are against it."
    if stands == "unknown" and change.start is not None:
        days = (change.start - today).days
        if 0 <= days <= office[START_WITHIN]:
            return f"They have not been asked, and it begins in {days} days."
    return ""


advice = Rules(
    {
        Order.DECISION: (without_pre_meeting,),
        Order.PEOPLE: (sponsor_may_go, block_without_plan, single_thread),
    }
)
