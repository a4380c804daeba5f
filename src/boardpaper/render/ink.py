"""The colours, once: CSS variables for the page, fixed values for paper.

Contrast on the light paper: ink 15:1, ink-2 7:1, accent 8:1, edge 3.9:1 (borders and bars only).
Red, amber and green are left to the domain's own ratings, which always carry their word.
"""

from __future__ import annotations

from typing import Final

LIGHT: Final = {
    "paper": "#fbf7ee",
    "panel": "#f3ecdd",
    "ink": "#221d17",
    "ink-2": "#5c5347",
    "hair": "#d9cfbc",
    "edge": "#857a68",
    "accent": "#124a5c",
    "wash": "#e0eae7",
    "on-accent": "#fdfaf3",
    "mute-dot": "#8d8272",
}
DARK: Final = {
    "paper": "#1a1714",
    "panel": "#24201b",
    "ink": "#ece5d9",
    "ink-2": "#b9ae9d",
    "hair": "#3d362d",
    "edge": "#8b8070",
    "accent": "#92c9d8",
    "wash": "#21323a",
    "on-accent": "#10191c",
    "mute-dot": "#94897a",
}
# White paper: printers print no background, and a warm one would only grey the sheet.
PRINT: Final = LIGHT | {
    "paper": "#ffffff",
    "panel": "#f4f1ea",
    "ink-2": "#4d463c",
    "hair": "#d5cfc2",
}

# What the classes of a drawn chart look like; `{accent}` and the others are filled from a palette
# or with `var(--accent)`.
CHART_RULES: Final = """\
text {{ fill: {ink}; }}
.q {{ fill: {ink-2}; }}
.k {{ font-weight: 600; }}
.e {{ text-anchor: end; }}
.m {{ text-anchor: middle; }}
.halo {{ stroke: {paper}; stroke-width: 3px; stroke-linejoin: round; paint-order: stroke; }}
.ax {{ stroke: {hair}; }}
.base {{ stroke: {edge}; }}
.zero {{ stroke: {ink}; }}
.start {{ stroke: {ink}; stroke-dasharray: 2 3; }}
.limit {{ stroke: {edge}; stroke-dasharray: 6 4; }}
.join {{ stroke: {accent}; stroke-width: 1px; opacity: .55; }}
.dot {{ fill: {accent}; stroke: {paper}; stroke-width: 1px; }}
.dot.was {{ fill: {mute-dot}; }}
.ring {{ fill: none; stroke: {accent}; stroke-width: 1.5px; }}
.ci {{ stroke: {accent}; stroke-width: 5px; }}
.ci.was {{ stroke: {mute-dot}; }}
.mid {{ stroke: {ink}; stroke-width: 2px; }}
.band {{ fill: {panel}; stroke: {edge}; }}
.span {{ fill: {wash}; stroke: {accent}; }}
.bar {{ fill: {accent}; }}
.bar.was {{ fill: {mute-dot}; }}
"""

# What a drawn map looks like: what its lines mean is said by dashes and marks, colour only follows one.
MAP_RULES: Final = """\
.map-rule {{ stroke: {hair}; }}
.map-box {{ fill: {paper}; stroke: {edge}; stroke-width: .8px; }}
.map-box.lit {{ fill: {wash}; stroke: {accent}; stroke-width: 1.8px; }}
.map-line {{ fill: none; stroke: {ink-2}; stroke-width: 1.1px; }}
.map-line.lit {{ stroke: {accent}; stroke-width: 2.4px; }}
.map-cross {{ fill: none; stroke: {ink}; stroke-width: 1.3px; }}
.map-ring {{ fill: {paper}; stroke: {ink-2}; stroke-width: 1.1px; }}
.map-name {{ fill: {ink}; }}
.map-name.lit {{ font-weight: 600; }}
.map-line.dim {{ opacity: .3; }}
.map-cross.dim {{ opacity: .3; }}
.map-ring.dim {{ opacity: .3; }}
.map-box.dim {{ stroke: {hair}; }}
text.dim {{ fill: {ink-2}; }}
"""


def map_rules(palette: dict[str, str] | None, scope: str = "") -> str:
    """The CSS of a map's classes, as `chart_rules` gives that of a chart."""
    return _scoped(MAP_RULES, palette, scope)


def chart_rules(palette: dict[str, str] | None, scope: str = "") -> str:
    """The CSS of a chart's classes: in a palette's colours, or in the page's variables."""
    return _scoped(CHART_RULES, palette, scope)


def _scoped(rules: str, palette: dict[str, str] | None, scope: str) -> str:
    colours = palette or {name: f"var(--{name})" for name in LIGHT}
    return "\n".join(f"{scope}{rule}" for rule in rules.format_map(colours).splitlines())
