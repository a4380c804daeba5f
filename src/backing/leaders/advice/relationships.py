"""RULE-02, 03 and 04: relationships gone quiet, levels without evidence, and support that slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from backing.leaders import levels
from backing.leaders.advice.seen import Seen
from backing.leaders.advice.wording import advice, working_days_between
from backing.leaders.levels import Basis
from backing.leaders.opened import Stance
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Threshold
from boardpaper.wording import en

QUIET = Threshold(
    rule="RULE-02",
    name="times the agreed days",
    default=1.5,
    unit="times",
    why="Half a rhythm late happens to everyone; more is a sign. Broadcasts do not count as contact.",
    least=1,
    most=5,
)
REFUSED = Threshold(
    rule="RULE-02",
    name="refusals in a row",
    default=2,
    unit="times",
    why="One may be chance. Declining, sending someone and silence are the early signs.",
    least=1,
    most=10,
)
UNANSWERED = Threshold(
    rule="RULE-02",
    name="question unanswered",
    default=10,
    unit="working days",
    why="Silence is not agreement; two weeks are time enough to answer.",
    least=1,
    most=60,
)
STALE = Threshold(
    rule="RULE-03",
    name="evidence is old after",
    default=90,
    unit="days",
    why="Priorities of leaders move with the quarter.",
    least=14,
    most=365,
)
STALE_UNHEARD = Threshold(
    rule="RULE-03",
    name="hearsay is old after",
    default=30,
    unit="days",
    why="What was assumed or told by somebody else should be checked within a month.",
    least=7,
    most=180,
)
ACT = Threshold(
    rule="RULE-03",
    name="an act within",
    default=90,
    unit="days",
    why="Support that has not shown in a quarter is support in words so far.",
    least=14,
    most=365,
)
DRIFT_DAYS = Threshold(
    rule="RULE-04",
    name="within",
    default=60,
    unit="days",
    why="Slower change is noticed when levels are looked at again; this is the quick kind.",
    least=14,
    most=180,
)
DRIFT_STEPS = Threshold(
    rule="RULE-04",
    name="steps down of one leader",
    default=2,
    unit="steps",
    why="One step may be a bad week.",
    least=1,
    most=3,
)
DRIFT_LEADERS = Threshold(
    rule="RULE-04",
    name="leaders of one unit down",
    default=2,
    unit="leaders",
    why="Two at once in one unit have a common cause.",
    least=2,
    most=10,
)
THRESHOLDS = (
    QUIET, REFUSED, UNANSWERED, STALE, STALE_UNHEARD, ACT, DRIFT_DAYS, DRIFT_STEPS, DRIFT_LEADERS,
)  # fmt: skip


def gone_quiet(seen: Iterable[Seen], office: Office, today: date) -> Iterator[Advice]:
    """RULE-02, of those in focus."""
    for one in seen:
        because = tuple(_signs(one, office, today)) if one.focus else ()
        if because:
            if one.stances and one.stances[0].is_known:
                latest = one.stances[0]
                because = (*because, f"{latest.level.label} on {en.day(latest.on)}.")
            yield advice(
                "RULE-02",
                one,
                title=f"It has gone quiet with {one.name}.",
                because=because,
                do="Check whether their priorities moved before you ask for anything.",
                order=Order.PEOPLE,
                weight=float(one.assessed.influence or 0),
            )


def _signs(one: Seen, office: Office, today: date) -> Iterator[str]:
    if one.met is not None and (today - one.met).days > office[QUIET] * one.every:
        days = (today - one.met).days
        yield f"No two-way contact for {days} days (agreed: {one.every})."
    if one.refused >= office[REFUSED]:
        yield f"{one.refused} times in a row they declined, sent someone or did not reply."
    for what, sent_on in one.waiting:
        waited = working_days_between(sent_on, today)
        if waited > office[UNANSWERED]:
            yield f"“{what}” has waited {waited} working days for an answer."


def unsupported(seen: Iterable[Seen], office: Office, today: date) -> Iterator[Advice]:
    """RULE-03."""
    for one in seen:
        latest = one.stances[0] if one.stances else None
        if latest is None or not latest.is_known:
            continue
        because = tuple(_doubts(one, latest, office, today))
        if because:
            level = latest.level.label.lower()
            yield advice(
                "RULE-03",
                one,
                title=f"You marked {one.name} {level} on {en.day(latest.on)}. Does it still hold?",
                because=because,
                do="Keep it, change it, or record what they did.",
                order=Order.HOUSEKEEPING,
                weight=float(one.assessed.influence or 0),
            )


def _doubts(one: Seen, latest: Stance, office: Office, today: date) -> Iterator[str]:
    age = (today - latest.on).days
    unheard = latest.basis in (Basis.REPORTED, Basis.ASSUMED)
    if age > office[STALE]:
        yield f"The evidence is {age} days old."
    elif unheard and age > office[STALE_UNHEARD]:
        yield f"It rests on hearsay or an assumption, {age} days old."
    acted = one.acted is not None and (today - one.acted).days <= office[ACT]
    if latest.level in levels.IN_FAVOUR and not acted:
        yield "In words so far: no act of theirs is recorded in that time."


def drift_since(office: Office, today: date) -> date:
    return today - timedelta(days=office[DRIFT_DAYS])


def drifting(seen: Iterable[Seen], office: Office, today: date) -> Iterator[Advice]:
    """RULE-04: of one leader, and of several in one unit."""
    since = drift_since(office, today)
    units: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        latest = one.stances[0] if one.stances else None
        if latest is None or latest.level not in levels.STEPS or latest.on <= since:
            continue
        held = _highest_since(one.stances, since)
        steps = levels.STEPS[held.level] - levels.STEPS[latest.level]
        if steps > 0 and one.unit:
            units[one.unit].append(one)
        if steps >= office[DRIFT_STEPS]:
            yield advice(
                "RULE-04",
                one,
                title=f"{one.name} became less supportive.",
                because=(f"{_on(held)}, but {_on(latest)}.",),
                do="Ask what changed.",
                order=Order.PEOPLE,
                weight=10.0 + (one.assessed.influence or 0),
            )
    for unit, down in sorted(units.items()):
        if len(down) >= office[DRIFT_LEADERS]:
            yield Advice(
                rule="RULE-04",
                subject=f"unit-{unit}",
                title=f"{len(down)} leaders in {unit} became less supportive.",
                because=(f"Since {en.day(since)}: {', '.join(one.name for one in down)}.",),
                do="Ask what changed.",
                order=Order.PEOPLE,
                confidentiality=Confidentiality.RELATIONSHIP,
                weight=15.0,
            )


def _highest_since(stances: Iterable[Stance], since: date) -> Stance:
    """The highest that held at any time from a day on, among the levels that have an order."""
    later = [each for each in stances if each.on > since]
    before = [each for each in stances if each.on <= since][:1]
    ordered = [each for each in [*later, *before] if each.level in levels.STEPS]
    return max(ordered, key=lambda each: levels.STEPS[each.level])


def _on(stance: Stance) -> str:
    return f"{stance.level.label} on {en.day(stance.on)}"
