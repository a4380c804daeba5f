"""The rules about goals, benefits and the lines between them and our work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse

from backing.benefits import matrix_advice
from backing.benefits.firmness import Firmness, Layer
from backing.benefits.models import Sight
from backing.benefits.told import benefits, goals, interests_answered, line_of_sight
from backing.benefits.tracing import LineOfSight, serves
from backing.leaders.public import on_the_list, whose_cares
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account
from backing.scope.public import Done, activities, cause_matrix

GOAL_WAITS = Threshold(
    rule="RULE-06",
    name="days without a line",
    default=14,
    unit="days",
    why="Two weeks are enough to draw a line, or to say that the goal is not ours.",
    most=180,
)
WORK_WAITS = Threshold(
    rule="RULE-07",
    name="days without a goal",
    default=14,
    unit="days",
    why="Two weeks are enough to say what the work is for.",
    most=180,
)
TESTS = Threshold(
    rule="RULE-08",
    name="tests a benefit passes",
    default=4,
    unit="of four",
    why="Described, observed, attributed, measured: finance asks for all four.",
    most=4,
)
SOON = Threshold(
    rule="RULE-26",
    name="days until the first is felt",
    default=90,
    unit="days",
    why="Offices that show nothing in a quarter seldom live to show the rest.",
    least=14,
    most=365,
)
LATER = Threshold(
    rule="RULE-26",
    name="days beyond which the deep ones lie",
    default=180,
    unit="days",
    why="What is felt within half a year seldom touches the causes.",
    least=30,
    most=1095,
)
THRESHOLDS = (GOAL_WAITS, WORK_WAITS, TESTS, SOON, LATER, *matrix_advice.THRESHOLDS)
MGMT: Final = Confidentiality.MGMT


def about_the_line(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    sight = line_of_sight(viewer)
    yield from goals_not_reached(office, viewer, sight, today)
    yield from work_for_nothing(office, viewer, sight, today)
    yield from broken_lines(sight)
    yield from weak_lines(office, viewer, sight)
    yield from when_it_is_felt(office, viewer, today)
    yield from against_causes(office, viewer, sight, today)


def goals_not_reached(
    office: Office, viewer: Account, sight: LineOfSight, today: date
) -> Iterator[Advice]:
    """RULE-06: counted from the later of the day the step began and the day the goal was written down."""
    begun = Sight.begun()
    if begun is None:
        return
    loose = {node.key for node in sight.unreached if node.counts}
    for goal in goals(viewer):
        waited = (today - max(begun, goal.noted_on)).days
        if goal.key not in loose or waited <= office[GOAL_WAITS]:
            continue
        yield Advice(
            rule="RULE-06",
            subject=goal.key,
            title=f"Nothing the PMO does reaches “{goal.name}”. That may be right.",
            because=(
                f"It stands in {goal.source}.",
                f"{waited} days have passed, and no line leads to it.",
            ),
            do="Link an activity, or write down that it is not a goal of the PMO and why, so you can say "
            "it if asked.",
            order=Order.EVIDENCE,
            confidentiality=MGMT,
            href=reverse("goal", args=[goal.pk]),
            weight=waited,
        )


def work_for_nothing(
    office: Office, viewer: Account, sight: LineOfSight, today: date
) -> Iterator[Advice]:
    """RULE-07: work that we do, that no rule requires, and that leads to no goal."""
    for done in _long_for_nothing(office, viewer, sight, today):
        hours = f" ({float(done.hours_per_month):g} h a month)" if done.hours_per_month else ""
        yield Advice(
            rule="RULE-07",
            subject=f"activity-{done.pk}",
            title=f"Nobody can see why the PMO does “{done.name}”{hours}.",
            because=("No line leads from it to a goal, and no rule that requires it is named.",),
            do="Link it, name the rule that requires it, or move it to “won’t”.",
            order=Order.EVIDENCE,
            confidentiality=MGMT,
            href=f"{reverse('line')}?activity={done.name}",
            weight=float(done.hours_per_month or 0),
        )


def broken_lines(sight: LineOfSight) -> Iterator[Advice]:
    """RULE-08: a change on a line that nobody owns, or that its owner has not agreed to."""
    for change in sight.of(Layer.CHANGE):
        if change.key not in sight.out_of:
            continue
        reached = [sight.by_key[key].name for key in serves(sight, change.key)]
        if not reached:
            continue
        agreed = not change.note.endswith("not agreed yet")
        if not change.broken and agreed:
            continue
        where = f"“{reached[0]}”" + (f" and {len(reached) - 1} more" if len(reached) > 1 else "")
        why = (
            "Nobody in the business owns that."
            if change.broken
            else f"{change.note.removesuffix(', not agreed yet')} has not agreed to it."
        )
        yield Advice(
            rule="RULE-08",
            subject=change.key,
            title=f"The line to {where} depends on “{change.name}”. {why}",
            because=(
                "A benefit comes of what the business does differently, not of what we hand over.",
            ),
            do="Find its owner in the business."
            if change.broken
            else "Ask for a yes, and note it.",
            order=Order.EVIDENCE,
            confidentiality=MGMT,
            href=reverse("step", args=["change", change.key.partition("-")[2]]),
            weight=len(reached) + (1 if change.broken else 0),
        )


def weak_lines(office: Office, viewer: Account, sight: LineOfSight) -> Iterator[Advice]:
    """RULE-08: a benefit on a line without a measure or with open tests, and lines that are all assumed."""
    for benefit in benefits(viewer):
        if benefit.key not in sight.into and benefit.key not in sight.out_of:
            continue
        if benefit.has_measure and benefit.doam >= office[TESTS]:
            continue
        lacks = (
            f"It passes {benefit.doam} of the four tests."
            if benefit.has_measure
            else "It has no measure: nobody could tell if it came."
        )
        yield Advice(
            rule="RULE-08",
            subject=benefit.key,
            title=f"“{benefit.title}” cannot be shown yet.",
            because=(lacks,),
            do="Complete its profile with whoever owns it.",
            order=Order.EVIDENCE,
            confidentiality=MGMT,
            href=reverse("benefit", args=[benefit.pk]),
        )
    for goal in sight.of(Layer.GOAL):
        behind = _behind(sight, goal.key)
        links = [link for link in sight.links if link.target in behind | {goal.key}]
        if links and all(link.firmness is Firmness.ASSUMED for link in links):
            yield Advice(
                rule="RULE-08",
                subject=f"assumed-{goal.key}",
                title=f"Every step of the line to “{goal.name}” is assumed.",
                because=("Nothing yet shows that one step leads to the next.",),
                do="Find one figure, or one person who says that it does.",
                order=Order.EVIDENCE,
                confidentiality=MGMT,
                href=f"{reverse('benefits')}?node={goal.key}",
            )


def nothing_for_a_leader(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-18: a leader in focus, and no benefit that answers what they said they care about."""
    del office, today
    served = whose_cares(viewer, interests_answered(viewer))
    for leader in on_the_list(viewer):
        if not leader.focus or leader.leader in served:
            continue
        yield Advice(
            rule="RULE-18",
            subject=f"leader-{leader.leader}",
            title=f"You have nothing for {leader.name} yet.",
            because=("No benefit is linked to anything they said they care about.",),
            do="Ask them; do not invent.",
            order=Order.PEOPLE,
            confidentiality=Confidentiality.PMO,
            href=reverse("wanted"),
        )


