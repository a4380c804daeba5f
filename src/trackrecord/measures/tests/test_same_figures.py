"""The same rows give the same figures, digit for digit, however they come (design.md 3, determinism)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from trackrecord.engine import Engine, duckdb_engine
from trackrecord.figure import Figure
from trackrecord.measures import MEASURES, figures
from trackrecord.measures.tests.everything import everything

BY = ("org_unit", "size", "Region")


def shuffled(tables: dict[str, pa.Table], seed: int) -> dict[str, pa.Table]:
    rng = np.random.default_rng(seed)
    return {
        name: rows.take(pa.array(rng.permutation(rows.num_rows))) for name, rows in tables.items()
    }


def in_files(tables: dict[str, pa.Table], folder: Path, files: int = 4) -> Path:
    """Each table as several Parquet files, whose row groups an engine reads side by side."""
    for name, rows in tables.items():
        (folder / name).mkdir()
        for number in range(files):
            part = rows.take(pa.array(range(number, rows.num_rows, files), pa.int64()))
            pq.write_table(part, folder / name / f"{number}.parquet", row_group_size=16)
    return folder


@pytest.fixture(scope="module")
def first() -> list[Figure]:
    return figures(everything(), by=BY)


def test_the_record_of_these_tests_allows_every_measure(first: list[Figure]) -> None:
    allowed = {each.measure for each in first if each.value is not None}

    assert set(MEASURES) - allowed == {"rows_taken"}  # which only a Record knows


@pytest.mark.parametrize(
    "engine",
    [
        lambda folder: duckdb_engine(shuffled(everything(), 1), threads=1),
        lambda folder: duckdb_engine(shuffled(everything(), 2), threads=4),
        lambda folder: duckdb_engine(in_files(shuffled(everything(), 3), folder), threads=3),
        lambda folder: duckdb_engine(
            in_files(everything(), folder), memory_limit="200MB", spill=folder
        ),
    ],
    ids=["one thread", "four threads", "many files", "little memory"],
)
def test_no_order_of_rows_files_or_threads_changes_a_digit(
    engine: Callable[[Path], Engine], first: list[Figure], tmp_path: Path
) -> None:
    assert figures(engine(tmp_path), by=BY) == first


def test_a_column_that_an_old_take_lacks_is_missing_and_no_error() -> None:
    whole = everything(projects=12)
    older = {**whole, "projects": whole["projects"].drop_columns(["benefit_actual", "kind"])}

    found = {each.measure for each in figures(older)}

    assert "cost_overrun_median" in found
    assert "benefit_shortfall_median" not in found
