"""How far each part of the brief is: what the apps' `done.py` say, in the order of the navigation (S14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from backing.people.models import Account
from backing.people.of_apps import of_apps
from backing.people.steps import Step, Steps
from backing.site.parts import PARTS, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """One part and how far it is; step is None where nothing can be recorded for it yet."""

    part: Part
    step: Step | None


def so_far(viewer: Account, today: date) -> tuple[SoFar, ...]:
    """Every part, in the order of the brief."""
    found = {step.part: step for app in sources() for step in sources()[app](viewer, today)}
    return tuple(SoFar(part=part, step=found.get(part.slug)) for part in PARTS)


def step_of(part: Part, viewer: Account, today: date) -> Step | None:
    """How far one part is: only the app that has its pages is asked."""
    asked = _steps(part, viewer, today)
    return next((step for step in asked if step.part == part.slug), None)


@cache
def sources() -> dict[str, Steps]:
    """`steps` of every app that has a `done.py`, by the app's label."""
    return {module.__name__.split(".")[-2]: module.steps for module in of_apps("done")}


def _steps(part: Part, viewer: Account, today: date) -> Iterator[Step]:
    source = sources().get(part.app)
    return iter(()) if source is None else source(viewer, today)
