"""The figures of an edition as the database keeps them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backing.evidence.figures import Figures, from_json, stored, to_json
from backing.evidence.models import Edition, StoredFigure
from trackrecord.figure import Figure

OVERRUN = Figure(
    measure="cost_overrun_median",
    version=1,
    definition="The middle overrun.",
    unit="share",
    direction="down_good",
    value=1 / 3,
    low=0.1,
    high=0.5,
    level=0.95,
    n=14,
    missing={"missing": 3, "unit_mismatch": 1},
    baseline="original",
    as_at=date(2025, 3, 31),
    basis="e" * 64,
    confirmed=2,
)
UNKNOWN = Figure(
    measure="cost_overrun_median",
    version=1,
    definition="The middle overrun.",
    unit="share",
    value=None,
    reason="too_few",
    n=0,
    baseline="original",
    by="org_unit",
    group="Retail",
)


def test_a_figure_comes_back_as_it_was_kept() -> None:
    assert from_json(to_json(OVERRUN)) == OVERRUN
    assert from_json(to_json(UNKNOWN)) == UNKNOWN


@pytest.mark.django_db
def test_figures_are_found_by_name_in_one_query() -> None:
    edition = Edition.objects.create(name="e" * 64, made_at=datetime(2025, 4, 1, tzinfo=UTC))
    StoredFigure.objects.bulk_create(stored(edition, [OVERRUN, UNKNOWN]))

    with CaptureQueriesContext(connection) as queries:
        figures = Figures.of(edition)
        found = figures.get("cost_overrun_median", "original")
        groups = figures.groups("cost_overrun_median", "original", by="org_unit")

    assert len(queries) == 1
    assert found == OVERRUN
    assert groups == (UNKNOWN,)
    assert figures.get("cost_overrun_median", "original", by="org_unit", group="Retail") == UNKNOWN
    assert figures.known("cost_overrun_median", "original", by="org_unit", group="Retail") is None
    assert figures.get("late_rate", "original") is None


@pytest.mark.django_db
def test_only_the_measures_asked_for_are_read_and_no_edition_has_none() -> None:
    edition = Edition.objects.create(name="e" * 64, made_at=datetime(2025, 4, 1, tzinfo=UTC))
    StoredFigure.objects.bulk_create(stored(edition, [OVERRUN, UNKNOWN]))

    assert len(Figures.of(edition, measures=["late_rate"])) == 0
    assert len(Figures.of(edition, measures=["cost_overrun_median"])) == 2
    assert list(Figures.of(None)) == []
