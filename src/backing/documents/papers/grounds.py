"""What a section stands on: figures found by name, and the cases behind them.

A paper that is made from files has a whole Record to ask (`evidence.Evidence`); a page has what the worker
stored.  Sections are composed from either, so that a finding reads the same in both.
"""

from __future__ import annotations

from dataclasses import dataclass
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
