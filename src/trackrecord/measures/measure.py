"""What a measure is: a quantity of each project, a way to sum it up, and a sentence for a CFO.

A `Quantity` is written as table expressions, so that any engine computes it, one row a project (or
item) at most.  A `Summary` is statistics on what came back.  Undefined is never zero: a project
whose quantity is undefined has a reason, leaves the denominator and is counted beside it
(methods.md 1.4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from trackrecord.figure import Baseline, Direction
from trackrecord.measures.sample import REASONS, Sample

OUTSIDE: Final = -1  # the project is not one of those the measure speaks of

AGAINST: Final[tuple[Baseline, ...]] = ("original", "current")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What one project contributes, as columns over its facts.

    value: a number, or a whole number of days or minor units.  base: what it is set against, in the
    same unit.  kind: a small whole number, where the value alone does not say all.
    undefined: OUTSIDE, 0 where value (and base) hold, else the code of a reason.
    needs: the facts without which nobody's quantity is defined ("a|b": one of them will do); where
    one is stated nowhere, the data does not allow the measure.
    """

    value: ir.Column
    undefined: ir.Column
    needs: tuple[str, ...]
    base: ir.Column | None = None
    kind: ir.Column | None = None


QuantityOf = Callable[[ir.Table, Baseline], Quantity]


@dataclass(frozen=True, slots=True)
class Summed:
    """One number for many, with its interval where it has one; None and a reason where undefined."""

    value: float | int | None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    reason: str | None = None


Summary = Callable[[Sample, float], Summed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A named figure that the data may allow.

    name, version: part of the JSON contract; a changed formula is a new version.
    unit: "share", "days", "hours", "ratio", "projects", "items", "exports", or "money", which each
    Figure words as its currency code.
    definition: one plain sentence.
    of_projects, of_items: the quantity, for data that holds projects, items or both.
    items_first: with both, whether items speak (else projects, where two or more state it).
    against: the baselines it is set against, each a Figure of its own; (None,) where none is.
    adds_money: it sums money, so each currency has a Figure of its own.
    parts: what else of the same values is worth a Figure, by name.
    Without a summary a measure is worked out by its module, not from one quantity.
    """

    name: str
    unit: str
    definition: str
    direction: Direction | None = None
    version: int = 1
    summary: Summary | None = None
    of_projects: QuantityOf | None = None
    of_items: QuantityOf | None = None
    items_first: bool = False
    against: tuple[Baseline | None, ...] = (None,)
    adds_money: bool = False
    parts: Callable[[Sample], Mapping[str, NDArray[np.bool_]]] | None = None


def undefined(among: ir.BooleanValue, **when: ir.BooleanValue) -> ir.Column:
    """The code of the first reason that applies, in the order given; OUTSIDE for all not `among`."""
    return ibis.cases(
        (~among.fill_null(False), OUTSIDE),
        *((condition, REASONS.index(reason)) for reason, condition in when.items()),
        else_=0,
    ).cast("int8")


def completed(facts: ir.Table) -> ir.BooleanValue:
    """Projects whose actuals are final: said to be finished, or of which no state is known at all."""
    return (facts.state == "finished") | facts.state.isnull()
