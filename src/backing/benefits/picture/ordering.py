"""The order of steps within each column, by barycentres, so that few links cross.

Sugiyama, Tagawa, Toda (1981), with the sweeps that Gansner and others (1993) use: back and forth, each
column by the mean place of its neighbours, and the best order that was met is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

Column = list[str]
Edges = Sequence[tuple[str, str]]  # between neighbouring columns, left to right
_SWEEPS: Final = 12


def ordered(columns: Sequence[Column], edges: Sequence[Edges]) -> list[Column]:
    """The columns, each in a good order.  edges: those between column i and i + 1.  Same input, same order."""
    best = now = [list(column) for column in columns]
    fewest = crossings(now, edges)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        now = _swept(now, edges, back=bool(sweep % 2))
        found = crossings(now, edges)
        if found < fewest:
            best, fewest = now, found
    return best


def crossings(columns: Sequence[Column], edges: Sequence[Edges]) -> int:
    """How many pairs of links cross."""
    found = 0
    for place, between in enumerate(edges):
        left, right = _places(columns[place]), _places(columns[place + 1])
        ends = [
            right[target] for _, target in sorted(between, key=lambda e: (left[e[0]], right[e[1]]))
        ]
        found += _inversions(ends, len(columns[place + 1]))
    return found


def _swept(columns: Sequence[Column], edges: Sequence[Edges], *, back: bool) -> list[Column]:
    now = [list(column) for column in columns]
    count = len(now)
    for place in range(count - 2, -1, -1) if back else range(1, count):
        fixed = _places(now[place + 1 if back else place - 1])
        between = edges[place] if back else edges[place - 1]
        near: dict[str, list[int]] = {}
        for source, target in between:
            mine, other = (source, target) if back else (target, source)
            near.setdefault(mine, []).append(fixed[other])
        own = _places(now[place])
        scale = len(fixed) / max(1, len(own))
        now[place].sort(
            key=lambda key: (
                sum(near[key]) / len(near[key]) if key in near else own[key] * scale,
                own[key],
            )
        )
    return now


def _places(column: Column) -> Mapping[str, int]:
    return {key: place for place, key in enumerate(column)}


def _inversions(ends: Sequence[int], size: int) -> int:
    """Pairs that stand the wrong way round, counted in a tree of sums."""
    tree = [0] * (size + 1)
    found = 0
    for seen, end in enumerate(ends):
        found += seen - _sum(tree, end + 1)
        at = end + 1
        while at <= size:
            tree[at] += 1
            at += at & -at
    return found


def _sum(tree: Sequence[int], at: int) -> int:
    found = 0
    while at:
        found += tree[at]
        at -= at & -at
    return found
