"""What was said in pulses, as blocks of a document: n and how the marks spread, never a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backing.rhythm.models.pulses import MARKS
from backing.rhythm.pulses import PulseSaid
from boardpaper.blocks import Cell, Column, Statement, Table
from boardpaper.claim import Claim, Name
from boardpaper.wording import en

_NOTE = "How many gave each mark, from not at all to fully. Groups of five answers or more."


def told(said: Iterable[PulseSaid]) -> Iterator[Table | Statement]:
    """The latest first; of a group that is too small, only that it is."""
    pulses = tuple(said)
    rows = tuple(row for pulse in pulses for row in _rows(pulse))
    if rows:
        yield Table(
            columns=(
                *(Column(name=name) for name in ("Asked without names", "Until")),
                *(Column(name=str(name), align="right") for name in ("n", "asked", *MARKS)),
            ),
            rows=rows,
            note=_NOTE,
        )
    small = [each for pulse in pulses for each in _too_few(pulse)]
    if small:
        fewer = Claim(
            "Too few answered for anything to be shown: {who}.", who=Name("; ".join(small))
        )
        yield Statement(claims=(fewer,))


def _rows(pulse: PulseSaid) -> Iterator[tuple[Cell, ...]]:
    for group in pulse.groups:
        for each in group.questions:
            numbers = (each.n, group.asked, *each.counts)
            yield (f"{group.who}: {each.question}", pulse.closed, *map(str, numbers))


def _too_few(pulse: PulseSaid) -> Iterator[str]:
    until = f"{en.day(pulse.closed)}"
    for group in pulse.groups:
        if group.answered is None:
            yield f"{group.who.lower()}, asked until {until}"
