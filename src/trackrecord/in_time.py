"""Rows put in time, and projects given numbers, once for all that is asked of them.

`placed` gives the rows of a canonical table with `place`, one integer that sorts them: exports in
order, then files, sheets and rows.  It is total, so no tie is left for an engine to settle in its own
way.  Projects go by `number`: ten million rows are grouped by a number several times as fast as by
the words of register and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from trackrecord import rating_codes
from trackrecord.engine import Engine

PLACE: Final = ("register", "key", "file", "sheet", "row", "export")

# A row number fits below this, and so many sources above it, in one 64-bit integer.
_ROWS: Final = 2**32
_SOURCE: Final = ("export_order", "file", "sheet")
_OF_KEYS: Final = ("register", "key")
_OF_SOURCES: Final = ("file", "sheet", "export", "export_order", "export_no")
# What facts are made of; nothing else is carried along.
_CARRIED: Final[Mapping[str, tuple[str, ...]]] = {
    "projects": (
        *("as_at", "org_unit", "kind", "state", "started", "finished", "duration_days"),
        *("cost_actual", "currency", "effort_actual", "benefit_actual"),
    ),
    "baselines": (
        *("as_at", "stated", "seq", "approved_on", "start", "finish", "cost", "currency"),
        *("benefit", "effort"),
    ),
    "reports": (
        *("as_at", "rating", "pv", "ev", "ac", "forecast_finish", "forecast_cost", "currency"),
        *("finish_change_days", "cost_change"),
    ),
    "causes": ("cause", "share_of_loss", "agreed"),
    "items": (
        *("item_id", "kind", "state", "estimate", "actual", "duration_days", "percent_complete"),
        "summary",
    ),
    "groups": ("item_id", "column", "value"),
}


def placed(engine: Engine, name: str, *columns: str) -> ir.Table:
    """Columns of a canonical table, and with them:

    number: the project's.  key_no, source: its key's (see `with_keys`), and that of its export, file
    and sheet (see `with_sources`).  place: what sorts the rows.

    columns: of those that facts are made of, of PLACE, `project` (its id), `export_order`, and
    `export_no`, the exports counted from 0.  A row of a key that `projects` does not list is not there.
    """
    rows = engine.keep(f"{name}_in_time", lambda: _in_time(engine, name))
    unstated = {
        column: kind for column, kind in _types(engine, name).items() if column not in rows.columns
    }
    rows = rows.mutate(**{column: ibis.null(kind) for column, kind in unstated.items()})
    if set(columns) & {*_OF_KEYS, "project"}:
        rows = with_keys(engine, rows)
    if set(columns) & {*_OF_SOURCES, "row"}:
        rows = with_sources(engine, name, rows)
    return rows.select("number", "key_no", "source", "place", *columns)


def with_keys(engine: Engine, rows: ir.Table) -> ir.Table:
    """Rows that have a key_no, with its register and key, and the id of its `project`."""
    keys = keys_of_projects(engine).drop("number").rename(of_key="key_no")
    return rows.join(keys, [("key_no", "of_key")]).drop("of_key")


def with_sources(engine: Engine, name: str, rows: ir.Table) -> ir.Table:
    """Rows of a table of that name that have a source and a place, with file, sheet, row, export,
    export_order and export_no."""
    sources = _sources(engine, name).rename(of_source="source")
    found = rows.join(sources, [("source", "of_source")]).drop("of_source")
    return found.mutate(row=(found.place - found.source.cast("int64") * _ROWS).cast("int32"))


def keys_of_projects(engine: Engine) -> ir.Table:
    """One row a register and key: key_no, register, key; project, its id; number, the project's.

    Keys that are one project share their number.
    """
    return engine.keep("keys_of_projects", lambda: _keys(engine))


def _keys(engine: Engine) -> ir.Table:
    rows = engine.table("projects")
    keys = rows.select(*_OF_KEYS).distinct()
    links = engine.table("links").rename(link_register="register", link_key="key")
    linked = keys.left_join(links, [("register", "link_register"), ("key", "link_key")])
    own = linked.register + "/" + linked.key
    named = linked.select(*_OF_KEYS, project=ibis.coalesce(linked.project, own))
    in_order = ibis.window(order_by=[named.project, named.register, named.key])
    counted = named.mutate(key_no=ibis.row_number().over(in_order).cast("int32"))
    of_project = ibis.window(group_by=counted.project)
    return counted.mutate(number=counted.key_no.min().over(of_project))


def exports(engine: Engine, name: str) -> ir.Table:
    """One row an export of a table: export_no, counted from 0 in time, export and export_order."""
    return _sources(engine, name).select("export_no", "export", "export_order").distinct()


def _sources(engine: Engine, name: str) -> ir.Table:
    """One row an export, file and sheet of a table: source and export_no, counted from 0 in time."""
    return engine.keep(f"sources_of_{name}", lambda: _numbered_sources(engine, name))


def _numbered_sources(engine: Engine, name: str) -> ir.Table:
    rows = engine.table(name)
    blank = {column: rows[column].fill_null("") for column in _SOURCE}
    found = rows.mutate(**blank).group_by(*_SOURCE).agg(export=rows.export.max())
    in_time = ibis.window(order_by=[found[column] for column in _SOURCE])
    return found.mutate(
        source=ibis.row_number().over(in_time).cast("int32"),
        export_no=ibis.dense_rank().over(order_by=found.export_order).cast("int32"),
    )


def _in_time(engine: Engine, name: str) -> ir.Table:
    table = _rated(engine.table(name))
    carried = _stated(engine, name)
    # A blank in a column that is joined by would make the row drop out.
    rows = table.select(
        *_OF_KEYS,
        *carried,
        **{column: table[column].fill_null("") for column in _SOURCE},
        row_no=table.row.fill_null(0).cast("int64"),
    )
    keys = keys_of_projects(engine).select("key_no", "number", of_register="register", of_key="key")
    sources = _sources(engine, name).select(
        "source", **{f"of_{column}": column for column in _SOURCE}
    )
    joined = rows.join(sources, [(column, f"of_{column}") for column in _SOURCE]).join(
        keys, [(column, f"of_{column}") for column in _OF_KEYS]
    )
    return joined.select(
        *("number", "key_no", "source", *carried),
        place=joined.source.cast("int64") * _ROWS + joined.row_no,
    )


def _rated(rows: ir.Table) -> ir.Table:
    """Rows with the code of their rating, where they have ratings."""
    if "rag" not in rows.columns:
        return rows
    return rows.mutate(rating=rating_codes.code(rows.rag, rows.rag_scale))


def _stated(engine: Engine, name: str) -> list[str]:
    """The columns to carry that any row fills; the rest would be memory for nothing."""
    rows = _rated(engine.table(name))
    filled = rows.agg(**{column: rows[column].count() for column in _CARRIED[name]})
    return [column for column, n in engine.fetch(filled).to_pylist()[0].items() if n]


def _types(engine: Engine, name: str) -> dict[str, dt.DataType]:
    """The columns that facts are made of, with their types."""
    return dict(_rated(engine.table(name)).select(*_CARRIED[name]).schema().items())
