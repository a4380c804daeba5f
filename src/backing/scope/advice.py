"""The rules about the scope: work done twice or by nobody, expectations, burden, who knows the charter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse

from backing.leaders.public import Expected, expectations
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account
from backing.rhythm.public import Answered, GroupSaid, said_in_pulses
from backing.scope.briefed import not_briefed
from backing.scope.handing_over import Limits
from backing.scope.public import (
    AskedFor,
    Item,
    asks,
    burden_of_a_project_manager,
    charter,
    hand_overs,
    same_work,
    scope_items,
)
from backing.scope.similar import overlap
from boardpaper.wording import en

WORDS = Threshold(
    rule="RULE-09",
    name="words that two names share",
    default=0.5,
    unit="of their words",
    why="With half of the words in common, two names more often mean one work than two.",
    least=0.2,
    most=1.0,
)
SAID_YES = Threshold(
    rule="RULE-10",
    name="days before giving ends",
    default=5,
    unit="days",
    why="A week of work is left to sort out a no.",
    most=60,
)
LETS_GO = Threshold(
    rule="RULE-10",
    name="days after both did it",
    default=30,
    unit="days",
    why="Who still does it a month later has not let go.",
    most=365,
)
BURDEN = Threshold(
    rule="RULE-28",
    name="minutes a month",
    default=60,
    unit="minutes",
    why="An hour a month is what people give without asking what it is for.",
    most=2400,
)
UNUSED = Threshold(
    rule="RULE-28",
    name="days without a decision",
    default=90,
    unit="days",
    why="What fed no decision in a quarter is collected for its own sake.",
    least=7,
    most=730,
)
TOLD = Threshold(
    rule="RULE-31",
    name="days after issue",
    default=14,
    unit="days",
    why="Two weeks are enough to speak with everyone once.",
    most=90,
)
UNKNOWN = Threshold(
    rule="RULE-31",
    name="mark out of five",
    default=3,
    unit="of 5, on average",
    why="At the middle or below, as many cannot say what the office does as can.",
    least=1,
    most=5,
)
THRESHOLDS = (WORDS, SAID_YES, LETS_GO, BURDEN, UNUSED, TOLD, UNKNOWN)
_LATELY: Final = timedelta(days=180)  # an older pulse says nothing of today
_SAME_THING: Final = 0.5  # words shared by what is expected and what we say we won't do
_NAMED: Final = 4


def done_twice(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-09: only the head learns of it before the other unit was spoken with (`same_work` sees to it)."""
    for each in same_work(viewer, today=today, words_shared=office[WORDS]):
        if each.is_settled or each.certainty == "suggested":
            continue
        ours, theirs = each.units
        who = each.head or f"the head of {theirs}"
        since = f" from {en.day(each.first)}" if each.first > today else ""
        certain = each.certainty == "certain"
        yield Advice(
            rule="RULE-09",
            subject="same-work-" + "-".join(map(str, each.key)),
            title=f"“{each.name}” {'is' if certain else 'may be'} done in both {ours} and {theirs}{since}.",
            because=(
                each.because,
                *([f"There it is called “{each.other}”."] if each.other else []),
                *(
                    [f"You spoke with {theirs} on {en.day(each.spoken_on)}; nothing is agreed yet."]
                    if each.spoken_on
                    else []
                ),
            ),
            do=f"Ask {who} who does it from now on, before it goes in the charter.",
            order=Order.EVIDENCE,
            confidentiality=Confidentiality.PMO,
            href=reverse("overlaps"),
            weight=8.0 if certain else 4.0,
        )


