"""What a section stands on: figures found by name, and the cases behind them.

A paper that is made from files has a whole Record to ask (`evidence.Evidence`); a page has what the worker
stored.  Sections are composed from either, so that a finding reads the same in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from trackrecord.figure import Baseline, Figure

# Fewer projects than this make no finding and no group (design.md 4): they are counted as they are.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Case:
    """One project's value behind a figure.  source: file and row, as "says who?" prints it."""

    key: str
    value: float
    source: str


class Grounds(Protocol):
    """Figures of one edition by their names; nothing here is computed."""

    def get(
        self,
        measure: str,
        baseline: Baseline | None = None,
        *,
        by: str | None = None,
        group: str | None = None,
    ) -> Figure | None:
        """The figure of that name, defined or not; None where the data do not have it at all."""

    def known(
        self,
        measure: str,
        baseline: Baseline | None = None,
        *,
        by: str | None = None,
        group: str | None = None,
    ) -> Figure | None:
        """The figure of that name where it has a value."""

    def either(self, measure: str) -> Figure | None:
        """The figure against no baseline, as items have it, else against the original one."""

    def moved(self, measure: str) -> Figure | None:
        """The figure against the current baseline, where that tells more than the original one."""

    def groups(
        self, measure: str, baseline: Baseline | None = None, *, by: str
    ) -> tuple[Figure, ...]:
        """The figures of a measure broken down by a column, in their own order."""

    @property
    def causes(self) -> tuple[Figure, ...]:
        """Each named cause's share of the money, divided among causes; the largest first."""

    def cases(self, figure: Figure) -> tuple[Case, ...]:
        """Every project behind the figure with its value, largest first."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Rows that could not be taken for one reason.  found: what stood there; place: the first of them."""

    found: str
    place: str
    todo: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two rows that may be one project under two numbers, and what speaks for it."""

    one: str
    other: str
    because: str


class CaseGrounds(Grounds, Protocol):
    """What the whole case stands on: the figures, and what is not known."""

    @property
    def edition(self) -> str:
        """The name of the Record's edition."""

    @property
    def as_at(self) -> date | None:
        """The latest date that the evidence states for itself."""

    @property
    def all_figures(self) -> Sequence[Figure]:
        """Every figure of the edition, in the library's order."""

    @property
    def problems_stand_in(self) -> str:
        """Where a reader finds every single problem, as words of a sentence."""

    def troubles(self) -> Sequence[Trouble]:
        """What needs correcting in the files, the commonest first."""

    def alike(self) -> Sequence[Alike]:
        """Rows that may be one project; in no figure until a person says so."""
