"""Two pictures: influence and interest, and who listens to whom.

Positions are plain numbers, so that the template draws without a style of its own; beside each picture stands
the same as a list.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from backing.leaders import levels
from backing.leaders.levels import Listening, Quadrant
from backing.leaders.opened import Listens, Opened
from trackrecord.influence import FEWEST_PEOPLE, Link, Network

CELL: Final = 96  # pixels
WIDTH: Final = 5 * CELL
_A_ROW: Final = 3  # dots beside one another in a cell
_STRENGTH: Final = {Listening.SOME: 0.5, Listening.STRONG: 1.0}
# Support from -1 to 1; of whom nothing is known nothing is said, and the arithmetic takes 0.
_SUPPORT: Final = {
    level: min(step, 2) / (2 if step > 0 else 1) for level, step in levels.STEPS.items()
}
NEXT: Final = 3


@dataclass(frozen=True, slots=True)
class Dot:
    number: int
    leader: int
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Placed:
    """One quadrant in words, with who is in it."""

    quadrant: Quadrant
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    quadrants: tuple[Placed, ...]
    unknown: tuple[tuple[int, str], ...]  # leader and name, where one of the two is not known

    @property
    def dots(self) -> tuple[Dot, ...]:
        return tuple(dot for placed in self.quadrants for dot in placed.dots)


@dataclass(frozen=True, slots=True)
class Point:
    name: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """way: from the listener to the one listened to, as a path of SVG; written here, for there are many."""

    way: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Next:
    """Whose support would move most others.  through: by name, who listens to them."""

    name: str
    through: tuple[str, ...]
    listeners: int
    robust: int
    resamples: int


def influence_and_interest(names: Sequence[tuple[int, str]], opened: Opened) -> Picture:
    """names: leader and name, in the order of the list."""
    taken: dict[tuple[int, int], int] = defaultdict(int)
    placed: dict[Quadrant, list[Dot]] = {quadrant: [] for quadrant in Quadrant}
    unknown = []
    for number, (leader, name) in enumerate(names, 1):
        assessed = opened.of(leader)
        quadrant, influence, interest = assessed.quadrant, assessed.influence, assessed.interest
        if quadrant is None or influence is None or interest is None:
            unknown.append((leader, name))
            continue
        across, down = taken[influence, interest] % _A_ROW, taken[influence, interest] // _A_ROW
        taken[influence, interest] += 1
        x = (interest - 1) * CELL + 18 + across * 29
        y = (5 - influence) * CELL + 18 + down * 29
        placed[quadrant].append(Dot(number, leader, name, x, y))
    return Picture(
        tuple(Placed(quadrant, tuple(dots)) for quadrant, dots in placed.items()), tuple(unknown)
    )


def ring(
    names: Mapping[int, str], links: Sequence[Listens], *, radius: int = 150
) -> tuple[list[Point], list[Line]]:
    """People on a ring by name, a line from each listener to the one listened to.  Centre at (0, 0)."""
    people = sorted(names, key=lambda person: (names[person], person))
    at = {}
    for place, person in enumerate(people):
        angle = 2 * math.pi * place / len(people) - math.pi / 2
        at[person] = (math.cos(angle), math.sin(angle))
    points = [
        Point(
            names[person],
            round((radius + 12) * x),
            round((radius + 12) * y + 4),
            "middle" if abs(x) < 0.2 else "start" if x > 0 else "end",
        )
        for person, (x, y) in at.items()
    ]
    lines = []
    for link in links:
        (x1, y1), (x2, y2) = at[link.listener], at[link.to]
        long = math.hypot(x2 - x1, y2 - y1)
        short = 1 - 9 / (radius * long)  # the head of the arrow stops before the dot
        ends = (x1, y1, x1 + (x2 - x1) * short, y1 + (y2 - y1) * short)
        a, b, c, d = (round(radius * each, 1) for each in ends)
        lines.append(Line(f"M{a} {b}L{c} {d}", link.strength == Listening.STRONG))
    return points, lines


def whom_to_win_next(
    people: Mapping[int, tuple[int, str]], links: Sequence[Listens], opened: Opened
) -> tuple[Next, ...]:
    """people: leader and name, by person.  Empty for fewer than eight, where it would say nothing."""
    if len(people) < FEWEST_PEOPLE or not links:
        return ()
    level = {person: opened.level(leader) for person, (leader, _) in people.items()}
    network = Network(
        map(str, people),
        [
            Link(listener=str(each.listener), to=str(each.to), strength=_STRENGTH[each.strength])
            for each in links
        ],
        support={str(person): _SUPPORT[at] for person, at in level.items() if at in _SUPPORT},
        power={str(p): opened.of(leader).influence or 1 for p, (leader, _) in people.items()},
        effort={
            str(person): levels.need(level[person], opened.of(leader).wanted)
            for person, (leader, _) in people.items()
        },
    )
    won = [str(person) for person, at in level.items() if at == levels.Level.LEADING]
    found = network.next_to_win(min(NEXT, len(people) - len(won)), won=won)
    return tuple(
        Next(
            people[int(each.person)][1],
            tuple(people[int(one)][1] for one in each.through),
            each.listeners,
            each.robust,
            each.resamples,
        )
        for each in found
    )
