"""What a paper is composed from: the figures of one edition, found by name, and the rows behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import trackrecord as tr
from trackrecord.figure import Baseline, Figure
from trackrecord.record import Record


@dataclass(frozen=True, slots=True)
class Case:
    """One project's value behind a figure.  source: file and row, as "says who?" prints it."""

    key: str
    value: float
    source: str


@dataclass(frozen=True)
class Evidence:
    """The figures of a Record's edition, ready to be put into claims.

    A paper never computes a number: it asks here for figures by their names, and for the values
    behind one of them to draw each project as a dot.
    """

    record: Record
    all_figures: Sequence[Figure]

    @cached_property
    def _by_name(self) -> dict[tuple[str, Baseline | None, str | None, str | None], Figure]:
        return {
            (figure.measure, figure.baseline, figure.by, figure.group): figure
            for figure in self.all_figures
        }

    def get(
        self,
        measure: str,
        baseline: Baseline | None = None,
        *,
        by: str | None = None,
        group: str | None = None,
    ) -> Figure | None:
        """The figure of that name, defined or not; None where the data do not have it at all."""
        return self._by_name.get((measure, baseline, by, group))

    def known(
        self,
        measure: str,
        baseline: Baseline | None = None,
        *,
        by: str | None = None,
        group: str | None = None,
    ) -> Figure | None:
        """The figure of that name where it has a value."""
        figure = self.get(measure, baseline, by=by, group=group)
        return figure if figure is not None and figure.value is not None else None

    def groups(self, measure: str, baseline: Baseline | None = None) -> tuple[Figure, ...]:
        """The figures of a measure by group, in their own order."""
        return tuple(
            figure
            for figure in self.all_figures
            if (figure.measure, figure.baseline) == (measure, baseline) and figure.group is not None
        )

    @property
    def as_at(self) -> date | None:
        """The latest date that the evidence states for itself."""
        return self.record.as_at

    def cases(self, figure: Figure) -> tuple[Case, ...]:
        """Every project behind the figure with its value, largest first."""
        table = tr.rows(self.record, figure)
        return tuple(
            Case(key=row["key"], value=float(row["value"]), source=_source(row))
            for row in table.to_pylist()
            if row["value"] is not None
        )


def _source(row: dict[str, object]) -> str:
    sheet = f", {row['sheet']}" if row.get("sheet") else ""
    return f"{row['file']}{sheet}, row {row['row']}"
