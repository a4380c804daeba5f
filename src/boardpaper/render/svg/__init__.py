"""Charts as SVG: x in per cent and y in pixels, so that text stays readable and dots stay round.

A drawer lays a chart out for the narrowest width it will be shown at; any wider, it only breathes.
A page therefore takes two drawings, one for a desk and one for a phone, and shows one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from boardpaper.chart import Chart, Kind
from boardpaper.render import ink
from boardpaper.render.svg import bars, dots, funnel, intervals, pareto, run, xmr
from boardpaper.render.svg.canvas import FONT, FONT_SIZE, Canvas
from boardpaper.render.svg.png import png
from boardpaper.render.svg.table import chart_table

__all__ = ["DESK", "PHONE", "chart_table", "draw", "png", "standing_alone"]

DESK: Final = 640
PHONE: Final = 300

_DRAWERS: Final[dict[Kind, Callable[[Chart, Canvas], float]]] = {
    "dots": dots.draw,
    "intervals": intervals.draw,
    "pareto": pareto.draw,
    "funnel": funnel.draw,
    "run": run.draw,
    "xmr": xmr.draw,
    "bars": bars.draw,
}


def draw(
    chart: Chart, *, width: int = DESK, name: str = "chart", palette: dict[str, str] | None = None
) -> str:
    """A chart as one `<svg>` element that says what it shows.

    width: the narrowest width in pixels it will be shown at.  name: prefix of its element ids, unique
    in a page.  palette: colours to draw it in, which also fixes its width and makes it stand alone
    (for Typst and files); without one it takes the page's CSS variables and classes.
    """
    canvas = Canvas(width=width, stands_alone=palette is not None)
    height = _DRAWERS[chart.kind](chart, canvas)
    style = ink.chart_rules(palette) if palette else ""
    return canvas.finished(chart, height=height, name=name, style=style)


def standing_alone(svg: str, *, width: int, palette: dict[str, str]) -> str:
    """A picture drawn for the page, as one that needs no page: with its width, font and colours.

    For diagrams, which documents bring as finished SVG in the page's classes.
    """
    opening, rest = svg.split(">", 1)
    fixed = f'{opening} width="{width}" font-family="{FONT}" font-size="{FONT_SIZE}"'
    rules = f"{ink.chart_rules(palette)}\n{ink.map_rules(palette)}"
    return f"{fixed}><style>{rules}</style>{rest}"
