"""Parquet: typed cells, in the shapes that every reader gives."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trackrecord.readers import read


def test_cells_come_typed_and_rows_are_counted_from_one(tmp_path: Path) -> None:
    path = tmp_path / "register.parquet"
    noon = datetime(2020, 5, 1, 12)
    table = pa.table(
        {
            "ID": pa.array([" P1", None]).dictionary_encode(),
            "Start": [date(2020, 5, 1), None],
            "Seen": pa.array([noon, None], pa.timestamp("ns", tz="Europe/Berlin")),
            "Cost": pa.array([Decimal("1.10"), None]),
            "Effort": [timedelta(hours=36), None],
            "Done": [True, None],
            "Tags": [["a", "b"], None],
        }
    )
    pq.write_table(table, path)

    (sheet,) = read(path).sheets
    assert list(sheet.rows) == [1, 2]
    assert [column[0] for column in sheet.columns] == [
        "P1", date(2020, 5, 1), datetime(2020, 5, 1, 14), "1.10", 36.0, True, "['a', 'b']",
    ]  # fmt: skip
    assert {column[1] for column in sheet.columns} == {None}
