"""What stands behind the figures of an edition, written beside it for `evidence/picking.py` to read.

Every project with its value for each quantity is one query, and is there before the edition counts.  What
exports and causes are about follows when it does, a query for each kind; few figures are left then.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

import trackrecord as tr
from backing.evidence import picking
from backing.evidence.figures import Figures
from backing.evidence.models import Edition
from trackrecord.figure import Figure
from trackrecord.measures import MEASURES, lists
from trackrecord.measures.basis import Level, quantity_of
from trackrecord.measures.listing import listing

# By these a figure is about a quantity of each project, whatever else it is broken down by.
_OF_QUANTITY: Final = frozenset({None, "currency", "outcome", "project"})
_ROWS_A_GROUP: Final = 20_000


def keep_values(edition: str, basis: tr.Basis) -> None:
    """List every project, and every item, with its values; what is listed already stays."""
    for level in basis.levels:
        file = picking.folder(edition) / f"{level}.parquet"
        if file.exists():
            continue
        measures = [MEASURES[name] for name in _of(level)]
        about = {"measures": _of(level), "by": list(basis.by)}
        found = listing(basis, measures, level).replace_schema_metadata(
            {picking.ABOUT: json.dumps(about).encode()}
        )
        _write(file, found)


def keep_lists(edition: Edition, basis: tr.Basis) -> None:
    """List the rows of the other figures: whole lists for most, the rest each under the figure's place.

    What is listed already stays; the rest comes last.
    """
    rest = picking.folder(edition.name) / picking.REST
    if rest.exists():
        return
    others = [
        (place, figure)
        for place, figure in enumerate(Figures.of(edition))
        if not is_of_quantity(figure, edition.breakdowns)
    ]
    for name in sorted({name for _, figure in others if (name := picking.list_of(figure))}):
        file = picking.list_file(edition.name, name)
        if not file.exists():
            _write(file, lists.fetched(basis, name))
    tables = [
        _under(place, tr.rows(basis, figure))
        for place, figure in others
        if picking.list_of(figure) is None
    ]
    _write(rest, pa.concat_tables(tables, promote_options="default") if tables else _NONE)


_NONE: Final = pa.table({"figure": pa.array([], pa.int32())})


def _of(level: Level) -> dict[str, dict[str, Any]]:
    """By measure: the quantity it sums up at this level, and whether it is about money."""
    return {
        name: {"quantity": of.__name__, "money": measure.adds_money or measure.unit == "money"}
        for name, measure in MEASURES.items()
        if (of := quantity_of(measure, level)) is not None
    }


def is_of_quantity(figure: Figure, breakdowns: Iterable[str]) -> bool:
    """Whether the values of every project say what is behind a figure."""
    measure = MEASURES[figure.measure]
    sums_up = measure.of_projects is not None or measure.of_items is not None
    return sums_up and figure.by in {*_OF_QUANTITY, *breakdowns}


def _under(place: int, rows: pa.Table) -> pa.Table:
    value = rows.schema.get_field_index("value")
    rows = rows.set_column(value, "value", rows["value"].cast(pa.float64()))
    return rows.append_column("figure", pa.array([place] * rows.num_rows, pa.int32()))


def _write(file: Path, table: pa.Table) -> None:
    """A Parquet file that is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.{uuid.uuid4().hex}.tmp")
    try:
        with unfinished.open("wb") as out:
            pq.write_table(table, out, compression="zstd", row_group_size=_ROWS_A_GROUP)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def forget(edition: str) -> None:
    """Take away what is listed behind an edition; it can be made again."""
    shutil.rmtree(picking.folder(edition), ignore_errors=True)
