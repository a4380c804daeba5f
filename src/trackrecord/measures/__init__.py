"""Every measure of a track record, as Figures.

`MEASURES` says what there is; `figures` works out all that the data allow; `rows` lists what stands
behind one Figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final, TypeAlias

import pyarrow as pa

from trackrecord.engine import Engine, duckdb_engine
from trackrecord.errors import UnknownName
from trackrecord.figure import Figure
from trackrecord.intervals import LEVEL
from trackrecord.measures import (
    behind,
    benefits,
    causes,
    cost_of_failure,
    duration,
    estimates,
    on_time,
    overrun,
    performance,
    portfolio,
    rebaselining,
    slip,
    status,
    table,
)
from trackrecord.measures.basis import Basis
from trackrecord.measures.measure import Measure

if TYPE_CHECKING:
    from trackrecord.record import Record

_FAMILIES: Final = (
    portfolio,
    overrun,
    slip,
    on_time,
    rebaselining,
    cost_of_failure,
    benefits,
    status,
    duration,
    estimates,
    performance,
    causes,
)

MEASURES: Final[Mapping[str, Measure]] = {
    measure.name: measure for family in _FAMILIES for measure in family.MEASURES
}

# Worked out by their modules, for they are about exports or reports rather than one number a project.
_OWN_WAY: Final[tuple[Callable[[Basis], Iterator[Figure]], ...]] = (
    portfolio.rows_taken,
    portfolio.by_export,
    status.rag_counts,
    status.green_before_late_finish,
    performance.of_each_project,
    causes.cause_figures,
)


# Measures of one quantity stand together, and so many quantities are fetched at a time: few enough to
# bear for a million projects, and enough to compile few queries.
_QUANTITIES_AT_A_TIME: Final = 9
_ALIKE: Final = [
    list(alike)
    for _, alike in groupby(MEASURES.values(), key=lambda each: (each.of_projects, each.of_items))
]
_TOGETHER: Final = [
    _ALIKE[first : first + _QUANTITIES_AT_A_TIME]
    for first in range(0, len(_ALIKE), _QUANTITIES_AT_A_TIME)
]

Source: TypeAlias = "Record | Mapping[str, pa.Table] | Engine | Basis"


def figures(
    record: Source,
    *,
    by: str | Sequence[str] | None = None,
    level: float = LEVEL,
) -> list[Figure]:
    """Every Figure the data allow, measure by measure in the order of MEASURES.

    record: a Record, its tables by name, an engine that holds them, or the Basis made of one, which
    settles the facts once for all that is asked of it.
    by: a column, or several, to break down by as well: a fact of projects (org_unit, kind, state,
    register, currency, rag, size, finished_year, last_export), or a column the record was read with.
    level: the coverage of intervals.

    Of each measure the overall Figure comes first (group None), original before current; then the
    groups, in a total order.  The same tables give the same Figures, digit for digit, whatever the
    order of their rows, the engine or the number of its threads.

    Raises EvidenceError for a breakdown by a person or by free text, UnknownName for a column that
    is not there.
    """
    basis = basis_of(record, by=by, level=level)
    found: dict[str, list[Figure]] = {name: [] for name in MEASURES}
    for some in _TOGETHER:
        basis.ask([measure for alike in some for measure in alike])
        for figure in chain.from_iterable(basis.figures(alike) for alike in some):
            found[figure.measure].append(figure)
    whole = (None, "currency")  # of several currencies each has a Figure of its own
    overall = {name: sum(each.by in whole for each in of) for name, of in found.items()}
    for own_way in _OWN_WAY:
        for figure in own_way(basis):
            found[figure.measure].insert(overall[figure.measure], figure)
            overall[figure.measure] += 1
    return [figure for of in found.values() for figure in of]


def rows(record: Source, figure: Figure) -> pa.Table:
    """What stands behind a Figure of this record: see `behind.rows`.

    Raises UnknownName for a measure that is none of these.
    """
    if figure.measure not in MEASURES:
        raise UnknownName(kind="measure", name=figure.measure, known=sorted(MEASURES))
    asked = None if figure.by in behind.OWN_BREAKDOWNS else figure.by
    return behind.rows(basis_of(record, by=asked), MEASURES[figure.measure], figure)


def projects_table(record: Source) -> pa.Table:
    """One row a project with all that is known of it, for a workbook: see `table.table`."""
    return table.table(basis_of(record))


def basis_of(
    record: Source,
    *,
    by: str | Sequence[str] | None = None,
    level: float = LEVEL,
) -> Basis:
    """What Figures of a record are made from: to be kept by those who ask more than once."""
    from trackrecord.record import Record

    if isinstance(record, Basis):
        return record
    columns: Sequence[str] = (by,) if isinstance(by, str) else by or ()
    if isinstance(record, Record):
        return Basis(
            engine=duckdb_engine(record.tables()),
            edition=record.edition,
            by=columns,
            level=level,
            confirmed=record.confirmed,
            corrected=record.corrected,
            rows_taken=record.rows_taken,
            rows_with_problems=record.rows_with_problems,
        )
    engine = duckdb_engine(record) if isinstance(record, Mapping) else record
    return Basis(engine=engine, by=columns, level=level)
