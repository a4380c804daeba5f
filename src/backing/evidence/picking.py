"""Which of the rows that the worker listed beside an edition stand behind one figure.

    record/behind/<edition>/
      projects.parquet  items.parquet    every project, or item, with its value for each quantity
      lists/<name>.parquet               what exports list and rate, and causes: trackrecord's LISTS
      lists.parquet                      the rows of the few other figures, each under its figure

`evidence/editions/listed.py` writes them.  No engine is needed to read them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from backing.evidence.models import Edition, StoredFigure
from backing.site.settings import WORKSPACE
from trackrecord.figure import Figure

if TYPE_CHECKING:
    import pyarrow as pa

REST: Final = "lists.parquet"
ABOUT: Final = b"backing"  # where a file says what its columns are
PLACE: Final = ("project", "register", "key", "file", "sheet", "row", "export")
_OF_EXPORTS: Final = {
    "projects": "listed",
    "joined": "listed",
    "stayed": "listed",
    "left": "left",
    "cost_baseline_sum": "budgeted",
}


def folder(edition: str) -> Path:
    """Where the rows of an edition lie."""
    return WORKSPACE.record / "behind" / edition


def list_file(edition: str, name: str) -> Path:
    """Where a list of that name lies."""
    return folder(edition) / "lists" / f"{name}.parquet"


def list_of(figure: Figure) -> str | None:
    """The list that a figure's rows are in; None where they are in none of these."""
    match figure.by:
        case "export":
            return _OF_EXPORTS.get(figure.measure)
        case "export / rating":
            return "rated"
        case "cause" if figure.measure == "cause_count_rate":
            return "caused"
        case "cause":
            return f"lost_{figure.baseline}"
    return None


def picked(edition: Edition, figure: Figure) -> pa.Table | None:
    """The rows behind a figure, with PLACE and value (and base); None where they are not listed."""
    name = list_of(figure)
    if name is not None and (file := list_file(edition.name, name)).exists():
        return _in_list(file, name, figure)
    for level in ("projects", "items"):
        file = folder(edition.name) / f"{level}.parquet"
        if file.exists() and (found := _in_listing(file, figure)) is not None:
            return found
    return _in_rest(edition, figure)


def _in_listing(file: Path, figure: Figure) -> pa.Table | None:
    """The rows that this file lists for the figure; None where it is about something else."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    schema = pq.read_schema(file)
    about = json.loads(schema.metadata[ABOUT])
    measure = about["measures"].get(figure.measure)
    own = {None, "currency", "outcome", "project", *about["by"]}
    if measure is None or figure.by not in own:
        return None
    stem = f"{measure['quantity']}|{figure.baseline or ''}"
    value, base = f"{stem}|value", f"{stem}|base"
    label = f"by_{about['by'].index(figure.by)}" if figure.by in about["by"] else None
    wanted = [*PLACE, "item_id", "currency", value, base, *([label] if label else [])]
    table = pq.read_table(file, columns=[name for name in wanted if name in schema.names])
    if value not in table.column_names:
        return None
    keep = pc.is_valid(table[value])
    for condition in _conditions(table, figure, label, money=measure["money"], of=(value, base)):
        keep = pc.and_(keep, condition)
    named = {value: "value", base: "base"}
    table = table.filter(keep)
    return table.rename_columns([named.get(name, name) for name in table.column_names])


def _conditions(
    table: pa.Table, figure: Figure, label: str | None, *, money: bool, of: tuple[str, str]
) -> list[Any]:
    """What narrows the rows of a quantity down to those of one figure."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found, group = [], figure.group or ""
    if label is not None:
        # Of several currencies a group of money is called "Retail / EUR".
        names = {group, group.removesuffix(f" / {figure.unit}")} if money else {group}
        found.append(pc.is_in(table[label], value_set=pa.array(sorted(names), pa.string())))
    if figure.by == "project":
        found.append(pc.equal(table["project"], group))
    if figure.by == "outcome" and of[1] in table.column_names:
        compare = pc.less if group == "over" else pc.greater
        found.append(compare(table[of[0]], table[of[1]]))
    in_money = len(figure.unit) == 3 and figure.unit.isupper()
    currency = group if figure.by == "currency" and money else figure.unit if in_money else None
    if currency not in (None, "XXX"):
        found.append(pc.equal(table["currency"], currency))
    return found


def _in_list(file: Path, name: str, figure: Figure) -> pa.Table:
    """As `trackrecord.measures.behind` narrows the same list down."""
    import pyarrow.parquet as pq

    group = figure.group or ""
    match name:
        case "rated":
            export, _, rating = group.rpartition(" / ")
            return _rated(pq.read_table(file, filters=[("of_export", "=", export)]), rating)
        case "caused":
            return _caused(pq.read_table(file), group)
        case "budgeted":
            names = {group, group.removesuffix(f" / {figure.unit}")}
            found = pq.read_table(file, filters=[("of_export", "in", names)])
            return found if figure.unit == "XXX" else _where(found, "currency", figure.unit)
        case "listed" | "left":
            found = pq.read_table(file, filters=[("of_export", "=", group)])
            narrow = figure.measure in ("joined", "stayed")
            return _where(found, "how", figure.measure) if narrow else found
    return _lost(pq.read_table(file), figure)


def _where(table: pa.Table, column: str, is_: object) -> pa.Table:
    import pyarrow.compute as pc

    return table.filter(pc.equal(table[column], is_))


def _rated(rows: pa.Table, rating: str) -> pa.Table:
    """All that an export rates on the scale; 1 for those that are rated so, 0 for the others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    word, _, scale = rating.partition(" (")
    if scale:
        rows = _where(rows, "scale", scale[0])
    value = pc.equal(rows["word"], word).cast(pa.int64())
    return rows.set_column(rows.column_names.index("value"), "value", value)


def _caused(rows: pa.Table, cause: str) -> pa.Table:
    """All projects with a cause; 1 for those that carry this one, 0 for the others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    carry = _where(rows, "cause", cause)["project"].combine_chunks()
    once = rows.filter(rows["first"])
    return once.append_column("value", pc.is_in(once["project"], value_set=carry).cast(pa.int64()))


def _lost(rows: pa.Table, figure: Figure) -> pa.Table:
    import pyarrow.compute as pc

    # Of several currencies a group is called "EUR / skills".
    in_currency = pc.binary_join_element_wise(
        pc.fill_null(rows["currency"], ""), rows["cause"], " / "
    )
    named = pc.or_(pc.equal(rows["cause"], figure.group), pc.equal(in_currency, figure.group))
    if figure.measure == "cause_share_exclusive":
        named = pc.and_(named, rows["alone"])
    return rows.filter(named)


def _in_rest(edition: Edition, figure: Figure) -> pa.Table | None:
    import pyarrow.parquet as pq

    file = folder(edition.name) / REST
    kept = StoredFigure.objects.filter(
        edition=edition,
        measure=figure.measure,
        version=figure.version,
        baseline=figure.baseline or "",
        by=figure.by or "",
        group=figure.group or "",
    ).values_list("place", flat=True)
    place = kept.first()
    if place is None or not file.exists():
        return None
    return pq.read_table(file, filters=[("figure", "=", place)])
