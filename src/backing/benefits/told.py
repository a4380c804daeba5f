"""The line of sight, goals and benefits as values, for a viewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from backing.benefits.firmness import Firmness, Layer
from backing.benefits.models import (
    BenefitProfile,
    BusinessChange,
    Capability,
    ContributionLink,
    Outcome,
    Output,
    StrategyGoal,
)
from backing.benefits.models.lines import ENDS
from backing.benefits.tracing import LineOfSight, Link, Node
from backing.people.models import Account
from backing.people.one_look import once_a_look
from backing.scope.public import activities

_FIRMNESS: Final = {
    "assumed": Firmness.ASSUMED,
    "plausible": Firmness.PLAUSIBLE,
    "evidenced": Firmness.EVIDENCED,
}
UNOWNED: Final = "Nobody owns it yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """A benefit as its profile has it.  by: from what to what, "" where no target is set.

    doam: how many of the four tests it passes.  interests: keys of what leaders said they care about.
    """

    pk: int
    key: str
    title: str
    is_benefit: bool
    owner: str
    owner_person: int | None
    by: str
    has_measure: bool
    doam: int
    first_visible: date | None
    status: str
    interests: frozenset[int]
    noted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal of the organisation, and why nothing of ours reaches it, where that was said."""

    pk: int
    key: str
    name: str
    owner: str
    wanted: str
    source: str
    active: bool
    not_ours: str
    noted_on: date


def line_of_sight(viewer: Account) -> LineOfSight:
    """All that the viewer may see of it: our activities that are in, and every step and link."""
    nodes = tuple(_nodes(viewer))
    keys = {node.key for node in nodes}
    columns = [f"{name}_id" for name, _ in ENDS]
    rows = ContributionLink.objects.visible_to(viewer).order_by("pk")
    links = []
    for row in rows.values("pk", "confidence", "rationale", "evidence", *columns):
        source, target = (
            f"{layer.value}-{row[f'{name}_id']}" for name, layer in ENDS if row[f"{name}_id"]
        )
        if source in keys and target in keys:
            links.append(
                Link(
                    pk=row["pk"],
                    source=source,
                    target=target,
                    firmness=_FIRMNESS[row["confidence"]],
                    rationale=row["rationale"],
                    evidence=row["evidence"],
                )
            )
    return LineOfSight(nodes, tuple(links))


@once_a_look
def goals(viewer: Account) -> tuple[Goal, ...]:
    """By name, those that are goals no longer included."""
    rows = StrategyGoal.objects.visible_to(viewer).select_related("owner")
    return tuple(
        Goal(
            pk=each.pk,
            key=f"goal-{each.pk}",
            name=each.name,
            owner=str(each.owner or ""),
            wanted=each.wanted,
            source=each.source,
            active=each.status == StrategyGoal.Status.ACTIVE,
            not_ours=each.no_contribution_reason,
            noted_on=each.noted_on,
        )
        for each in rows
    )


@once_a_look
def benefits(viewer: Account) -> tuple[Benefit, ...]:
    """By title, those that were given up left out."""
    rows = BenefitProfile.objects.visible_to(viewer).exclude(status=BenefitProfile.Status.CANCELLED)
    found = rows.select_related("owner", "measure", "baseline").prefetch_related("interests")
    return tuple(
        Benefit(
            pk=each.pk,
            key=f"benefit-{each.pk}",
            title=each.title,
            is_benefit=each.kind == BenefitProfile.Kind.BENEFIT,
            owner=str(each.owner or ""),
            owner_person=each.owner_id,
            by=from_to(each),
            has_measure=each.has_measure,
            doam=each.doam,
            first_visible=each.first_visible,
            status=each.get_status_display(),
            interests=frozenset(interest.pk for interest in each.interests.all()),
            noted_on=each.noted_on,
        )
        for each in found
    )


def interests_answered(viewer: Account) -> set[int]:
    """What leaders care about that some benefit answers, one that was given up left out."""
    rows = BenefitProfile.objects.visible_to(viewer).exclude(status=BenefitProfile.Status.CANCELLED)
    answered = rows.filter(interests__isnull=False).order_by()
    return set(answered.values_list("interests", flat=True))


def from_to(profile: BenefitProfile) -> str:
    """For example "61 → 35 days": from the baseline to the target; "" without a target."""
    unit = profile.measure.unit if profile.measure else ""
    if profile.target is None:
        return f"{_number(profile.baseline.value, unit)} now" if profile.baseline else ""
    target = _number(profile.target, unit)
    return (
        f"{_bare(profile.baseline.value, unit)} → {target}" if profile.baseline else f"to {target}"
    )


def _number(value: Decimal, unit: str) -> str:
    if unit == "share":
        return _bare(value, unit)
    return f"{_bare(value, unit)} {unit}".strip()


def _bare(value: Decimal, unit: str) -> str:
    if unit == "share":
        return f"{value * 100:.0f}%"
    return f"{value.normalize():,f}" if value != value.to_integral() else f"{value:,.0f}"


def _nodes(viewer: Account) -> Iterator[Node]:
    for done in activities(viewer, ours=True):
        if done.will:
            yield Node(
                key=f"activity-{done.pk}",
                layer=Layer.ACTIVITY,
                name=done.name,
                counts=done.purpose == "goal",
            )
    simple: tuple[tuple[Layer, Any], ...] = (
        (Layer.OUTPUT, Output),
        (Layer.CAPABILITY, Capability),
        (Layer.OUTCOME, Outcome),
    )
    for layer, model in simple:
        for pk, name, owner in model.objects.visible_to(viewer).values_list(
            "pk", "name", "owner__full_name"
        ):
            yield Node(key=f"{layer.value}-{pk}", layer=layer, name=name, note=owner or "")
    changes = BusinessChange.objects.visible_to(viewer).select_related("owner")
    for change in changes:
        yield Node(
            key=f"change-{change.pk}",
            layer=Layer.CHANGE,
            name=change.name,
            note=_owned(change),
            broken="" if change.owner else UNOWNED,
        )
    for benefit in benefits(viewer):
        yield Node(
            key=benefit.key,
            layer=Layer.BENEFIT,
            name=benefit.title,
            note=benefit.by or ("" if benefit.has_measure else "no measure yet"),
        )
    for goal in goals(viewer):
        if goal.active:
            yield Node(
                key=goal.key,
                layer=Layer.GOAL,
                name=goal.name,
                note="not ours, and said so" if goal.not_ours else goal.wanted,
                counts=not goal.not_ours,
            )


def _owned(change: BusinessChange) -> str:
    if change.owner is None:
        return ""
    who = change.owner.job_title or str(change.owner)
    return who if change.agreed else f"{who}, not agreed yet"
