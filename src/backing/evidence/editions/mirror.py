"""The projects of an edition, as lists and their own pages need them."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import trackrecord as tr
from backing.evidence import picking
from backing.evidence.editions import in_bulk
from backing.evidence.models import MirroredProject
from trackrecord.keys import projects_of
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
_WORDS: Final = ("name", "manager", "sponsor")
_SAID: Final = ("org_unit", "kind", "state", "currency")
_BESIDE: Final = [
    "project",
    "register",
    "key",
    "export_order",
]  # not facts; or columns of their own
_FIELDS: Final = [f.name for f in MirroredProject._meta.concrete_fields if not f.primary_key]


def of(record: Record, basis: tr.Basis | None) -> pa.Table:
    """The rows of MirroredProject that a Record makes, one a project, for `in_bulk.rewrite`."""
    if basis is None:
        return pa.table({name: pa.array([], pa.string()) for name in _FIELDS})
    projects = tr.projects_table(basis)
    ids, stated = projects["project"], projects.column_names
    blank = in_bulk.texts([""] * len(ids))
    said = {name: pc.fill_null(projects[name], "") if name in stated else blank for name in _SAID}
    finished = projects["finished"] if "finished" in stated else pa.nulls(len(ids), pa.date32())
    return pa.table(
        {
            "project": ids,
            "register": projects["register"],
            "key": projects["key"],
            **{name: _words(record, ids, name) for name in _WORDS},
            **said,
            "finished": finished.cast(pa.string()),
            "has_cause": pc.is_in(ids, value_set=_with_cause(record)),
            "facts": in_bulk.objects(
                projects.select([name for name in stated if name not in _BESIDE])
            ),
            "values_of": in_bulk.objects(_values(basis)),
        }
    )


def _words(record: Record, projects: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """For each of the projects the word of that name in its latest row that has one; else empty."""
    words = record.words()
    ours = pc.and_(
        pc.equal(words["column"], name),
        pc.and_(pc.is_null(words["item_id"]), pc.is_valid(words["text"])),
    )
    words = words.filter(ours).sort_by(
        [(column, "ascending") for column in ("export_order", "file", "sheet", "row")]
    )
    said = pa.table({"project": _projects_of(record, words), "text": words["text"]})
    last = said.group_by("project", use_threads=False).aggregate([("text", "last")])
    places = pc.index_in(projects, value_set=last["project"].combine_chunks())
    return pc.fill_null(pc.take(last["text_last"], places), "")


def _with_cause(record: Record) -> pa.Array:
    """The projects with a cause that nobody refused."""
    causes = record.tables()["causes"]
    holding = causes.filter(
        pc.and_(pc.is_valid(causes["cause"]), pc.fill_null(causes["agreed"], True))
    )
    return pc.unique(_projects_of(record, holding))


def _projects_of(record: Record, rows: pa.Table) -> pa.ChunkedArray:
    """Which project each row is about, whatever its register calls it."""
    own, links = projects_of(rows["register"], rows["key"]), record.links.projects
    linked = pa.array([key.project for key in links], pa.string())
    joined = pa.array(list(links.values()), pa.string())
    return pc.coalesce(pc.take(joined, pc.index_in(own, value_set=linked)), own)


def _values(basis: tr.Basis) -> pa.Table:
    """One row a project, in order: by "measure|baseline" what it gives to the measure, in its unit."""
    listed = pq.read_table(picking.folder(basis.edition) / "projects.parquet")
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
