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
import ibis.expr.types as ir

from trackrecord.engine import Engine

PLACE: Final = ("register", "key", "file", "sheet", "row", "export")

# A row number fits below this, and so many sources above it, in one 64-bit integer.
_ROWS: Final = 2**32
_SOURCE: Final = ("export_order", "file", "sheet")
_OF_KEYS: Final = ("register", "key")
_OF_SOURCES: Final = ("file", "sheet", "export", "export_order")
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
        *("as_at", "rag", "rag_scale", "pv", "ev", "ac", "forecast_finish", "forecast_cost"),
        *("currency", "finish_change_days", "cost_change"),
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

    number: the project's.  key_no, source: its key's, and that of the export, file and sheet (see
    `with_places`).  place: what sorts the rows.  export_no: the exports counted from 0.
    A row of a key that `projects` does not list is not among them.
    """
    rows = engine.keep(f"{name}_in_time", lambda: _in_time(engine, name))
    if set(columns) & {*PLACE, "export_order"}:
        rows = with_places(engine, name, rows)
    return rows.select("number", "key_no", "source", "place", "export_no", *columns)


def with_places(engine: Engine, name: str, rows: ir.Table) -> ir.Table:
    """Rows (key_no, source, place) of a table of that name, with `project` and where they stand."""
    keys = keys_of_projects(engine).drop("number").rename(of_key="key_no")
    sources = _sources(engine, name).drop("export_no").rename(of_source="source")
    joined = rows.join(keys, [("key_no", "of_key")]).join(sources, [("source", "of_source")])
    found = joined.drop("of_key", "of_source")
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
    # A blank in a column that is joined by would make the row drop out.
    table = engine.table(name)
    rows = table.select(
        *_OF_KEYS,
        *_CARRIED[name],
        **{column: table[column].fill_null("") for column in _SOURCE},
        row_no=table.row.fill_null(0).cast("int64"),
    )
    keys = keys_of_projects(engine).select("key_no", "number", of_register="register", of_key="key")
    sources = _sources(engine, name).select(
        "source", "export_no", **{f"of_{column}": column for column in _SOURCE}
    )
    joined = rows.join(sources, [(column, f"of_{column}") for column in _SOURCE]).join(
        keys, [(column, f"of_{column}") for column in _OF_KEYS]
    )
    return joined.select(
        *("number", "key_no", "source", "export_no", *_CARRIED[name]),
        place=joined.source.cast("int64") * _ROWS + joined.row_no,
    )
