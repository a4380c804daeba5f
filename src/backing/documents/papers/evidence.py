"""What a paper is composed from: the figures of one edition, found by name, and the rows behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

import trackrecord as tr
from backing.documents.papers.grounds import Alike, Case, Trouble
from backing.documents.papers.plans import Named, Plans
from trackrecord.figure import Baseline, Figure

if TYPE_CHECKING:
    from trackrecord.problem import Problem
    from trackrecord.record import Record

# What a column that names the plan's order states: the original, or one of a numbered list of changes.
_NAMES_ITS_ORDER = pa.array(["original", "change"])


@dataclass(frozen=True)
class Evidence:
    """The figures of a Record's edition, ready to be put into claims.

    A paper never computes a number: it asks here for figures by their names, and for the values
    behind one of them to draw each project as a dot.
    """

    record: Record
    basis: tr.Basis
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

    def either(self, measure: str) -> Figure | None:
        """The figure against no baseline, as items have it, else against the original one."""
        return self.known(measure) or self.known(measure, "original")

    def moved(self, measure: str) -> Figure | None:
        """The figure against the current baseline, where that tells more than the original one."""
        first, current = self.known(measure, "original"), self.known(measure, "current")
        if first is None or current is None:
            return current
        alike = (first.value, first.low, first.high) == (current.value, current.low, current.high)
        return None if alike else current

    def groups(
        self, measure: str, baseline: Baseline | None = None, *, by: str
    ) -> tuple[Figure, ...]:
        """The figures of a measure broken down by a column, in their own order."""
        return tuple(
            figure
            for figure in self.all_figures
            if (figure.measure, figure.baseline, figure.by) == (measure, baseline, by)
        )

    @cached_property
    def causes(self) -> tuple[Figure, ...]:
        """Each named cause's share of the money, divided among causes; the largest first."""
        shares = (
            figure
            for figure in self.groups("cause_share_fractional", "original", by="cause")
            if figure.value is not None and figure.group != "unknown"
        )
        return tuple(sorted(shares, key=lambda share: (-float(share.value or 0), str(share.group))))

    @cached_property
    def plans(self) -> Plans:
        """How the registers name the plans that outcomes are set against."""
        return plans_in(self.record)

    problems_stand_in = "“problems.csv”"

    @property
    def edition(self) -> str:
        """The name of the Record's edition."""
        return self.record.edition

    @property
    def as_at(self) -> date | None:
        """The latest date that the evidence states for itself."""
        return self.record.as_at

    def cases(self, figure: Figure) -> tuple[Case, ...]:
        """Every project behind the figure with its value, largest first."""
        table = tr.rows(self.basis, figure)
        cases = (
            Case(key=row["key"], value=_in_unit(figure, row), source=_source(row))
            for row in table.to_pylist()
        )
        return tuple(sorted(cases, key=lambda case: (-case.value, case.key)))

    def troubles(self) -> tuple[Trouble, ...]:
        """What needs correcting in the files, the commonest first."""
        problems = self.record.problems
        folded = Counter((problem.code, problem.todo) for problem in problems)
        examples: dict[tuple[str, str], Problem] = {}
        for problem in problems:
            examples.setdefault((problem.code, problem.todo), problem)
        return tuple(
            Trouble(
                found=found_in_words(example.column, example.found, example.code),
                place=place_in_words(example.file, example.sheet, example.row),
                todo=example.todo,
            )
            for example in (examples[cause] for cause, _ in folded.most_common())
        )

    def alike(self) -> tuple[Alike, ...]:
        """Rows that may be one project; in no figure until a person says so."""
        return tuple(
            Alike(pair.a.key, pair.b.key, pair.because) for pair in tr.proposals(self.record)
        )


def plans_in(record: Record) -> Plans:
    """How the registers of a Record name the plans that outcomes are set against.

    A plan counts as approved where every register that states one names an original, or numbers its
    changes of plan.
    """
    baselines = record.tables()["baselines"]
    return Plans(cost=_named(baselines, "cost"), finish=_named(baselines, "finish"))


def _named(baselines: pa.Table, quantity: str) -> Named:
    """How the plan of a quantity is called in the Record's table of baselines."""
    stated = baselines.filter(pc.is_valid(baselines[quantity]))
    original = stated.filter(pc.is_in(stated["stated"], value_set=_NAMES_ITS_ORDER))
    registers = pc.unique(stated["register"])
    if len(registers) and len(registers) == len(pc.unique(original["register"])):
        return "approved"
    return "first" if len(pc.unique(stated["export"])) > 1 else "stated"


def found_in_words(column: str, found: str, code: str) -> str:
    """What stood in a cell that could not be taken."""
    words = code.replace("-", " ") or "problem"
    if found and column:
        return f"{words}: “{found}” in “{' '.join(column.split())[:40]}”"
    return f"{words}: “{found}”" if found else words


def place_in_words(file: str, sheet: str, row: int) -> str:
    """Where a cell stands, as far as it is known."""
    return ", ".join(part for part in (file, sheet, f"row {row}" if row else "") if part)


def _in_unit(figure: Figure, row: dict[str, Any]) -> float:
    """A row's value as the figure counts it: a share over its base, else days as they are."""
    if figure.unit == "share" and row.get("base") is not None:
        return float(row["value"]) / float(row["base"]) - 1
    return float(row["value"])


def _source(row: dict[str, Any]) -> str:
    sheet = f", {row['sheet']}" if row.get("sheet") else ""
    return f"{row['file']}{sheet}, row {row['row']}"
