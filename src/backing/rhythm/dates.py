"""The days that somebody should have in their calendar.

Calendars are shared, shown in meetings and kept by others.  Nothing that is sealed is opened for them, and
no day says of anybody where they stand: it says that something is due, and Backing says the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from backing.leaders.public import pre_met, promises_between
from backing.mandate.public import decided, open_decisions, origin
from backing.people.models import Account
from backing.pushback.public import answers_owed, escalations_open
from backing.rhythm.communication import plan
from backing.rhythm.public import targets
from backing.scope.public import charter

PRE_MEETINGS = timedelta(days=14)  # before a decision; as RULE-05 by default
REPORTS = 12  # monthly report days ahead
BACK = timedelta(days=31)  # a day that is over for longer leaves the calendar, done or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day.  name: the same for the same thing, so that a calendar moves it and does not add one.

    why: a sentence for whoever opens it.  way: where in Backing to go on, or "".
    """

    name: str
    on: date
    title: str
    why: str
    way: str = ""


def days_of(viewer: Account, today: date) -> tuple[Day, ...]:
    """What this person may see and has to do with, the first first."""
    found = (
        *_promises(viewer),
        *_decisions(viewer, today),
        *_pushback(viewer),
        *_reviews(viewer),
        *_targets(viewer),
        *_to_tell(viewer, today),
        *(_reports(today) if viewer.is_office else ()),
    )
    recent = (each for each in found if each.on >= today - BACK)
    return tuple(sorted(recent, key=lambda each: (each.on, each.name)))


def _promises(viewer: Account) -> Iterator[Day]:
    for each in promises_between(viewer):
        yield Day(
            name=f"promise-{each.pk}",
            on=each.due,
            title=f"Promise due: {each.what}",
            why="Keep it, or agree on another day before this one is over.",
            way=reverse("home"),
        )


def _decisions(viewer: Account, today: date) -> Iterator[Day]:
    waiting = open_decisions(viewer)
    met = pre_met(viewer, [each.pk for each in waiting]) if viewer.is_office else {}
    for each in waiting:
        way = reverse("decision", args=[each.pk])
        yield Day(
            name=f"decision-{each.pk}",
            on=each.needed_by,
            title=f"Decision needed: {each.question}",
            why=f"If it is not taken: {each.otherwise}",
            way=way,
        )
        unmet = {person for person, _ in each.deciders} - met.get(each.pk, set())
        if viewer.is_office and unmet and each.needed_by >= today:
            yield Day(
                name=f"pre-meetings-{each.pk}",
                on=max(each.needed_by - PRE_MEETINGS, today),
                title=f"Pre-meetings due: {each.question}",
                why=f"{len(unmet)} of {len(each.deciders)} deciders have not heard it one to one.",
                way=way,
            )
    for taken in decided(viewer):
        if taken.review_on is not None:
            yield Day(
                name=f"decision-review-{taken.pk}",
                on=taken.review_on,
                title=f"Decision to review: {taken.question}",
                why="It was agreed to look at it again on this day.",
                way=reverse("decision", args=[taken.pk]),
            )


def _pushback(viewer: Account) -> Iterator[Day]:
    for each in answers_owed(viewer):
        yield Day(
            name=f"answer-{each.pk}",
            on=each.due,
            title=f"Answer due to pushback: {each.subject}",
            why="Whoever raised it was told this day.",
            way=reverse("pushback", args=[each.pk]) if viewer.is_office else "",
        )
    for brought in escalations_open(viewer):
        yield Day(
            name=f"escalation-{brought.pk}",
            on=brought.due,
            title=f"Escalation to be settled: {brought.subject}",
            why="It was brought to a manager who can settle it.",
            way=reverse("escalation", args=[brought.pk]),
        )


def _reviews(viewer: Account) -> Iterator[Day]:
    told, version = origin(viewer), charter(viewer)
    if told is not None and told.review_due is not None:
        yield Day(
            name="mandate-review",
            on=told.review_due,
            title="Mandate review",
            why="The day set when the office was asked for: continue, change, shrink or stop.",
            way=reverse("origin") if viewer.is_office else "",
        )
    if version is not None:
        yield Day(
            name="charter-review",
            on=version.review_due,
            title=f"Charter review, version {version.version}",
            why="Does the charter still say what the office does and does not do?",
            way=reverse("charter"),
        )


def _targets(viewer: Account) -> Iterator[Day]:
    for each in targets(viewer):
        yield Day(
            name=f"target-{each.pk}",
            on=each.by,
            title=f"Target due: {each.measure}",
            why="The day by which it was to be reached.",
            way=reverse("measure", args=[each.measure_pk]),
        )


def _to_tell(viewer: Account, today: date) -> Iterator[Day]:
    for each in plan(viewer, today=today):
        item = each.item
        yield Day(
            name=f"communication-{item.pk}",
            on=item.next_due,
            title=f"To tell: {item.audience}",
            why=f"{item.message} By {item.owner}. How: {item.channel}.",
            way=reverse("communication") if viewer.is_office else "",
        )


def _reports(today: date) -> Iterator[Day]:
    """The first working day of each month: the month before is over, and its numbers are in."""
    first = today.replace(day=1)
    for _ in range(REPORTS + 1):
        over = first - timedelta(days=1)
        yield Day(
            name=f"report-{over:%Y-%m}",
            on=first + timedelta(days=max(0, 7 - first.weekday()) if first.weekday() > 4 else 0),
            title=f"Improvement report: {over:%B %Y}",
            why="What improved, what got worse and what did not move, in fifteen minutes.",
            way=reverse("report"),
        )
        first = (first + timedelta(days=31)).replace(day=1)
