"""The layers of the line of sight, and how firm a link of it is: words and order, no records."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from django.db import models


class Layer(models.TextChoices):
    """What the line runs through, left to right."""

    ACTIVITY = "activity", "What we do"
    OUTPUT = "output", "What it produces"
    CAPABILITY = "capability", "What that makes possible"
    CHANGE = "change", "What others do differently"
    OUTCOME = "outcome", "What is then so"
    BENEFIT = "benefit", "What improves"
    GOAL = "goal", "Goal"


ORDER: Final = tuple(Layer)
SOURCES: Final = ORDER[:-1]
TARGETS: Final = ORDER[1:]
# A capability may be left out without anything being missing (requirements.md S18-a).
_NEEDED: Final = tuple(layer for layer in ORDER if layer is not Layer.CAPABILITY)


def goes_forward(source: Layer, target: Layer) -> bool:
    """Whether a link may run from one layer to the other: onwards, or from a benefit to a benefit."""
    if source is target:
        return source is Layer.BENEFIT
    return ORDER.index(source) < ORDER.index(target)


def skipped(source: Layer, target: Layer) -> tuple[Layer, ...]:
    """The layers that a link leaves out although something belongs there."""
    first, last = ORDER.index(source), ORDER.index(target)
    return tuple(layer for layer in ORDER[first + 1 : last] if layer in _NEEDED)


class Firmness(IntEnum):
    """How firm a link is, and a whole line by its weakest: the higher the firmer."""

    BROKEN = 0
    ASSUMED = 1
    PLAUSIBLE = 2
    EVIDENCED = 3

    @property
    def word(self) -> str:
        return self.name.lower()
