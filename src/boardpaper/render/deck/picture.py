"""Diagrams as pictures: a deck has no drawing of them that could be edited, only their outline."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pptx.slide import Slide

from boardpaper.blocks import Diagram
from boardpaper.render.as_text import writable
from boardpaper.render.deck.box import Box
from boardpaper.render.ink import LIGHT, PRINT
from boardpaper.render.svg import standing_alone
from boardpaper.render.typesetting import compile_png

_WIDTH: Final = 760
_PIXELS_PER_INCH: Final = 192.0
_SIZE_IN_PNG: Final = slice(16, 24)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and how high it is for its width."""

    content: bytes
    ratio: float


def picture(diagram: Diagram, *, own: bool) -> Picture:
    """A diagram on our paper, or on white for a user's template."""
    return _made(diagram.svg, own)


@lru_cache(maxsize=8)
def _made(svg: str, own: bool) -> Picture:
    palette = LIGHT if own else PRINT
    content = compile_png(
        "picture.typ",
        {
            "svg": standing_alone(svg, width=_WIDTH, palette=palette),
            "width": _WIDTH,
            "paper": palette["paper"],
        },
        pixels_per_inch=_PIXELS_PER_INCH,
    )
    width, height = struct.unpack(">II", content[_SIZE_IN_PNG])
    return Picture(content, height / width)


def put(slide: Slide, box: Box, made: Picture, alternative: str) -> None:
    """The picture as wide as the box, with its words for those who cannot see it."""
    left, top, width, _ = Box(box.left, box.top, box.width, box.width * made.ratio).emu
    shape = slide.shapes.add_picture(io.BytesIO(made.content), left, top, width)
    describe(shape.element, alternative)


def describe(element: Any, alternative: str) -> None:
    """The text alternative of a picture or chart, which python-pptx cannot set."""
    element.xpath(".//p:cNvPr")[0].set("descr", writable(alternative))
