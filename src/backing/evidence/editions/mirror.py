"""The projects of the current edition, as lists and their own pages need them.

Hundreds of thousands of rows may change in the transaction that moves "current", so they are written
past the ORM, a statement for many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import connection

import trackrecord as tr
from backing.evidence import behind
from backing.evidence.models import MirroredProject
from trackrecord.keys import Key
from trackrecord.measures import MEASURES
from trackrecord.measures.listing import column
from trackrecord.record import Record
from trackrecord.values.currencies import minor_units

# Of each quantity one measure; its value for one project is a dot on a page.
DOTS: Final = (
    "cost_overrun_median",
    "schedule_slip_days_median",
    "schedule_overrun_median",
    "masked_slip_days_median",
    "forecast_slip_days_median",
    "forecast_cost_change_median",
    "benefit_shortfall_median",
    "cost_of_failure_gross",
    "duration_days_median",
    "estimate_ratio_median",
)
_WORDS: Final = ("name", "manager")
_AT_ONCE: Final = 5_000
_LONGEST: Final = {
    field.name: field.max_length
    for field in MirroredProject._meta.concrete_fields
    if field.max_length
}


def rewrite(record: Record, basis: tr.Basis | None) -> int:
    """Put the projects of a Record in the place of those before; gives how many they are."""
    fields = [field for field in MirroredProject._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    table = quote(MirroredProject._meta.db_table)
    names = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    written = 0
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # names of our own
        insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  # names of our own
        for some in _batches(record, basis):
            rows = [[_cut(each, field.name) for field in fields] for each in some]
            cursor.executemany(insert, rows)
            written += len(rows)
    return written


def _cut(each: Mapping[str, Any], name: str) -> Any:
    value, most = each[name], _LONGEST.get(name)
    return value[:most] if most and isinstance(value, str) else value


def _batches(record: Record, basis: tr.Basis | None) -> Iterator[list[dict[str, Any]]]:
    if basis is None:
        return
    words, with_cause = _words(record), _with_cause(record)
    projects = tr.projects_table(basis)
    values = _values(basis)
    for first in range(0, projects.num_rows, _AT_ONCE):
        some = projects.slice(first, _AT_ONCE).to_pylist()
        dots = values.slice(first, _AT_ONCE).to_pylist()
        yield [_mirrored(*both, words, with_cause) for both in zip(some, dots, strict=True)]


def _mirrored(
    facts: dict[str, Any],
    dots: dict[str, float | None],
    words: Mapping[tuple[str, str], str],
    with_cause: frozenset[str],
) -> dict[str, Any]:
    project = facts["project"]
    said = {name: _plain(value) for name, value in facts.items() if value is not None}
    return {
        "project": project,
        "register": facts["register"],
        "key": facts["key"],
        "name": words.get((project, "name"), ""),
        "manager": words.get((project, "manager"), ""),
        **{name: facts.get(name) or "" for name in ("org_unit", "kind", "state", "currency")},
        "finished": said.get("finished"),
        "has_cause": project in with_cause,
        "facts": json.dumps(said, ensure_ascii=False),
        "values_of": json.dumps({n: v for n, v in dots.items() if v is not None}),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _words(record: Record) -> dict[tuple[str, str], str]:
    """By project and column: the word of its latest row that has one."""
    words = record.words()
    ours = pc.and_(
        pc.is_in(words["column"], value_set=pa.array(_WORDS)),
        pc.and_(pc.is_null(words["item_id"]), pc.is_valid(words["text"])),
    )
    words = words.filter(ours).sort_by(
        [(name, "ascending") for name in ("export_order", "file", "sheet", "row")]
    )
    columns = ("register", "key", "column", "text")
    rows = zip(*(words[name].to_pylist() for name in columns), strict=True)
    linked = record.links.projects
    return {
        (linked.get(Key(register, key)) or Key(register, key).project, column): text
        for register, key, column, text in rows
    }


def _with_cause(record: Record) -> frozenset[str]:
    """The projects with a cause that nobody refused."""
    causes = record.tables()["causes"]
    holding = causes.filter(
        pc.and_(pc.is_valid(causes["cause"]), pc.fill_null(causes["agreed"], True))
    )
    pairs = zip(holding["register"].to_pylist(), holding["key"].to_pylist(), strict=True)
    return frozenset(record.project_of(Key(*pair)) for pair in pairs)


def _values(basis: tr.Basis) -> pa.Table:
    """One row a project, in order: by "measure|baseline" what it gives to the measure, in its unit."""
    listed = pq.read_table(behind.folder(basis.edition) / "projects.parquet")
    currency = listed["currency"].combine_chunks().dictionary_encode()
    per_unit = pc.take(
        pa.array([float(minor_units(code)) for code in currency.dictionary.to_pylist()]),
        currency.indices,
    )
    found = {}
    for name in DOTS:
        measure = MEASURES[name]
        assert measure.of_projects is not None
        for baseline in measure.against:
            value, base = (
                column(measure.of_projects.__name__, baseline, part) for part in ("value", "base")
            )
            if value in listed.column_names:
                found[f"{name}|{baseline or ''}"] = _in_unit(
                    name,
                    listed[value],
                    listed[base] if base in listed.column_names else None,
                    per_unit,
                )
    return pa.table({name: pc.round(each, 6) for name, each in found.items()})


def _in_unit(
    name: str, value: pa.ChunkedArray, base: pa.ChunkedArray | None, per_unit: pa.Array
) -> pa.ChunkedArray:
    value, unit = value.cast(pa.float64()), MEASURES[name].unit
    if unit == "money":
        return pc.divide(value, per_unit)
    if base is None:
        return value
    ratio = pc.divide(value, base.cast(pa.float64()))
    if unit == "ratio":
        return ratio
    return (
        pc.subtract(1.0, ratio) if name == "benefit_shortfall_median" else pc.subtract(ratio, 1.0)
    )
