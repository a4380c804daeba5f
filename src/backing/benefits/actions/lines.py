"""Drawing a line: links from one step to the next, with steps that are not there yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from django.db import transaction

from backing.benefits.firmness import ORDER, Layer, goes_forward
from backing.benefits.models import (
    BenefitProfile,
    BusinessChange,
    Capability,
    ContributionLink,
    Outcome,
    Output,
    Sight,
    StrategyGoal,
)
from backing.people.models import Person
from backing.people.named import person_named
from backing.scope.models import Activity, OurUnit

_STEPS: Final[dict[Layer, Any]] = {
    Layer.OUTPUT: Output,
    Layer.CAPABILITY: Capability,
    Layer.CHANGE: BusinessChange,
    Layer.OUTCOME: Outcome,
}
Confidence = ContributionLink.Confidence


class NotALine(Exception):
    """Why a link cannot be, in a sentence for whoever draws it."""


class NotInTheBusiness(Exception):
    """Somebody of the office was named where the business must own; the text says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A line as somebody types it, "" for what is left out.  owner: of the business change, by name."""

    activity: str = ""
    output: str = ""
    capability: str = ""
    change: str = ""
    owner: str = ""
    outcome: str = ""
    benefit: str = ""
    goal: str = ""
    rationale: str = ""
    confidence: str = Confidence.ASSUMED.value
    evidence: str = ""


@transaction.atomic
def link(
    source: Any,
    target: Any,
    *,
    on: date,
    rationale: str = "",
    confidence: str = Confidence.ASSUMED.value,
    evidence: str = "",
) -> ContributionLink:
    """One step leads to another, from now on.  Where they are linked already, that link is given.

    Raises NotALine where it would run back or round; two who write at once are looked at one by one.
    """
    Sight.hold(on=on)
    first, last = layer_of(source), layer_of(target)
    if not goes_forward(first, last):
        raise NotALine(
            f"A line runs from what we do to a goal: “{source}” cannot lead to “{target}”."
        )
    if first is last and _leads_to(target.pk, source.pk):
        raise NotALine(
            f"“{target}” leads to “{source}” already: the line would run in a ring. Take one of them out."
        )
    ends = {f"source_{first.value}": source, f"target_{last.value}": target}
    known = ContributionLink.objects.filter(**ends).first()
    if known is not None:
        return known
    return ContributionLink.objects.create(
        rationale=rationale, confidence=confidence, evidence=evidence, **ends
    )


@transaction.atomic
def draw_line(typed: Typed, *, on: date, source: str = "") -> list[ContributionLink]:
    """A whole line at once: steps by name, new where they are not there, each linked to the next.

    source: the document in which a goal stands that is not known yet.  Gives the links along it.
    Raises NotALine, NotInTheBusiness, people.named.SeveralOfThatName.
    """
    named = [(layer, getattr(typed, layer.value).strip()) for layer in ORDER]
    steps = [_step(layer, name, typed, on, source) for layer, name in named if name]
    if len(steps) < 2:
        raise NotALine("A line has two ends at least. Name one more step.")
    return [
        link(
            one,
            other,
            on=on,
            rationale=typed.rationale,
            confidence=typed.confidence,
            evidence=typed.evidence,
        )
        for one, other in pairwise(steps)
    ]


def business_owner(name: str) -> Person | None:
    """The person of that name, who must not be of the office.  Raises NotInTheBusiness."""
    if not name.strip():
        return None
    person = person_named(name)
    refuse_the_office(person)
    return person


def refuse_the_office(person: Person | None) -> None:
    """Raises NotInTheBusiness for somebody of the office itself."""
    if person is None or person.org_unit_id is None:
        return
    if OurUnit.objects.filter(unit=person.org_unit_id).exists():
        raise NotInTheBusiness(
            f"{person} is of the project office. What the business does is owned in the business: "
            "name somebody there."
        )


def closes_a_ring(link: ContributionLink) -> bool:
    """Whether a link that is there leads back to where it begins; only between benefits it can."""
    if link.source_benefit_id is None or link.target_benefit_id is None:
        return False
    return _leads_to(link.target_benefit_id, link.source_benefit_id)


def layer_of(step: Any) -> Layer:
    """Which layer a record belongs to."""
    if isinstance(step, Activity):
        return Layer.ACTIVITY
    if isinstance(step, BenefitProfile):
        return Layer.BENEFIT
    if isinstance(step, StrategyGoal):
        return Layer.GOAL
    return next(layer for layer, model in _STEPS.items() if isinstance(step, model))


def _leads_to(start: int, end: int) -> bool:
    """Whether one benefit leads to another, itself included, by links between benefits."""
    ahead = defaultdict(list)
    pairs = ContributionLink.objects.exclude(source_benefit=None).exclude(target_benefit=None)
    for one, other in pairs.values_list("source_benefit", "target_benefit"):
        ahead[one].append(other)
    seen, waiting = {start}, [start]
    while waiting:
        for other in ahead[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return end in seen


def _step(layer: Layer, name: str, typed: Typed, on: date, source: str) -> Any:
    name = " ".join(name.split())
    if layer is Layer.ACTIVITY:
        return _activity(name, on)
    if layer is Layer.GOAL:
        return _goal(name, on, source)
    if layer is Layer.BENEFIT:
        known = BenefitProfile.objects.filter(title__iexact=name).first()
        return known or BenefitProfile.objects.create(title=name, noted_on=on)
    model = _STEPS[layer]
    step = model.objects.filter(name__iexact=name).first() or model(name=name)
    if layer is Layer.CHANGE and typed.owner.strip():
        step.owner = business_owner(typed.owner)
    step.save()
    return step


def _activity(name: str, on: date) -> Activity:
    known = Activity.objects.ours().filter(name__iexact=name).first()
    if known is not None:
        return known
    ours = OurUnit.objects.first()
    if ours is None:
        raise NotALine(
            "Say first which unit the office is, under Scope: a line begins at its work."
        )
    return Activity.objects.create(name=name, org_unit=ours.unit, noted_on=on)


def _goal(name: str, on: date, source: str) -> StrategyGoal:
    known = StrategyGoal.objects.filter(name__iexact=name).first()
    if known is not None:
        return known
    if not source:
        raise NotALine(
            f"“{name}” is no goal that is written down here. Say in which document it stands."
        )
    return StrategyGoal.objects.create(name=name, source=source, noted_on=on)
