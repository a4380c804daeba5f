"""What other parts of the office may know of goals, benefits and the line of sight: values, for a viewer."""

from __future__ import annotations

from backing.benefits.firmness import Firmness, Layer
from backing.benefits.told import Benefit, Goal, benefits, goals, line_of_sight
from backing.benefits.tracing import LineOfSight, Link, Node, reaches, serves

__all__ = [
    "Benefit",
    "Firmness",
    "Goal",
    "Layer",
    "LineOfSight",
    "Link",
    "Node",
    "benefits",
    "goals",
    "line_of_sight",
    "reaches",
    "serves",
]
