"""The map as SVG: what is said by a dash, a cross or a ring is never said by colour alone.

Solid is evidenced, dashed plausible, dotted assumed; a cross breaks the line, a ring stands for each step
that a link leaves out, and such a link is never solid.  The classes are those of `boardpaper.render.ink`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Final

from backing.benefits.firmness import Firmness
from backing.benefits.picture.letters import width
from backing.benefits.picture.setting import Bent, Box, Set, Sheet, set_out
from backing.benefits.tracing import LineOfSight, Lit

_DASHES: Final = {
    Firmness.EVIDENCED: "",
    Firmness.PLAUSIBLE: "6 4",
    Firmness.ASSUMED: "1.5 3.5",
    Firmness.BROKEN: "1.5 3.5",
}
_LEFT_OUT: Final = "11 4"  # instead of solid, where a step is left out
_KEY: Final = 2.4  # lines that the row of signs takes
Address = Callable[[str], str]


def draw(
    sight: LineOfSight,
    sheet: Sheet,
    *,
    title: str,
    lit: Lit | None = None,
    address: Address | None = None,
    chosen: str = "",
) -> str:
    """One `<svg>`.  address: where choosing a step leads, by its key; without it nothing can be chosen."""
    placed = set_out(sight, sheet)
    shown = sorted(placed.links, key=lambda each: lit is not None and each.link.pk in lit.links)
    top = sheet.size * _KEY
    high = _n(placed.height + top + 2)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(sheet.width)} {high}"'
            f' role="{"group" if address else "img"}" aria-label="{escape(title)}">'
        ),
        f'<g font-size="{_n(sheet.size)}">',
        *_key(sheet, followed=lit is not None),
        f'<g transform="translate(0 {_n(top)})">',
        *_heads(placed),
        *(part for bent in shown for part in _link(bent, sheet, lit)),
        *(part for box in placed.boxes for part in _box(box, sheet, lit, address, chosen)),
        "</g></g></svg>",
    ]
    return "\n".join(parts)  # words of two lines read as two words


def _key(sheet: Sheet, *, followed: bool) -> Iterator[str]:
    """What the lines and edges mean, in a row."""
    size = sheet.size
    middle, x = size * 0.8, 0.0
    signs = (
        ("evidenced", "", ""),
        ("plausible", _DASHES[Firmness.PLAUSIBLE], ""),
        ("assumed", _DASHES[Firmness.ASSUMED], ""),
        ("broken: nobody owns a step", _DASHES[Firmness.BROKEN], "cross"),
        ("a step is left out", _LEFT_OUT, "ring"),
        ("something is missing", "2 2.5", "box"),
        *((("the line you follow", "", "lit"),) if followed else ()),
    )
    for words, dashes, mark in signs:
        long = size * 3
        shade = " lit" if mark == "lit" else ""
        line = f"M{_n(x)} {_n(middle)}h{_n(long)}"
        if mark == "box":
            yield (
                f'<rect class="sign map-box" x="{_n(x)}" y="{_n(size * 0.3)}" width="{_n(long)}" '
                f'height="{_n(size)}" rx="2"{_dashed(dashes)}/>'
            )
        else:
            yield f'<path class="map-line{shade}" d="{line}"{_dashed(dashes)}/>'
        if mark == "cross":
            yield _cross(x + long / 2, middle, size)
        elif mark == "ring":
            yield _ring(x + long / 2, middle, size)
        x += long + size * 0.6
        yield f'<text class="q" x="{_n(x)}" y="{_n(middle + size * 0.35)}">{words}</text>'
        x += width(words, size) + size * 1.6


def _heads(placed: Set) -> Iterator[str]:
    sheet = placed.sheet
    base = sheet.head - sheet.size * 0.95
    for layer, x, _ in placed.columns:
        yield f'<text class="q" x="{_n(x)}" y="{_n(base)}">{layer.label}</text>'
    rule = base + sheet.size * 0.5
    yield f'<path class="map-rule" d="M0 {_n(rule)}H{_n(sheet.width)}"/>'


def _link(bent: Bent, sheet: Sheet, lit: Lit | None) -> Iterator[str]:
    dashes = _DASHES[bent.firmness] or (_LEFT_OUT if bent.leaves_out else "")
    shade = "" if lit is None else " lit" if bent.link.pk in lit.links else " dim"
    yield f'<path class="map-line{shade}" d="{_path(bent, sheet)}"{_dashed(dashes)}/>'
    x, y = _halfway(bent, sheet)
    if bent.firmness is Firmness.BROKEN:
        yield _cross(x, y, sheet.size, shade)
    elif bent.leaves_out:
        reach = sheet.size * 0.75
        for number in range(bent.leaves_out):
            yield _ring(x + (number - (bent.leaves_out - 1) / 2) * reach, y, sheet.size, shade)


def _path(bent: Bent, sheet: Sheet) -> str:
    (x, y), *rest = bent.points
    said = [f"M{_n(x)} {_n(y)}"]
    if bent.aside:
        (to_x, to_y) = rest[0]
        out = sheet.gap * 0.55
        return f"{said[0]}C{_n(x + out)} {_n(y)} {_n(to_x + out)} {_n(to_y)} {_n(to_x)} {_n(to_y)}"
    for number, (to_x, to_y) in enumerate(rest):
        if number % 2:
            said.append(f"H{_n(to_x)}")
        else:
            half = (x + to_x) / 2
            said.append(f"C{_n(half)} {_n(y)} {_n(half)} {_n(to_y)} {_n(to_x)} {_n(to_y)}")
        x, y = to_x, to_y
    return "".join(said)


def _halfway(bent: Bent, sheet: Sheet) -> tuple[float, float]:
    """Where a mark sits: on the last bend, or in the middle of a link that bends but once."""
    points = bent.points
    if bent.aside:
        (x, y), (_, to_y) = points
        return x + sheet.gap * 0.41, (y + to_y) / 2
    (x, y), (to_x, to_y) = points[-2:]
    if len(points) > 2:  # on the level stretch past the last column
        (x, y), (to_x, to_y) = points[-3:-1]
    return (x + to_x) / 2, (y + to_y) / 2


def _box(
    box: Box, sheet: Sheet, lit: Lit | None, address: Address | None, chosen: str
) -> Iterator[str]:
    node = box.node
    shade = "" if lit is None else " lit" if node.key in lit.nodes else " dim"
    if address is not None:
        here = escape(address(node.key))
        current = ' aria-current="true"' if node.key == chosen else ""
        yield (
            f'<a id="map-{node.key}" href="{here}" hx-get="{here}" class="map-step{shade}"{current} '
            f'aria-label="{escape(_said(box))}">'
        )
    loose = bool(node.warning)
    dashes = _dashed("2 2.5") if loose else ""
    yield (
        f'<rect class="map-box{shade}" x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" '
        f'height="{_n(box.height)}" rx="2"{dashes}/>'
    )
    x = box.x + sheet.pad + 2
    y = box.y + sheet.pad + sheet.leading * 0.76
    for line in box.name:
        yield f'<text class="map-name{shade}" x="{_n(x)}" y="{_n(y)}">{escape(line)}</text>'
        y += sheet.leading
    style = "k" if node.warning else "q"
    for line in box.note:
        yield f'<text class="{style}{shade}" x="{_n(x)}" y="{_n(y)}">{escape(line)}</text>'
        y += sheet.leading
    if address is not None:
        yield "</a>"


def _said(box: Box) -> str:
    """A step as it is read aloud."""
    node = box.node
    parts = (node.layer.label, node.name, node.warning, node.note)
    return ". ".join(part for part in map(str, parts) if part)


def _cross(x: float, y: float, size: float, shade: str = "") -> str:
    arm = size * 0.36
    return (
        f'<path class="map-cross{shade}" d="M{_n(x - arm)} {_n(y - arm)}l{_n(2 * arm)} {_n(2 * arm)}'
        f'm0 {_n(-2 * arm)}l{_n(-2 * arm)} {_n(2 * arm)}"/>'
    )


def _ring(x: float, y: float, size: float, shade: str = "") -> str:
    return f'<circle class="map-ring{shade}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(size * 0.26)}"/>'


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _n(number: float) -> str:
    """A number as short as a tenth allows."""
    return f"{number:.1f}".removesuffix(".0")
