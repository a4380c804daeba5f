"""What is known of each project, as a table for people: what every figure was made from."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.in_time import PLACE
from trackrecord.measures.basis import Basis
from trackrecord.values.currencies import minor_units

_SAID: Final = ("org_unit", "kind", "state", "started", "finished", "duration_days")
_MONEY: Final = (
    *("original_cost", "current_cost", "first_forecast_cost", "last_forecast_cost", "cost_actual"),
    *("original_benefit", "current_benefit", "benefit_actual"),
)
_COLUMNS: Final = (
    *("project", *PLACE, *_SAID),
    *("original_start", "original_finish", "current_start", "current_finish"),
    *("first_forecast_finish", "last_forecast_finish", "plan_changes", "rag", "currency"),
    *_MONEY,
    *("original_effort", "current_effort", "effort_actual"),
)


def table(basis: Basis) -> pa.Table:
    """One row a project, by project: its facts, and file, sheet, row and export of its latest row.

    Money is in major units of `currency`, effort in hours; plan_changes: how often its planned
    finish or cost was changed.  A column that no project fills is left out.  No persons and no
    names: these are words, and stand beside the facts.
    """
    found = basis.engine.fetch(basis.projects.select(*_COLUMNS)).sort_by("project")
    per_unit = _per_unit(found["currency"])
    for position, column in enumerate(_COLUMNS):
        if column in _MONEY:
            found = found.set_column(position, column, pc.divide(found[column], per_unit))
    filled = [column for column in _COLUMNS if found[column].null_count < found.num_rows]
    return found.select(filled)


def _per_unit(currency: pa.ChunkedArray) -> pa.Array:
    """How many minor units make one major unit, for each row."""
    codes = currency.combine_chunks().dictionary_encode()
    known = [minor_units(None), *(minor_units(code) for code in codes.dictionary.to_pylist())]
    places = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False) + 1
    return pa.array(np.array(known, np.float64)[places])
