"""When the part "Benefits" is done: goals stand, lines reach them, and nothing breaks on the way (S14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backing.benefits.firmness import Layer
from backing.benefits.told import benefits, line_of_sight
from backing.people.models import Account
from backing.people.steps import Step


def steps(viewer: Account, today: date) -> Iterator[Step]:
    del today
    sight, profiles = line_of_sight(viewer), benefits(viewer)
    goals = sight.of(Layer.GOAL)
    unreached = sum(node.counts for node in sight.unreached)
    broken = sum(bool(node.broken) for node in sight.nodes)
    unmeasured = sum(not each.has_measure for each in profiles)
    missing = []
    if not goals:
        missing.append("no goals")
    elif not sight.links:
        missing.append("no line drawn")
    elif unreached:
        missing.append(f"{unreached} goal{'s' if unreached > 1 else ''} without a line")
    if broken:
        missing.append(f"{broken} change{'s' if broken > 1 else ''} that nobody owns")
    if unmeasured:
        missing.append(f"{unmeasured} benefit{'s' if unmeasured > 1 else ''} without a measure")
    counts = (("goal", len(goals)), ("benefit", len(profiles)), ("link", len(sight.links)))
    has = [f"{count} {word}{'s' if count != 1 else ''}" for word, count in counts if count]
    yield Step(part="benefits", has=", ".join(has), missing=tuple(missing))
