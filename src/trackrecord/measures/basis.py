"""What figures are made from: facts computed once and held by an engine, and samples of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from trackrecord import facts
from trackrecord.engine import Engine
from trackrecord.figure import Baseline, Figure
from trackrecord.measures import grouping
from trackrecord.measures.measure import OUTSIDE, Measure, Quantity, QuantityOf, Summed
from trackrecord.measures.sample import REASONS, Sample
from trackrecord.measures.standing import with_standing
from trackrecord.values.currencies import minor_units

Level = Literal["projects", "items"]
Against = Baseline | None
Key = tuple[str, Against]  # a quantity and the baseline it is set against

# The unit of money whose currency no source states: ISO 4217's code for "no currency".
NO_CURRENCY: Final = "XXX"
_ALIEN: Final = REASONS.index("unit_mismatch")
# What the parts of a measure are called by.
OUTCOME: Final = "outcome"
# With items beside them, projects speak for a measure from this many on.
FEWEST_PROJECTS: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One group of a breakdown; by and group None: everything.

    rows: which rows of what was fetched.  currency: the one its money is in, where money is added;
    a row of the cell that states no currency is then undefined.
    """

    by: str | None
    group: str | None
    rows: NDArray[np.bool_] | slice
    currency: str | None = None


EVERYTHING: Final = Cell(None, None, slice(None))


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """A text column as codes: row i is called names[codes[i]]."""

    codes: NDArray[np.int64]
    names: list[str]

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> Labels:
        encoded = column.combine_chunks().dictionary_encode()
        return cls(encoded.indices.to_numpy().astype(np.int64), encoded.dictionary.to_pylist())

    def are(self, name: str) -> NDArray[np.bool_]:
        """Which rows are called so."""
        code = self.names.index(name) if name in self.names else -1
        rows: NDArray[np.bool_] = self.codes == code
        return rows


@dataclass(frozen=True, slots=True, eq=False)
class Fetched:
    """What came back from an engine for one level: one entry a project, or item.

    undefined, values: by quantity and baseline; the values of a quantity are value and, where it has
    them, base and kind.  defined: how many are.  needs: the facts a quantity cannot do without.
    confirmed, corrected: whether its project's owner did so.
    """

    labels: Sequence[Labels]
    currency: Labels
    undefined: Mapping[Key, NDArray[np.int8]]
    values: Mapping[Key, Sequence[NDArray[Any] | None]]
    defined: Mapping[Key, int]
    needs: Mapping[Key, Sequence[str]]
    confirmed: NDArray[np.bool_]
    corrected: NDArray[np.bool_]


