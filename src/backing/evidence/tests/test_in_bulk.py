"""Rows written past the ORM, and JSON worded a column at a time."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pytest

from backing.evidence.editions import in_bulk
from backing.evidence.models import MirroredNarrative


def test_objects_are_json_whatever_stands_in_the_cells_and_leave_blanks_out() -> None:
    table = pa.table(
        {
            'na"me': pa.array(['=cmd()"\\\n', None, "Müller"], pa.string()),
            "on": pa.array([date(2024, 2, 29), None, None], pa.date32()),
            "cost": pa.array([0.1, None, 1e22], pa.float64()),
            "times": pa.array([3, None, 0], pa.int64()),
        }
    )

    worded = [json.loads(each) for each in in_bulk.objects(table).to_pylist()]

    assert worded == [
        {'na"me': '=cmd()"\\\n', "on": "2024-02-29", "cost": 0.1, "times": 3},
        {},
        {'na"me': "Müller", "cost": 1e22, "times": 0},
    ]


@pytest.mark.django_db
def test_rows_stand_in_the_place_of_those_before_and_long_text_is_cut() -> None:
    for name in ("first", "k" * 500):
        rows = pa.table(
            {
                "project": in_bulk.texts([f"r/{name}"]),
                "register": in_bulk.texts(["r"]),
                "key": in_bulk.texts([name]),
                "text": in_bulk.texts(["Told."]),
                "stated": in_bulk.texts(['["skills"]']),
                "is_coded": pa.array([True]),
                "twice": pa.array([False]),
            }
        )
        in_bulk.rewrite(MirroredNarrative, rows)

    kept = MirroredNarrative.objects.get()

    assert (len(kept.key), kept.stated, kept.is_coded, kept.twice) == (200, ["skills"], True, False)
