"""A chart as a picture, for files that can hold no SVG."""

from __future__ import annotations

from typing import Final

from boardpaper.chart import Chart
from boardpaper.render.ink import PRINT

_POINTS_PER_INCH: Final = 72


def png(chart: Chart, *, width: int = 640, scale: float = 2.0) -> bytes:
    """A chart as PNG through Typst: `width` CSS pixels wide at `scale` dots each; same input, same bytes."""
    from boardpaper.render.svg import draw
    from boardpaper.render.typesetting import compile_png

    content = {
        "svg": draw(chart, width=width, palette=PRINT),
        "width": width,
        "paper": PRINT["paper"],
    }
    return compile_png("picture.typ", content, pixels_per_inch=_POINTS_PER_INCH / 0.75 * scale)
