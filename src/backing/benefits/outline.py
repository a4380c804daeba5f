"""The line of sight as an indented list: each goal, below it what leads to it, down to the work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backing.benefits.firmness import Firmness, Layer
from backing.benefits.tracing import LineOfSight, Link, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line.  link: by which the step leads to the one above it; None for a goal, or a loose end.

    above: its own part of the line stands further up already.  leaves_out: layers that the link skips.
    """

    depth: int
    node: Node
    link: Link | None = None
    firmness: Firmness | None = None
    leaves_out: tuple[Layer, ...] = ()
    above: bool = False

    @property
    def left_out(self) -> str:
        """Which layers its link leaves out, in words."""
        return leaves_out(self.leaves_out)

    @property
    def needs_no_line(self) -> bool:
        """Work that leads to no goal, and need not: a rule requires it, or other work rests on it."""
        loose = self.depth == 0 and self.node.layer is Layer.ACTIVITY
        return loose and not self.node.counts

    @property
    def words(self) -> str:
        """The line as plain text."""
        said = [self.node.name]
        if self.node.note:
            said.append(f", {self.node.note}")
        if self.firmness is not None:
            said.append(f" – {self.firmness.word}")
        if self.node.warning:
            said.append(f" ({self.node.warning.lower()})")
        if self.leaves_out:
            said.append(f" ({self.left_out})")
        if self.above:
            said.append(" – as above")
        if self.needs_no_line:
            said.append(" (needs no line)")
        return "".join(said)


def outline(sight: LineOfSight) -> tuple[Line, ...]:
    """Every goal with its lines, then what leads to no goal; every step and every link stands in it once."""
    seen: set[str] = set()
    lines: list[Line] = []
    for goal in sight.of(Layer.GOAL):
        lines += _below(sight, goal, seen)
    for layer in reversed(Layer):
        for node in sight.of(layer):
            if node.key not in seen:
                lines += _below(sight, node, seen)
    return tuple(lines)


def leaves_out(layers: tuple[Layer, ...]) -> str:
    """For example "leaves out change and outcome"."""
    words = {Layer.OUTPUT: "output", Layer.CHANGE: "change", Layer.OUTCOME: "outcome"}
    words |= {Layer.BENEFIT: "benefit"}
    return "leaves out " + " and ".join(words[layer] for layer in layers)


def _below(sight: LineOfSight, top: Node, seen: set[str]) -> Iterator[Line]:
    """A step and all that leads to it, depth first; what was met before is named, not told again."""
    waiting: list[tuple[int, Node, Link | None]] = [(0, top, None)]
    while waiting:
        depth, node, link = waiting.pop()
        arriving = sight.into.get(node.key, ())
        yield Line(
            depth=depth,
            node=node,
            link=link,
            firmness=None if link is None else sight.firmness(link),
            leaves_out=() if link is None else sight.skips(link),
            above=node.key in seen and bool(arriving),
        )
        if node.key in seen:
            continue
        seen.add(node.key)
        below = [(depth + 1, sight.by_key[each.source], each) for each in arriving]
        waiting += sorted(below, key=lambda each: (each[1].name, each[1].key), reverse=True)
