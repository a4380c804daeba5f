"""An edition's figures and listings, made once and kept under its name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

import trackrecord as tr
from backing.documents.papers.evidence import plans_in
from backing.evidence.editions import listed
from backing.evidence.editions.truth import store
from backing.evidence.figures import stored
from backing.evidence.models import Edition, StoredFigure
from trackrecord import collector
from trackrecord.groups import MOST_GROUPS
from trackrecord.record import Record

_FIGURES_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Made:
    """An edition that is kept and does not count yet; basis: None for a Record without projects."""

    edition: Edition
    record: Record
    basis: tr.Basis | None

    def close(self) -> None:
        """Let go of what the engine holds."""
        if self.basis is not None:
            self.basis.engine.close()


@collector.at_rest()
def make(record: Record, *, now: datetime) -> Made:
    """Keep the Record's edition with its figures and listings, unless it is kept already."""
    columns = breakdowns(record)
    basis = tr.basis_of(record, by=columns) if record.rows_taken else None
    found = Edition.objects.filter(name=record.edition, figures__isnull=False).first()
    if found is None:
        store().save(record)
        found = _keep(record, basis, columns, now=now)
    if basis is not None:
        listed.keep_values(record.edition, basis)
    return Made(found, record, basis)


def kept(edition: Edition) -> Made:
    """An edition that was made before, as `make` gave it."""
    record = store().load(edition.name)
    basis = tr.basis_of(record, by=edition.breakdowns) if record.rows_taken else None
    return Made(edition, record, basis)


def _keep(record: Record, basis: tr.Basis | None, columns: list[str], *, now: datetime) -> Edition:
    figures = tr.figures(basis) if basis is not None else []
    projects = len(set(record.links.projects.values()))
    if basis is not None:
        projects = next(
            (int(f.value or 0) for f in figures if (f.measure, f.by) == ("projects", None)),
            projects,
        )
    described: dict[str, Any] = {
        "made_at": now,
        "as_at": record.as_at,
        "rows_in": record.rows_in,
        "rows_taken": record.rows_taken,
        "projects": projects,
        "takes": [take.name for take in record.takes],
        "decisions": len(record.decisions),
        "breakdowns": columns,
        "plans": asdict(plans_in(record)),
    }
    with transaction.atomic():
        edition, _ = Edition.objects.update_or_create(name=record.edition, defaults=described)
        StoredFigure.objects.filter(edition=edition).delete()
        StoredFigure.objects.bulk_create(stored(edition, figures), batch_size=_FIGURES_AT_ONCE)
    return edition


def breakdowns(record: Record) -> list[str]:
    """The columns that figures are broken down by: what is stated, and is groups rather than free text."""
    tables = record.tables()
    projects, baselines, groups = tables["projects"], tables["baselines"], tables["groups"]
    found = [name for name in ("org_unit", "kind") if _is_groups(projects[name])]
    if _is_stated(baselines["cost"]):
        found.append("size")
    if _is_groups(pc.year(projects["finished"])):
        found.append("finished_year")
    asked = sorted(pc.unique(groups["column"].drop_null()).to_pylist())
    of = {name: groups.filter(pc.equal(groups["column"], name))["value"] for name in asked}
    return [*found, *(name for name in asked if _is_groups(of[name]))]


def _is_stated(column: pa.ChunkedArray) -> bool:
    return bool(column.null_count < len(column))


def _is_groups(column: pa.ChunkedArray) -> bool:
    """Whether a column says something, and few enough different things ("not stated" is one more)."""
    return _is_stated(column) and len(pc.unique(column.drop_null())) < MOST_GROUPS