def hand_overs_amiss(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-10."""
    limits = Limits(days_before=int(office[SAID_YES]), days_after=int(office[LETS_GO]))
    for each in hand_overs(viewer, today=today, limits=limits):
        if not each.amiss:
            continue
        first, *others = each.amiss
        yield Advice(
            rule="RULE-10",
            subject=f"hand-over-{each.pk}",
            title=first,
            because=(
                f"{each.giver.name} ends on {en.day(each.giving_ends)}.",
                f"{each.receiver.name} begins on {en.day(each.taking_starts)}.",
                *others,
            ),
            do="Agree with both sides on the days, or on who stands in.",
            order=Order.DECISION,
            confidentiality=Confidentiality.MGMT,
            href=reverse("hand-over", args=[each.pk]),
            due=each.giving_ends if each.giving_ends >= today else None,
            weight=20.0 if each.gap else 10.0,
        )


def expected_and_not_there(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-17; quiet while nothing is written of what the office will and won't do."""
    del office, today
    items = scope_items(viewer)
    if not items:
        return
    for each in expectations(viewer, focus=True):
        if each.in_charter not in ("no", "unknown"):
            continue
        because = _why_not_there(each, items)
        yield Advice(
            rule="RULE-17",
            subject=f"expectation-{each.pk}",
            title=f"{each.name} expects “{each.what}”.",
            because=(because,),
            do="Tell them before they find out."
            if each.in_charter == "no"
            else "Look whether the charter has it, and tell them.",
            order=Order.PEOPLE,
            confidentiality=Confidentiality.PMO,
            href=reverse("leader", args=[each.leader]),
            due=each.by_when,
            weight=6.0 if each.in_charter == "no" else 3.0,
        )


def _why_not_there(each: Expected, items: tuple[Item, ...]) -> str:
    left = [item for item in items if item.kind != "will"]
    near = max(left, key=lambda item: overlap(item.statement, each.what), default=None)
    if near is not None and overlap(near.statement, each.what) >= _SAME_THING:
        word = (
            "won’t"
            if near.kind == "wont"
            else f"not before {en.day(near.from_on)}"
            if near.from_on
            else "not yet"
        )
        return f"Your charter says {word}: {near.statement}"
    if each.in_charter == "no":
        return "Your charter does not have it."
    return "Nobody has looked whether your charter has it."


def too_much_asked(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-28, of the sum."""
    minutes = burden_of_a_project_manager(viewer, on=today)
    if minutes <= office[BURDEN]:
        return
    heaviest = [each for each in asks(viewer, on=today) if each.role == "project_manager"]
    yield Advice(
        rule="RULE-28",
        subject="burden",
        title=f"You ask each project manager for {minutes} minutes a month.",
        because=(
            f"More than {office[BURDEN]:g} minutes is felt as a burden.",
            *(f"“{each.what}” takes {each.minutes_a_month}." for each in heaviest[:_NAMED]),
        ),
        do="Ask for less, or less often.",
        order=Order.EVIDENCE,
        confidentiality=Confidentiality.MGMT,
        href=reverse("asks-of-others"),
        weight=5.0,
    )


def asked_for_nothing(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-28, of each ask: it feeds no decision, or has fed none for long."""
    for each in asks(viewer, on=today):
        because = _why_for_nothing(each, office, today)
        if because:
            yield Advice(
                rule="RULE-28",
                subject=f"ask-{each.pk}",
                title=f"“{each.what}” {because}",
                because=(f"It is asked of {each.of}, {each.minutes_a_month} minutes a month.",),
                do="Retire it, or say which decision it feeds.",
                order=Order.HOUSEKEEPING,
                confidentiality=Confidentiality.MGMT,
                href=reverse("asks-of-others"),
                weight=each.minutes_a_month / 60,
            )


def _why_for_nothing(each: AskedFor, office: Office, today: date) -> str:
    if not each.decision_it_feeds:
        return "feeds no decision that anybody has named."
    since = each.last_used_on or each.begins
    if today - since > timedelta(days=office[UNUSED]):
        return f"has fed no decision since {en.day(since)}."
    return ""


def charter_not_known(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-31."""
    current = charter(viewer)
    if current is None or current.proposed_on is None:
        return
    if (today - current.proposed_on).days <= office[TOLD]:
        return
    missing = not_briefed(viewer, current)
    if not missing:
        return
    older = [each for each in missing if each.knows is not None]
    names = [each.name for each in missing]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    yield Advice(
        rule="RULE-31",
        subject=f"charter-{current.version}",
        title=f"{_leaders(len(missing))} not been told of charter {current.version}.",
        because=(
            f"It was put before them on {en.day(current.proposed_on)}.",
            f"Not told: {', '.join(names[:_NAMED])}{more}.",
            *([f"{len(older)} of them know an earlier version only."] if older else []),
        ),
        do="Tell each what changed for them, in one line.",
        order=Order.PEOPLE,
        confidentiality=Confidentiality.PMO,
        href=reverse("scope"),
        weight=7.0,
    )


def what_we_do_not_known(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-31, of a whole group: what the last pulse says of knowing, not of having been told (S07-b)."""
    for pulse in said_in_pulses(viewer, today=today, since=today - _LATELY)[:1]:
        for group, said in pulse.answers("knows"):
            if said.mean <= office[UNKNOWN]:
                yield _not_known(group, said, until=pulse.closed)


def _not_known(group: GroupSaid, said: Answered, *, until: date) -> Advice:
    return Advice(
        rule="RULE-31",
        subject=f"pulse-{until.isoformat()}-{group.who.lower().replace(' ', '-')}",
        title=f"{group.who} gave {said.mean:.1f} of 5 for “{said.question.removesuffix('.')}”.",
        because=(
            f"Asked without names until {en.day(until)}: {said.n} of {group.asked} answered.",
        ),
        do="Say in one line, to all of them, what you do and what you do not.",
        order=Order.PEOPLE,
        confidentiality=Confidentiality.PMO,
        href=reverse("pulses"),
        weight=6.0,
    )


def _leaders(number: int) -> str:
    return "One leader has" if number == 1 else f"{number} leaders have"


advice = Rules(
    {
        Order.DECISION: (hand_overs_amiss,),
        Order.PEOPLE: (expected_and_not_there, charter_not_known, what_we_do_not_known),
        Order.EVIDENCE: (done_twice, too_much_asked),
        Order.HOUSEKEEPING: (asked_for_nothing,),
    }
)
