"""An office that is not invented is filled with nothing by any part of the demo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from backing.benefits.models import BenefitProfile
from backing.evidence.models import Measure
from backing.leaders.models import Leader
from backing.people import actions as people
from backing.people.models import Organisation
from backing.pushback.models import Pushback
from backing.scope.models import Activity, Charter
from backing.site import sample
from backing.sponsor.models import SponsorAssignment
from backing.worth.models import CostItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("part", "model"),
    [
        (sample.leaders, Leader),
        (sample.scope, Activity),
        (sample.charter, Charter),
        (sample.improvements, Measure),
        (sample.worth, CostItem),
        (sample.pushback, Pushback),
        (sample.sponsor, SponsorAssignment),
    ],
    ids=lambda each: each.__name__.rpartition(".")[2],
)
def test_an_office_that_is_not_invented_stays_empty(part: Any, model: Any) -> None:
    people.first_link(now=NOW)
    Organisation(pk=1, name="A real one", currency="GBP").save()
    BenefitProfile.objects.create(title="Smaller overruns", noted_on=NOW.date())

    part.fill(now=NOW)

    assert not model.objects.exists()
