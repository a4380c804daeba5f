"""The ways in which people fill a register: gaps, words for gaps, and amounts written by hand."""

import random
from collections.abc import Callable, Sequence
from datetime import date

from backing.demo.position import Position
from backing.demo.sheet import Cell


def gaps(
    name: str, share: float, words: Sequence[Cell], cell: Callable[[Position], Cell]
) -> Callable[[Position], Cell]:
    """The cell, but in about `share` of the filled ones one of `words` (None for a blank) instead.

    name: tells this column's draws from others', so that a new column moves no old gap.
    """

    def with_gaps(position: Position) -> Cell:
        draw = draw_for(position, name)
        filled = cell(position)
        return draw.choice(words) if filled is not None and draw.random() < share else filled

    return with_gaps


def draw_for(position: Position, name: str) -> random.Random:
    """A source of chance for one cell, the same each time it is asked for."""
    project = position.project
    return random.Random(f"{project.seed} {project.id} {position.as_at} {name}")


def in_thousands(pounds: int | None) -> Cell:
    """Text as typed into a column of £k: "1,250"."""
    return None if pounds is None else f"{pounds / 1_000:,.0f}"


def in_words(pounds: int | None) -> Cell:
    """Text as typed into a column without a unit: "£1.25m", "£845k"."""
    if pounds is None:
        return None
    if pounds >= 1_000_000:
        return f"£{pounds / 1_000_000:.2f}".rstrip("0").rstrip(".") + "m"
    return f"£{pounds / 1_000:.0f}k"


def typed(day: date | None) -> Cell:
    """A date as text, day first."""
    return None if day is None else f"{day:%d/%m/%Y}"
