"""The rules about leaders: promises first, then what rests on sealed records, opened once a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from backing.leaders.advice.relationships import THRESHOLDS as OF_RELATIONSHIPS
from backing.leaders.advice.relationships import drift_since, drifting, gone_quiet, unsupported
from backing.leaders.advice.seen import Seen, leaders_seen, overdue_promises
from backing.leaders.advice.who_next import DECISION_WITHIN, NEW_IN_POST, whom_to_talk_to
from backing.leaders.advice.wording import advice as about
from backing.leaders.levels import Authority
from backing.leaders.public import packs_waiting
from backing.people.access import Confidentiality, Role
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account
from boardpaper.wording import en

BUDGET_MET = Threshold(
    rule="RULE-16",
    name="budget holder met within",
    default=60,
    unit="days",
    why="Whoever pays should not hear of the office only when the budget is cut.",
    least=14,
    most=180,
)
BRIEFED = Threshold(
    rule="RULE-31",
    name="briefed within",
    default=14,
    unit="days",
    why="Not knowing what the office does is the first reason to resist it.",
    most=90,
)
THRESHOLDS = (DECISION_WITHIN, NEW_IN_POST, *OF_RELATIONSHIPS, BUDGET_MET, BRIEFED)


def about_leaders(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """What rests on what is thought of them."""
    seen = leaders_seen(viewer, today, since=drift_since(office, today))
    for rule in (whom_to_talk_to, gone_quiet, unsupported, drifting, not_briefed):
        yield from rule(seen, office, today)
    if viewer.role == Role.PMO_HEAD:  # a member does not see whom others marked
        yield from purse_strings(seen, office, today)


def overdue(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-29: our promise to a leader is past its day."""
    del office
    for promise in overdue_promises(viewer, today):
        late = (today - promise.due).days
        yield Advice(
            rule="RULE-29",
            subject=f"promise-{promise.pk}",
            title=f"You promised {promise.name} this by {en.day(promise.due)}: {promise.what}",
            because=(f"It is {late} day{'' if late == 1 else 's'} late, and open.",),
            do="Keep it, or agree on another day.",
            order=Order.PROMISE,
            confidentiality=Confidentiality.PMO,
            href=reverse("leader", args=[promise.leader]),
            due=promise.due,
            weight=float(late),
        )


def purse_strings(seen: Iterable[Seen], office: Office, today: date) -> Iterator[Advice]:
    """RULE-16, as far as leaders go: who holds the money, and when they were met."""
    seen = list(seen)
    holders = [one for one in seen if one.assessed.budget_authority == Authority.HOLDS]
    if seen and not holders:
        yield Advice(
            rule="RULE-16",
            subject="budget",
            title="Nobody is marked as holding the budget.",
            because=(f"None of {len(seen)} leaders on the list is.",),
            do="Find out who pays for the office, and mark them.",
            order=Order.PEOPLE,
            confidentiality=Confidentiality.RELATIONSHIP,
            href=reverse("leaders"),
            weight=5.0,
        )
    for one in holders:
        days = (today - one.met).days if one.met else None
        if days is None or days > office[BUDGET_MET]:
            yield about(
                "RULE-16",
                one,
                title=f"{one.name} holds the budget and has not heard from you.",
                because=(f"Last met {days} days ago." if days else "You have never met.",),
                do="Ask for half an hour, without a request.",
                order=Order.PEOPLE,
                weight=6.0,
            )


def not_briefed(seen: Iterable[Seen], office: Office, today: date) -> Iterator[Advice]:
    """RULE-31, as far as it goes without a charter: in focus, and never told what the office does."""
    for one in seen:
        listed = (today - one.listed_on).days
        if one.focus and not one.briefed and listed > office[BRIEFED]:
            yield about(
                "RULE-31",
                one,
                title=f"{one.name} has not been told what the office does, and why.",
                because=(f"On the list for {listed} days, and no briefing is recorded.",),
                do="Brief them, or record when you did.",
                order=Order.PEOPLE,
                weight=2.0,
            )


def not_welcomed(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-31, of whoever follows a leader: the pack for them is drafted, and waits (4.10)."""
    del office
    for one in packs_waiting(viewer, today=today):
        yield Advice(
            rule="RULE-31",
            subject=f"pack-{one.person}",
            title=f"{one.name} follows {one.before}. The pack for them is drafted.",
            because=(
                f"In post from {en.day(one.since)}; of where they stand nothing is known.",
                "They inherit the promises to whoever came before, and no notes.",
            ),
            do="Read the two pages, and take them along."
            if one.leader
            else "Put them on the list of leaders, read the two pages, and take them along.",
            order=Order.PEOPLE,
            confidentiality=Confidentiality.PMO,
            href=f"{reverse('documents')}#h-drafted",
            weight=8.0,
        )


advice = Rules({Order.PROMISE: (overdue,), Order.PEOPLE: (not_welcomed, about_leaders)})
