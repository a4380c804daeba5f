"""One project's whole history: what each export said of it, plans and reports, each with its place.

    record/behind/<edition>/history/
      projects.parquet  baselines.parquet  reports.parquet  causes.parquet

The Record's tables in the order of projects and in small groups of rows, so that one project's rows are
read in a moment whatever lies around them.  The worker writes them; no engine is needed to read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backing.evidence import behind, picking
from backing.evidence.models import Edition, MirroredProject

if TYPE_CHECKING:
    import pyarrow as pa

    from trackrecord.record import Record

TABLES = ("projects", "baselines", "reports", "causes")
_ROWS_A_GROUP = 8_192
_PLACES = ("register", "key", "file", "sheet", "row", "export", "as_at")
# Persons, by opaque ids, and how rows are put in order: not what a history tells.
_UNTOLD = ("export_order", "manager", "sponsor", "coded_by", "project")


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says of a project, and where it stands.  facts: by column, blanks left out."""

    table: str
    register: str
    key: str
    as_at: date | None
    export: str
    file: str
    sheet: str
    row: int
    facts: dict[str, Any]

    @property
    def place(self) -> str:
        """As a page prints it: file, sheet, row."""
        return behind.place_of(self.file, self.sheet, self.row)


def folder(edition: str) -> Path:
    """Where the history of an edition lies."""
    return picking.folder(edition) / "history"


def write(record: Record) -> None:
    """Lay the history of every project of a Record beside its edition; what is there already stays."""
    import pyarrow.parquet as pq

    here = folder(record.edition)
    here.mkdir(parents=True, exist_ok=True)
    tables = record.tables()
    for name in TABLES:
        if (here / f"{name}.parquet").exists():
            continue
        table = _by_project(tables[name], tables["links"])
        unfinished = here / f"{name}.parquet.tmp"
        pq.write_table(table, unfinished, row_group_size=_ROWS_A_GROUP, compression="zstd")
        unfinished.replace(here / f"{name}.parquet")


def history(edition: Edition, project: MirroredProject) -> list[Said] | None:
    """Everything that was said of a project, the oldest first; None while it is still being written."""
    here = folder(edition.name)
    if not (here / f"{TABLES[-1]}.parquet").exists():
        return None
    said = [each for name in TABLES for each in _rows(here / f"{name}.parquet", project.project)]
    order = {name: place for place, name in enumerate(TABLES)}
    return sorted(
        said,
        key=lambda each: (
            each.as_at or date.min,
            each.export,
            order[each.table],
            each.file,
            each.row,
        ),
    )


def _by_project(table: pa.Table, links: pa.Table) -> pa.Table:
    joined = table.join(links.select(["register", "key", "project"]), ["register", "key"])
    order = ("project", "export_order", "file", "sheet", "row")
    return joined.sort_by([(name, "ascending") for name in order])


def _rows(file: Path, project: str) -> Iterator[Said]:
    import pyarrow.parquet as pq

    for row in pq.read_table(file, filters=[("project", "=", project)]).to_pylist():
        yield Said(
            table=file.stem,
            **{name: row[name] for name in _PLACES},
            facts={
                name: value
                for name, value in row.items()
                if value is not None and name not in (*_PLACES, *_UNTOLD)
            },
        )
