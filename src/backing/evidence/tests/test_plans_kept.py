"""What the registers call their plans is kept, so that pages speak of them as the paper does."""

from __future__ import annotations

from pathlib import Path

import pytest

from backing.documents.papers.answer import findings_of
from backing.documents.papers.plans import Plans
from backing.evidence.cells import cells_of
from backing.evidence.models import Edition
from backing.evidence.tests.finished_register import make_evidence
from backing.evidence.told import Told
from backing.people.access import Role
from backing.people.tests.conftest import account_of
from boardpaper.wording import plain

pytestmark = pytest.mark.django_db


def told(edition: Edition) -> str:
    return plain(findings_of(Told.to(account_of("Ana", Role.PMO_HEAD), edition))[0])


def test_an_edition_keeps_that_its_columns_name_the_first_approval(tmp_path: Path) -> None:
    edition = make_evidence(tmp_path)

    assert edition.plans == {"cost": "approved", "finish": "approved"}
    assert told(edition).endswith("later than management was first told.")


def test_an_edition_that_kept_nothing_of_it_claims_no_approval_and_no_lack_of_one(
    tmp_path: Path,
) -> None:
    edition = make_evidence(tmp_path)
    edition.plans = {}

    assert told(edition).endswith("later than first planned.")


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        (Plans(cost="approved", finish="stated"), ["Cost as first approved", "Planned finish"]),
        (Plans(cost="stated", finish="first"), ["Budget", "First planned finish"]),
        (Plans(), ["First planned cost", "First planned finish"]),
    ],
)
def test_an_owner_is_asked_about_a_plan_as_the_register_calls_it(
    plans: Plans, said: list[str]
) -> None:
    cells = cells_of({}, "GBP", [], plans)

    assert [cell.label for cell in cells if cell.field.table == "baselines"] == said
