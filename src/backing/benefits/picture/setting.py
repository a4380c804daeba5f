"""Where everything of the map stands: columns, boxes, and the bends of links that run past a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from backing.benefits.firmness import ORDER, Firmness, Layer
from backing.benefits.picture.letters import room_needed, set_in_lines, width
from backing.benefits.picture.ordering import ordered
from backing.benefits.tracing import LineOfSight, Link, Node

_ROUNDS: Final = 8
_MOST_LINES: Final = 4
_HEAVIER: Final = 0.93
_SCREEN_LINES: Final = 3  # that columns are made wide enough for: a name in two, a note in one
# Of the room that no column needs: links that cross want it more than boxes do.
_TO_LINKS: Final = 0.7
_EDGE: Final = 0.6  # left and right, that the sheet cuts no line of a box in half


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What it is drawn on, all in one unit.  height: None where it may be as high as it needs to be.

    size: of the letters.  leading: from line to line.  gap: between columns, at least.  apart: between boxes.
    """

    width: float
    height: float | None
    size: float
    leading: float
    gap: float
    apart: float
    pad: float
    head: float  # room for the names of the columns


SCREEN: Final = Sheet(
    width=1104, height=None, size=13, leading=17, gap=44, apart=14, pad=7, head=34
)
# A landscape page of A4 in points, less its margins, title and foot: nine points is nine points.
PAPER: Final = Sheet(
    width=774, height=388, size=9, leading=10.4, gap=27, apart=2.2, pad=1.6, head=19
)
# What a slide shows below its title, the letters no smaller than on paper.
SLIDE: Final = replace(PAPER, height=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A step.  x, y: its upper left.  name, note: line by line."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    name: tuple[str, ...]
    note: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bent:
    """A link, by the points it runs through: level at each, in pairs of where it comes in and goes out."""

    link: Link
    firmness: Firmness
    points: tuple[tuple[float, float], ...]
    leaves_out: int
    aside: bool = False  # from one box of a column to another


@dataclass(frozen=True, slots=True)
class Set:
    """The map with everything in its place."""

    sheet: Sheet
    height: float
    columns: tuple[tuple[Layer, float, float], ...]  # with x and width
    boxes: tuple[Box, ...]
    links: tuple[Bent, ...]


def fits(sight: LineOfSight, sheet: Sheet) -> bool:
    """Whether every box finds room for one line on this sheet."""
    if sheet.height is None:
        return True
    least = sheet.leading + 2 * sheet.pad + sheet.apart
    most = max((len(sight.of(layer)) for layer in Layer), default=0)
    return most * least <= sheet.height - sheet.head


def set_out(sight: LineOfSight, sheet: Sheet) -> Set:
    """Everything in its place; the same line of sight always the same way."""
    layers = [layer for layer in ORDER if sight.of(layer)]
    place = {layer: number for number, layer in enumerate(layers)}
    columns: list[list[str]] = [[node.key for node in sight.of(layer)] for layer in layers]
    between: list[list[tuple[str, str]]] = [[] for _ in layers[1:]]
    runs: dict[int, list[str]] = {}
    for link in sight.links:
        first = place[sight.by_key[link.source].layer]
        last = place[sight.by_key[link.target].layer]
        bends = [f"bend-{link.pk}-{at}" for at in range(first + 1, last)]
        for at, bend in enumerate(bends, first + 1):
            columns[at].append(bend)
        run = [link.source, *bends, link.target]
        if first < last:
            for at, pair in enumerate(pairwise(run), first):
                between[at].append(pair)
        runs[link.pk] = run
    columns = _loose_last(ordered(columns, between), between)
    widths = _widths(sight, sheet, layers)
    lefts = _lefts(sheet, widths)
    words = {
        node.key: _words(node, sheet, widths[place[node.layer]], _lines(sight, sheet, node.layer))
        for node in sight.nodes
    }
    heights = {
        key: (len(name) + len(note)) * sheet.leading + 2 * sheet.pad
        for key, (name, note) in words.items()
    }
    middles, height = _middles(sheet, columns, between, heights)
    boxes = {
        node.key: Box(
            node=node,
            x=lefts[place[node.layer]],
            y=middles[node.key] - heights[node.key] / 2,
            width=widths[place[node.layer]],
            height=heights[node.key],
            name=words[node.key][0],
            note=words[node.key][1],
        )
        for node in sight.nodes
    }
    extents = list(zip(lefts, widths, strict=True))
    links = tuple(
        _bent(sight, link, runs[link.pk], boxes, middles, extents, place) for link in sight.links
    )
    columns_at = tuple((layer, *extents[at]) for at, layer in enumerate(layers))
    return Set(sheet, height, columns_at, tuple(boxes.values()), links)


def _loose_last(
    columns: Sequence[list[str]], between: Sequence[Sequence[tuple[str, str]]]
) -> list[list[str]]:
    """What no link touches stands below what is linked, so that the lines keep together."""
    linked = {end for pairs in between for pair in pairs for end in pair}
    return [sorted(column, key=lambda key: key not in linked) for column in columns]


def _lines(sight: LineOfSight, sheet: Sheet, layer: Layer) -> int:
    """In how many lines a box of this layer may be set."""
    if sheet.height is None:
        return _MOST_LINES
    # What runs past a column needs room there too, but less than a box.
    share = (sheet.height - sheet.head) / max(1, len(sight.of(layer)))
    return max(1, min(_MOST_LINES, int((share - sheet.apart - 2 * sheet.pad) // sheet.leading)))


def _widths(sight: LineOfSight, sheet: Sheet, layers: Sequence[Layer]) -> list[float]:
    """The room of the columns: what each needs and a little more where there is enough, a fair part where not."""
    room = sheet.width - 2 * _EDGE - sheet.gap * (len(layers) - 1)
    needs = []
    for layer in layers:
        lines = _lines(sight, sheet, layer) if sheet.height else _SCREEN_LINES
        texts = [text for node in sight.of(layer) for text in _texts(node, lines)]
        head = width(str(layer.label), sheet.size) + 4
        needs.append(max(head, room_needed(texts, sheet.size) + 2 * sheet.pad + 4))
    scale = room / sum(needs) if needs else 1.0
    if scale > 1 and len(layers) > 1:
        scale = 1 + (scale - 1) * (1 - _TO_LINKS)
    return [need * scale for need in needs]


def _texts(node: Node, lines: int) -> list[tuple[str, int]]:
    said = node.warning or node.note
    if lines == 1 or not said:
        return [(node.name, lines)]
    return [(node.name, lines - 1), (said, 1)]


def _words(
    node: Node, sheet: Sheet, room: float, lines: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # A name is set heavier once its line is followed, on the screen only.
    inside = (room - 2 * sheet.pad - 4) * (_HEAVIER if sheet.height is None else 1)
    said = node.warning or node.note
    if lines == 1:
        return set_in_lines(node.name, room=inside, size=sheet.size, most=1), ()
    most = lines - 1 if said else lines
    name = set_in_lines(node.name, room=inside, size=sheet.size, most=most)
    note = set_in_lines(said, room=inside, size=sheet.size, most=lines - len(name)) if said else ()
    return name, note


def _lefts(sheet: Sheet, widths: Sequence[float]) -> list[float]:
    """Where the columns begin, with the same gap between any two, out to the right edge."""
    gap = (sheet.width - 2 * _EDGE - sum(widths)) / max(1, len(widths) - 1)
    lefts, at = [], _EDGE
    for each in widths:
        lefts.append(at)
        at += each + gap
    return lefts


def _middles(
    sheet: Sheet,
    columns: Sequence[Sequence[str]],
    between: Sequence[Sequence[tuple[str, str]]],
    heights: Mapping[str, float],
) -> tuple[dict[str, float], float]:
    """Where every box and every bend stands, and how high the whole is.

    Each is drawn towards the mean of its neighbours, again and again, without changing places.
    """
    high = [[heights.get(key, sheet.leading * 0.6) for key in column] for column in columns]
    tallest = max((sum(each) + sheet.apart * (len(each) - 1) for each in high if each), default=0.0)
    room = tallest if sheet.height is None else sheet.height - sheet.head
    if sheet.height is not None and tallest > room:
        high = [
            _squeezed(each, column, heights, room, sheet.apart)
            for each, column in zip(high, columns, strict=True)
        ]
    near: dict[str, list[str]] = {}
    for pairs in between:
        for source, target in pairs:
            near.setdefault(source, []).append(target)
            near.setdefault(target, []).append(source)
    middles: dict[str, float] = {}
    for column, each in zip(columns, high, strict=True):
        middles |= zip(column, _spread(each, room), strict=True)
    for _ in range(_ROUNDS):
        for column, each in zip(columns, high, strict=True):
            wanted = _wanted(column, each, near, middles)
            apart = min(3 * sheet.apart, max(sheet.apart, (room - sum(each)) / (len(each) + 1)))
            middles |= zip(column, _apart(wanted, each, apart, room), strict=True)
    return {key: sheet.head + at for key, at in middles.items()}, sheet.head + room


def _wanted(
    column: Sequence[str],
    high: Sequence[float],
    near: Mapping[str, Sequence[str]],
    middles: Mapping[str, float],
) -> list[float]:
    """Level with the mean of its neighbours; what has none, close below the one before it."""
    found: list[float] = []
    for place, key in enumerate(column):
        others = near.get(key)
        if others:
            found.append(sum(middles[other] for other in others) / len(others))
        else:
            found.append(found[-1] + high[place] if found else middles[key])
    return found


def _squeezed(
    high: Sequence[float],
    column: Sequence[str],
    heights: Mapping[str, float],
    room: float,
    apart: float,
) -> list[float]:
    """A column that is too full: what only runs past it gives way, down to nothing."""
    boxes = sum(heights.get(key, 0.0) for key in column)
    bends = sum(key not in heights for key in column)
    left = max(0.0, room - boxes - apart * len(column))
    return [
        each if key in heights else min(each, left / max(1, bends))
        for key, each in zip(column, high, strict=True)
    ]


def _spread(high: Sequence[float], room: float) -> list[float]:
    """Evenly over the whole height."""
    free = (room - sum(high)) / max(1, len(high))
    found, at = [], free / 2
    for each in high:
        found.append(at + each / 2)
        at += each + free
    return found


def _apart(
    wanted: Sequence[float], high: Sequence[float], apart: float, room: float
) -> list[float]:
    """As near as can be to where they want to stand, in their order, none upon another, all inside.

    The mean of two answers, one pushed down from above and one pushed up from below: it keeps apart too.
    """
    if not wanted:
        return []
    steps = [(one + other) / 2 + apart for one, other in pairwise(high)]
    down = [max(wanted[0], high[0] / 2)]
    for want, step in zip(wanted[1:], steps, strict=True):
        down.append(max(want, down[-1] + step))
    up = [min(wanted[-1], room - high[-1] / 2)]
    for want, step in zip(wanted[-2::-1], steps[::-1], strict=True):
        up.append(min(want, up[-1] - step))
    both = [(one + other) / 2 for one, other in zip(down, up[::-1], strict=True)]
    return _inside(both, high, steps, room)


def _inside(
    middles: list[float], high: Sequence[float], steps: Sequence[float], room: float
) -> list[float]:
    """Pushed back from both ends; too much for the room keeps its order and is squeezed evenly."""
    least = high[0] / 2
    most = room - high[-1] / 2
    if sum(steps) > most - least:
        scale = (most - least) / sum(steps) if steps else 1.0
        found = [least]
        for step in steps:
            found.append(found[-1] + step * scale)
        return found
    middles[-1] = min(middles[-1], most)
    for at in range(len(middles) - 2, -1, -1):
        middles[at] = min(middles[at], middles[at + 1] - steps[at])
    middles[0] = max(middles[0], least)
    for at in range(1, len(middles)):
        middles[at] = max(middles[at], middles[at - 1] + steps[at - 1])
    return middles


def _bent(
    sight: LineOfSight,
    link: Link,
    run: Sequence[str],
    boxes: Mapping[str, Box],
    middles: Mapping[str, float],
    extents: Sequence[tuple[float, float]],
    place: Mapping[Layer, int],
) -> Bent:
    """The points of a link: out of its source, level past each column between, into its target."""
    source, target = boxes[link.source], boxes[link.target]
    start = (source.x + source.width, source.middle)
    aside = source.node.layer is target.node.layer
    points = [start]
    for at, bend in enumerate(run[1:-1], place[source.node.layer] + 1):
        left, wide = extents[at]
        points += [(left, middles[bend]), (left + wide, middles[bend])]
    points.append((target.x + target.width if aside else target.x, target.middle))
    return Bent(
        link=link,
        firmness=sight.firmness(link),
        points=tuple(points),
        leaves_out=len(sight.skips(link)),
        aside=aside,
    )