def when_it_is_felt(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-26: something soon and something deep; silent while no benefit says when it is felt."""
    found = [each.first_visible for each in benefits(viewer) if each.is_benefit]
    days = [day for day in found if day is not None]
    if not days:
        return
    soon, later = (today + timedelta(days=int(office[each])) for each in (SOON, LATER))
    if min(days) > soon:
        title = f"Nothing here will be felt in the first {office[SOON]:g} days."
        do = "Look for one that a unit feels within a quarter."
    elif max(days) <= later:
        title = "Everything here is quick; none touches the causes you found."
        do = "Add one that takes on a cause, and say when it will be felt."
    else:
        return
    yield Advice(
        rule="RULE-26",
        subject="value-horizon",
        title=title,
        because=(f"{len(days)} of {len(found)} benefits say when they are first felt.",),
        do=do,
        order=Order.EVIDENCE,
        confidentiality=MGMT,
        href=reverse("benefit-profiles"),
    )


def against_causes(
    office: Office, viewer: Account, sight: LineOfSight, today: date
) -> Iterator[Advice]:
    """RULE-27; of work that RULE-07 names already it says nothing more."""
    matrix = cause_matrix(viewer)
    yield from matrix_advice.causes_left_open(office, matrix)
    named = {done.pk for done in _long_for_nothing(office, viewer, sight, today)}
    loose = {done.pk for done in _for_nothing(viewer, sight)}
    yield from matrix_advice.aimed_at_nothing(matrix, loose - named)


def _for_nothing(viewer: Account, sight: LineOfSight) -> Iterator[Done]:
    """What we do and no line leads on from."""
    loose = {node.key for node in sight.for_nothing if node.counts}
    for done in activities(viewer, ours=True):
        if f"activity-{done.pk}" in loose:
            yield done


def _long_for_nothing(
    office: Office, viewer: Account, sight: LineOfSight, today: date
) -> Iterator[Done]:
    """Those that have waited for a line longer than RULE-07 allows."""
    begun = Sight.begun()
    if begun is None:
        return
    for done in _for_nothing(viewer, sight):
        if (today - max(begun, done.noted_on)).days > office[WORK_WAITS]:
            yield done


def _behind(sight: LineOfSight, key: str) -> set[str]:
    """The steps from which a path leads to one."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        for link in sight.into.get(waiting.pop(), ()):
            if link.source not in seen:
                seen.add(link.source)
                waiting.append(link.source)
    return seen


advice = Rules({Order.PEOPLE: (nothing_for_a_leader,), Order.EVIDENCE: (about_the_line,)})
