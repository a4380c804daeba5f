"""What table expressions may be made of, so that every engine reads them alike (design.md 7).

A name that is new here is a promise to try it on Spark first (test_spark).  Left out on purpose:
quantiles, which engines approximate in ways of their own; text search; anything that draws at random.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from trackrecord.engine import duckdb_engine
from trackrecord.errors import EvidenceError, UnknownName
from trackrecord.measures import figures
from trackrecord.measures.tests.canonical import tables
from trackrecord.measures.tests.everything import everything

TABLES = (
    "Aggregate DatabaseTable Distinct DropColumns Filter JoinChain JoinLink JoinReference Project"
)
VALUES = """
    Add Cast Coalesce SimpleCase Divide Field Greatest IfElse InValues Least Literal Multiply SearchedCase
    StringConcat Subtract DateDelta ExtractYear
"""
CONDITIONS = "And Equals Greater GreaterEqual IsNull Less LessEqual Not NotEquals NotNull Or"
REDUCTIONS = "Any Count CountStar Max Min Sum"
WINDOWS = "DenseRank Lag Lead RowNumber SortKey WindowBoundary WindowFunction"
# Each engine's own way to say "the value in the latest, or earliest, row" (engine.latest, .earliest), and
# DuckDB's tables, which it is told the columns of; Spark asks for them.
ENGINES_OWN = "placed UnboundTable"

PORTABLE = frozenset(f"{TABLES} {VALUES} {CONDITIONS} {REDUCTIONS} {WINDOWS} {ENGINES_OWN}".split())


class Recorded:
    """An engine that notes which operations it is asked to compute."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self._engine = duckdb_engine(tables)
        self.operations: set[str] = set()
        self.table, self.close = self._engine.table, self._engine.close
        self.latest, self.earliest = self._engine.latest, self._engine.earliest

    def fetch(self, expression: ir.Table) -> pa.Table:
        return self._engine.fetch(self._noted(expression))

    def keep(self, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        return self._engine.keep(name, lambda: self._noted(made()))

    def view(self, name: str, made: Callable[[], ir.Table]) -> ir.Table:
        return self._engine.view(name, lambda: self._noted(made()))

    def _noted(self, expression: ir.Table) -> ir.Table:
        self.operations |= {
            # Ibis numbers the functions that an engine brings along: placed_0, placed_1, ...
            type(node).__name__.split("_")[0]
            for node in expression.op().find(ops.Node)
        }
        return expression


def test_measures_are_made_of_what_every_engine_knows() -> None:
    engine = Recorded(everything(projects=30))

    figures(engine, by=("size", "finished_year", "Region"))

    assert engine.operations - PORTABLE == set()


def test_a_table_of_another_name_is_refused() -> None:
    with pytest.raises(UnknownName, match="baselines"):
        duckdb_engine(tables(projects=[])).table("words")


def test_a_folder_that_is_none_is_named() -> None:
    with pytest.raises(EvidenceError, match="nowhere is not a folder"):
        duckdb_engine(Path("nowhere"))
