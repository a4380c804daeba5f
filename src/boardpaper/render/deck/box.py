"""A place on a slide, in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pptx.util import Emu

EMU_PER_POINT: Final = 12_700


def emu(points: float) -> Emu:
    """Points as PowerPoint counts them."""
    return Emu(round(points * EMU_PER_POINT))


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width and height in points, from the slide's top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height as PowerPoint counts."""
        return emu(self.left), emu(self.top), emu(self.width), emu(self.height)

    def below(self, height: float) -> Box:
        """What is left of it under its first `height` points."""
        return Box(self.left, self.top + height, self.width, max(0.0, self.height - height))

    def head(self, height: float) -> Box:
        """Its first `height` points."""
        return Box(self.left, self.top, self.width, min(height, self.height))

    def above(self, height: float) -> Box:
        """What is left of it over its last `height` points."""
        return Box(self.left, self.top, self.width, max(0.0, self.height - height))

    def foot(self, height: float) -> Box:
        """Its last `height` points."""
        return Box(self.left, self.bottom - height, self.width, height)

    def split(self, share: float, gutter: float) -> tuple[Box, Box]:
        """Two boxes side by side; the first takes that share of the width."""
        first = (self.width - gutter) * share
        return (
            Box(self.left, self.top, first, self.height),
            Box(self.left + first + gutter, self.top, self.width - first - gutter, self.height),
        )
