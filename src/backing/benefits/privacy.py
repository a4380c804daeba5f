"""What this app holds about a person: that they own a goal, a change or a benefit, or gain from one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from backing.benefits.models import (
    BenefitProfile,
    BusinessChange,
    Capability,
    Outcome,
    Output,
    StrategyGoal,
)
from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.names import Names

_OURS: Final = "The project office’s own papers."
_OWNED: Final[tuple[Any, ...]] = (
    StrategyGoal,
    Output,
    Capability,
    BusinessChange,
    Outcome,
    BenefitProfile,
)


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """What they own, and what they are said to gain."""
    del viewer, now
    owned = [one for model in _OWNED for one in model.objects.filter(owner=person)]
    gains = BenefitProfile.objects.filter(for_people=person)
    yield Section(
        title="Goals, changes and benefits with your name",
        why="To have somebody in the business answer for each step from our work to a goal.",
        seen_by="Management.",
        kept="As long as the goal or the step stands; then under your former post.",
        entries=(
            *(_entry(one, "you own it") for one in owned),
            *(_entry(one, "you gain from it") for one in gains),
        ),
    )


def erase(person: Person, names: Names) -> Counts:
    """What they own stays, by the holder of a post; that they gain from something goes."""
    del names
    gains = BenefitProfile.objects.filter(for_people=person)
    found = {"benefits that named them": gains.count()}
    for profile in gains:
        profile.for_people.remove(person)
    return found


def _entry(one: Any, what: str) -> Entry:
    return Entry(
        name=f"{type(one).__name__} {one.pk}",
        on=getattr(one, "noted_on", None),
        says=((what, str(one)),),
        source=_OURS,
    )
