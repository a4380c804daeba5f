"""What the worker lists beside an edition answers for every figure as the library itself does (S21)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import trackrecord as tr
from backing.evidence import behind, picking
from backing.evidence.editions import listed
from backing.evidence.figures import stored
from backing.evidence.models import Edition, StoredFigure
from trackrecord.figure import Figure
from trackrecord.measures.tests.everything import everything

KINDS = {"export", "export / rating", "cause", "months before"}
Told = list[tuple[str, str, int, float | None]]


def told(figure: Figure, edition: Edition) -> Told:
    rows = behind.rows(edition, figure)
    return sorted((row.project, row.file, row.row, row.value) for row in rows)


def meant(figure: Figure, basis: tr.Basis) -> Told:
    rows = tr.rows(basis, figure).to_pylist()
    return sorted((row["project"], row["file"], row["row"], row["value"]) for row in rows)


@pytest.mark.django_db
def test_exports_ratings_and_causes_list_the_rows_of_each_of_their_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picking, "folder", lambda edition: tmp_path / edition)
    basis = tr.basis_of(everything(), by=["org_unit"])
    figures = tr.figures(basis)
    edition = Edition.objects.create(
        name="e" * 64, made_at=datetime(2026, 1, 1, tzinfo=UTC), breakdowns=["org_unit"]
    )
    StoredFigure.objects.bulk_create(stored(edition, figures))
    listed.keep_lists(edition, basis)

    latest = {(figure.measure, figure.by): figure for figure in figures if figure.by in KINDS}
    asked = list(latest.values())  # the library takes a query for each

    assert {figure.by for figure in asked} == KINDS
    assert [figure for figure in asked if told(figure, edition) != meant(figure, basis)] == []
    assert sum(len(told(figure, edition)) for figure in asked) > len(asked)