@dataclass(kw_only=True)
class Basis:
    """An engine, and the facts it holds.

    edition: the basis every Figure names.  by: the columns to break down by.  level: of intervals.
    confirmed, corrected: the projects whose owners did so.
    rows_taken: of the sources; None where what was read is not known.  rows_with_problems: the rest.
    """

    engine: Engine
    edition: str = ""
    by: Sequence[str] = ()
    level: float = 0.95
    confirmed: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()
    rows_taken: int | None = None
    rows_with_problems: int = 0
    _fetched: dict[Level, Fetched] = field(default_factory=dict)

    @cached_property
    def projects(self) -> ir.Table:
        """One row a project (trackrecord.facts), with a column for each breakdown: by_0, by_1, ..."""
        return self.engine.view(self._called("projects"), self._labelled_projects)

    def _labelled_projects(self) -> ir.Table:
        found = with_standing(self.engine, facts.projects(self.engine))
        for position, by in enumerate(self.by):
            labelled = grouping.label(self.engine, found, by)
            found = labelled.rename({f"by_{position}": "group"})
        return found

    @cached_property
    def items(self) -> ir.Table:
        """One row an item, with its project's currency and a column for each breakdown."""
        return self.engine.view(self._called("items"), self._labelled_items)

    def _called(self, name: str) -> str:
        """A name for a view of this basis: another breakdown of the same engine's is another view."""
        return f"{name}_by_{hashlib.sha256(repr(tuple(self.by)).encode()).hexdigest()[:12]}"

    def _labelled_items(self) -> ir.Table:
        labels = [f"by_{position}" for position in range(len(self.by))]
        projects = self.projects.select("currency", *labels, of="number")
        rows = facts.items(self.engine)
        joined = rows.left_join(projects, [("number", "of")]).drop("of")
        for label, by in zip(labels, self.by, strict=True):
            moved = grouping.label_items(self.engine, joined.rename(group=label), by)
            joined = moved.rename({label: "group"})
        return joined

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Whether there are projects only, or items as well."""
        rows = self.engine.table("items")
        has_items = self.engine.fetch(rows.agg(n=rows.count()))["n"][0].as_py()
        return ("projects", "items") if has_items else ("projects",)

    @cached_property
    def as_at(self) -> date | None:
        """The latest date any export speaks of."""
        found = self.engine.fetch(self.projects.agg(as_at=self.projects.as_at.max()))
        latest: date | None = found["as_at"][0].as_py()
        return latest

    @cached_property
    def stated(self) -> Mapping[Level, Mapping[str, int]]:
        """How many projects, or items, state each fact."""
        found = {}
        for level in self.levels:
            table = self.table(level)
            counts = table.agg(**{column: table[column].count() for column in table.columns})
            found[level] = self.engine.fetch(counts).to_pylist()[0]
        return found

    def ask(self, measures: Sequence[Measure]) -> None:
        """Fetches, in one query a level, every quantity that measures will want."""
        self._fetched.clear()  # the one before is let go of first
        for level in self.levels:
            quantities = {
                (of.__name__, baseline): of(self.table(level), baseline or "original")
                for measure in measures
                if (of := quantity_of(measure, level)) is not None
                for baseline in against(measure, level)
            }
            self._fetched[level] = self._answer(level, quantities)

    def figures(self, measures: Sequence[Measure]) -> Iterator[Figure]:
        """The Figures of measures that sum up one quantity: overall first, original before current.

        Together, so that each sample is cut, and sorted, once.  They must have been asked for.
        """
        samples: dict[tuple[Against, str | None, str | None, str | None], Sample | None] = {}
        for measure in measures:
            level = self.speaks(measure)
            if level is None or measure.summary is None:
                continue
            allowed = self._allowed(level, measure)
            for cell in self._cells(level, measure):
                for baseline in allowed:
                    place = (baseline, cell.by, cell.group, cell.currency)
                    if place not in samples:
                        samples[place] = self._sample(level, measure, baseline, cell)
                    sample = samples[place]
                    if sample is not None:
                        yield from self._summed(measure, sample, cell, baseline)

    def speaks(self, measure: Measure) -> Level | None:
        """Whether projects or items speak for a measure; None where the data allows neither."""
        projects = max(self._allowed("projects", measure).values(), default=-1)
        items = max(self._allowed("items", measure).values(), default=-1)
        if items > 0 and (measure.items_first or projects < FEWEST_PROJECTS):
            return "items"
        return "projects" if projects >= 0 else "items" if items >= 0 else None

    def figure(
        self,
        measure: Measure,
        summed: Summed,
        sample: Sample,
        *,
        cell: Cell = EVERYTHING,
        baseline: Against = None,
    ) -> Figure:
        """A Figure, in major units where it is money."""
        unit, factor = measure.unit, 1
        if unit == "money":
            unit, factor = cell.currency or NO_CURRENCY, minor_units(cell.currency)

        def major(number: float | int | None) -> float | int | None:
            return number if number is None or factor == 1 else number / factor

        return Figure(
            measure=measure.name,
            version=measure.version,
            definition=measure.definition,
            unit=unit,
            direction=measure.direction,
            value=major(summed.value),
            reason=summed.reason,
            low=major(summed.low),
            high=major(summed.high),
            level=summed.level,
            n=sample.n,
            missing={reason: n for reason, n in sorted(sample.missing.items()) if n},
            baseline=baseline,
            by=cell.by,
            group=cell.group,
            as_at=self.as_at,
            basis=self.edition,
            confirmed=sample.confirmed,
            corrected=sample.corrected,
        )

    def table(self, level: Level) -> ir.Table:
        """The facts of projects, or of items."""
        return self.projects if level == "projects" else self.items

    def _summed(
        self, measure: Measure, sample: Sample, cell: Cell, baseline: Against
    ) -> Iterator[Figure]:
        assert measure.summary is not None
        summed = measure.summary(sample, self.level)
        yield self.figure(measure, summed, sample, cell=cell, baseline=baseline)
        if measure.parts is not None and cell.group is None:
            for name, rows in measure.parts(sample).items():
                part = sample.part(rows)
                summed = measure.summary(part, self.level)
                place = replace(cell, by=OUTCOME, group=name)
                yield self.figure(measure, summed, part, cell=place, baseline=baseline)

    def _allowed(self, level: Level, measure: Measure) -> dict[Against, int]:
        """For how many a measure's quantity is defined, by baseline; without the baselines against
        which nobody could say, since a fact they need is stated nowhere."""
        of = quantity_of(measure, level)
        if of is None or level not in self._fetched:
            return {}
        fetched, stated = self._fetched[level], self.stated[level]
        keys = [(of.__name__, baseline) for baseline in against(measure, level)]
        return {
            key[1]: fetched.defined[key]
            for key in keys
            if fetched.defined[key]
            or all(any(stated[fact] for fact in need.split("|")) for need in fetched.needs[key])
        }

    def _answer(self, level: Level, quantities: Mapping[Key, Quantity]) -> Fetched:
        table = self.table(level)
        columns = {label: table[label] for label in self._label_columns()}
        columns["currency"] = table.currency.fill_null(NO_CURRENCY)
        if self.confirmed or self.corrected:
            columns["project"] = table.project
        for number, quantity in enumerate(quantities.values()):
            defined = quantity.undefined == 0
            columns[f"undefined_{number}"] = quantity.undefined
            # Without nulls whole numbers arrive as such, however large.
            columns[f"value_{number}"] = defined.ifelse(quantity.value, 0)
            if quantity.base is not None:
                columns[f"base_{number}"] = defined.ifelse(quantity.base, 0)
            if quantity.kind is not None:
                columns[f"kind_{number}"] = quantity.kind.cast("int8").fill_null(0)
        found = self._rows(level, table.select(**columns))
        numbers = {
            column: found[column].to_numpy()
            for column in found.column_names
            if not pa.types.is_string(found.schema.field(column).type)
        }
        undefined = {key: numbers[f"undefined_{number}"] for number, key in enumerate(quantities)}
        return Fetched(
            labels=[Labels.of(found[label]) for label in self._label_columns()],
            currency=Labels.of(found["currency"]),
            undefined=undefined,
            values={
                key: [numbers.get(f"{part}_{number}") for part in ("value", "base", "kind")]
                for number, key in enumerate(quantities)
            },
            defined={key: int(np.count_nonzero(codes == 0)) for key, codes in undefined.items()},
            needs={key: quantity.needs for key, quantity in quantities.items()},
            confirmed=_among(found, self.confirmed),
            corrected=_among(found, self.corrected),
        )

    def _rows(self, level: Level, rows: ir.Table) -> pa.Table:
        if level == "projects":
            return self.engine.fetch(rows)
        # There may be many more items than projects, but few differ: equal ones travel as one.
        counted = self.engine.fetch(rows.group_by(rows.columns).agg(alike=rows.count()))
        positions = np.repeat(np.arange(counted.num_rows), counted["alike"].to_numpy())
        return counted.drop_columns(["alike"]).take(pa.array(positions))

    def _label_columns(self) -> list[str]:
        return [f"by_{position}" for position in range(len(self.by))]

    def _cells(self, level: Level, measure: Measure) -> Iterator[Cell]:
        yield from self._by_currency(level, measure, EVERYTHING)
        for by, labels in zip(self.by, self._fetched[level].labels, strict=True):
            for name in grouping.in_order(labels.names, by=by):
                yield from self._by_currency(level, measure, Cell(by, name, labels.are(name)))

    def _by_currency(self, level: Level, measure: Measure, cell: Cell) -> Iterator[Cell]:
        """The cell, or where money of several currencies would be added, a part of it for each."""
        if not measure.adds_money and measure.unit != "money":
            yield cell
            return
        currency = self._fetched[level].currency
        present = {currency.names[code] for code in np.unique(currency.codes[cell.rows])}
        known = sorted(present - {NO_CURRENCY})
        if len(known) < 2:
            yield replace(cell, currency=known[0] if known else None)
            return
        for name in known:
            rows = currency.are(name) | currency.are(NO_CURRENCY)
            if isinstance(cell.rows, slice):
                yield Cell("currency", name, rows, name)
            else:
                yield Cell(cell.by, f"{cell.group} / {name}", rows & cell.rows, name)

    def _sample(
        self, level: Level, measure: Measure, baseline: Against, cell: Cell
    ) -> Sample | None:
        """The values of one cell; None where it holds no project the measure speaks of."""
        of = quantity_of(measure, level)
        assert of is not None
        fetched, key = self._fetched[level], (of.__name__, baseline)
        code = fetched.undefined[key][cell.rows]
        if cell.currency is not None:
            unstated = fetched.currency.are(NO_CURRENCY)[cell.rows]
            code = np.where(unstated & (code == 0), _ALIEN, code)
        among, defined = code != OUTSIDE, code == 0
        if not among.any():
            return None
        value, base, kind = (
            None if numbers is None else numbers[cell.rows][defined]
            for numbers in fetched.values[key]
        )
        assert value is not None
        counts = np.bincount(code[among & ~defined], minlength=len(REASONS))
        missing = {reason: int(counts[place]) for place, reason in enumerate(REASONS)}
        return Sample(
            value,
            base,
            kind,
            missing=missing,
            confirmed=int(np.count_nonzero(fetched.confirmed[cell.rows][defined])),
            corrected=int(np.count_nonzero(fetched.corrected[cell.rows][defined])),
        )


def _among(found: pa.Table, projects: frozenset[str]) -> NDArray[np.bool_]:
    """Which rows are of these projects."""
    if not projects:
        return np.zeros(found.num_rows, dtype=np.bool_)
    rows = pc.is_in(found["project"], value_set=pa.array(sorted(projects), pa.string()))
    return np.asarray(rows.to_numpy(), dtype=np.bool_)


def quantity_of(measure: Measure, level: Level) -> QuantityOf | None:
    """What a measure sums up for projects, or for items."""
    return measure.of_projects if level == "projects" else measure.of_items


def against(measure: Measure, level: Level) -> tuple[Against, ...]:
    """Items are set against their own estimates, never against a project's baselines."""
    return measure.against if level == "projects" else (None,)
