"""The demo says what the office costs and what finance agreed to, honestly (S09, S10, X9)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backing.benefits.models import BenefitProfile
from backing.conftest import Fill
from backing.demo import benefits as told
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS
from backing.worth.models import CostItem
from backing.worth.standing import Standing, standing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


def aldmoor() -> None:
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP", fiscal_year_starts=4).save()
    for name in (GROUP, *UNITS):
        OrgUnit.objects.create(name=name)
    Person.objects.create(full_name="Helena Ravensworth")
    sample.scope.fill(now=NOW)
    for gain in told.GAINS:
        BenefitProfile.objects.create(title=gain.title, noted_on=NOW.date())
    for _ in range(2):  # the second time finds it filled
        sample.worth.fill(now=NOW)


@pytest.fixture(scope="module")
def filled(filled_once: Fill) -> None:
    filled_once(aldmoor)


@pytest.fixture
def head(filled: None) -> Account:
    return people.head()


def now(head: Account) -> Standing:
    return standing(head, today=NOW.date())


def test_one_valuation_is_validated_one_rejected_and_one_waits(head: Account) -> None:
    assert sorted(each.state for each in now(head).valued) == ["rejected", "validated", "waiting"]


def test_the_cost_of_two_years_is_full_and_a_little_over_the_budget(head: Account) -> None:
    found = now(head)

    assert CostItem.objects.count() == 12  # four kinds in three fiscal years
    assert found.is_full
    assert found.year is not None
    assert found.year.own.minor == 402_000_00
    assert 415_000_00 < found.year.total.minor < 430_000_00


def test_the_gate_is_passed_and_the_return_lies_below_nothing(head: Account) -> None:
    earned = now(head).earned

    assert earned is not None
    assert earned.shares[1] < 0 < earned.shares[2]
