"""What reaches a goal, what an activity is for, and where the line breaks: values, no records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from backing.benefits.firmness import Firmness, Layer, skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One step of the line.

    key: "activity-12", the same every day.  note: who owns it, or from what to what.
    broken: why no line holds through it, "" where it does.  counts: False for what is there to be seen but
    is nothing to look for a line from or to (work that a rule requires, a goal that is said not to be ours).
    loose: what is to be said of a goal or an activity without a line, "" where there is one.
    """

    key: str
    layer: Layer
    name: str
    note: str = ""
    broken: str = ""
    counts: bool = True
    loose: str = ""

    @property
    def warning(self) -> str:
        """What is wrong with it, "" where nothing is."""
        return self.broken or self.loose


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From one step to a later one, by their keys."""

    pk: int
    source: str
    target: str
    firmness: Firmness
    rationale: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Lit:
    """What lights up with a step: every step and link on a path through it, the step itself included."""

    nodes: frozenset[str]
    links: frozenset[int]


@dataclass(frozen=True)
class LineOfSight:
    """All steps and links.  Links run onwards, and in no ring."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def out_of(self) -> Mapping[str, tuple[Link, ...]]:
        """By step, the links that leave it."""
        return _grouped((link.source, link) for link in self.links)

    @cached_property
    def into(self) -> Mapping[str, tuple[Link, ...]]:
        """By step, the links that arrive at it."""
        return _grouped((link.target, link) for link in self.links)

    def of(self, layer: Layer) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.layer is layer)

    def skips(self, link: Link) -> tuple[Layer, ...]:
        """The layers that a link leaves out."""
        return skipped(self.by_key[link.source].layer, self.by_key[link.target].layer)

    def firmness(self, link: Link) -> Firmness:
        """As it is drawn: broken where the step that it comes from passes nothing on."""
        return Firmness.BROKEN if self.by_key[link.source].broken else link.firmness

    @cached_property
    def unreached(self) -> tuple[Node, ...]:
        """Goals that no activity reaches."""
        ahead = _firmest(self, *(node.key for node in self.of(Layer.ACTIVITY)), back=False)
        return tuple(goal for goal in self.of(Layer.GOAL) if goal.key not in ahead)

    @cached_property
    def for_nothing(self) -> tuple[Node, ...]:
        """Activities that reach no goal."""
        behind = _firmest(self, *(node.key for node in self.of(Layer.GOAL)), back=True)
        return tuple(each for each in self.of(Layer.ACTIVITY) if each.key not in behind)


def reaches(sight: LineOfSight, goal: str) -> Mapping[str, Firmness]:
    """The activities from which a path leads to a goal, each with the firmness of its firmest path."""
    return _found(sight, _firmest(sight, goal, back=True), Layer.ACTIVITY)


def serves(sight: LineOfSight, activity: str) -> Mapping[str, Firmness]:
    """The goals to which a path leads from an activity, each with the firmness of its firmest path."""
    return _found(sight, _firmest(sight, activity, back=False), Layer.GOAL)


def lit(sight: LineOfSight, key: str) -> Lit:
    """Everything on a path through a step, both ways."""
    behind = set(_firmest(sight, key, back=True))
    ahead = set(_firmest(sight, key, back=False))
    links = frozenset(
        link.pk
        for link in sight.links
        if (link.source in behind and link.target in behind)
        or (link.source in ahead and link.target in ahead)
    )
    return Lit(frozenset(behind | ahead), links)


def with_loose_ends(sight: LineOfSight) -> LineOfSight:
    """The same, with goals and activities marked that have no line and should have one."""
    loose = {node.key for node in (*sight.unreached, *sight.for_nothing) if node.counts}
    nodes = (replace(node, loose="No line") if node.key in loose else node for node in sight.nodes)
    return LineOfSight(tuple(nodes), sight.links)


def without_loose_ends(sight: LineOfSight) -> LineOfSight:
    """The steps that a link touches."""
    return part_of(sight, {end for link in sight.links for end in (link.source, link.target)})


def part_of(sight: LineOfSight, nodes: Iterable[str]) -> LineOfSight:
    """The steps of these keys, and the links between them."""
    kept = set(nodes)
    return LineOfSight(
        tuple(node for node in sight.nodes if node.key in kept),
        tuple(link for link in sight.links if link.source in kept and link.target in kept),
    )


def _firmest(sight: LineOfSight, *starts: str, back: bool) -> dict[str, Firmness]:
    """By step that can be come to, the firmness of the firmest path: as firm as its weakest link.

    Steps are taken up from the firmest on, so that each is settled when it is met.
    """
    waiting: dict[Firmness, list[str]] = defaultdict(list)
    waiting[Firmness.EVIDENCED] += starts
    found: dict[str, Firmness] = {}
    for level in sorted(Firmness, reverse=True):
        while waiting[level]:
            key = waiting[level].pop()
            if key in found:
                continue
            found[key] = level
            for link in (sight.into if back else sight.out_of).get(key, ()):
                other = link.source if back else link.target
                waiting[min(level, sight.firmness(link))].append(other)
    return found


def _found(
    sight: LineOfSight, firmest: Mapping[str, Firmness], layer: Layer
) -> dict[str, Firmness]:
    return {node.key: firmest[node.key] for node in sight.of(layer) if node.key in firmest}


def _grouped(pairs: Iterable[tuple[str, Link]]) -> dict[str, tuple[Link, ...]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for key, link in pairs:
        found[key].append(link)
    return {key: tuple(links) for key, links in found.items()}
