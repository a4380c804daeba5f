"""Ana heads the office, Finn is finance, Sue the sponsor, Eve a leader; 3.6 of 6.3 million lost are aimed at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from backing.benefits.models import BenefitProfile
from backing.people.access import Role
from backing.people.models import Account, Organisation
from backing.people.tests.conftest import _no_tries_yet, account_of, ana, eve
from backing.scope import matrix
from backing.scope.models import DataRequest
from backing.scope.tests.test_matrix import SCOPE, activity, figures, office
from backing.worth.models import BenefitValuation, CostItem, HourlyRate

__all__ = ["_no_tries_yet", "ana", "eve", "figures", "office"]

TODAY = date(2026, 5, 11)
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)  # the quarter that is over


@pytest.fixture
def finn(db: None) -> Account:
    return account_of("Finn", Role.FINANCE)


@pytest.fixture
def sue(db: None) -> Account:
    return account_of("Sue", Role.SPONSOR)


def costs(
    amount: int, *, first: date = date(2025, 1, 1), last: date = date(2026, 12, 31)
) -> CostItem:
    return CostItem.objects.create(
        what="Four posts",
        first_day=first,
        last_day=last,
        amount_minor=amount * 100,
        currency="EUR",
        basis="Ledger, cost centre 4711",
        noted_on=TODAY,
    )


def asks_of_others(*, minutes: int = 60, people: int = 10, rate: int = 60) -> None:
    """An hour a month of each of ten project managers, at 60 an hour: 7 200 a year."""
    DataRequest.objects.create(
        what="Status",
        to_role=Role.PROJECT_MANAGER,
        minutes_each=minutes,
        frequency="monthly",
        begins=date(2025, 1, 1),
    )
    HourlyRate.objects.create(
        role=Role.PROJECT_MANAGER,
        people=people,
        rate_minor=rate * 100,
        currency="EUR",
        source="Finance, 2026",
        noted_on=TODAY,
    )


def benefit(title: str) -> BenefitProfile:
    found, _ = BenefitProfile.objects.get_or_create(title=title, defaults={"noted_on": TODAY})
    return found


Values = Callable[..., BenefitValuation]


@pytest.fixture
def values(office: Account) -> Values:
    """Puts a benefit into money: 100, 120 and 150 thousand in the quarter that is over, half of it ours."""

    def value(title: str = "Smaller overruns", **given: Any) -> BenefitValuation:
        return BenefitValuation.objects.create(
            benefit=benefit(title),
            **{
                "kind": "hard",
                "first_day": FIRST,
                "last_day": LAST,
                "low_minor": 100_000_00,
                "likely_minor": 120_000_00,
                "high_minor": 150_000_00,
                "currency": "EUR",
                "attribution_share": Decimal("0.5"),
                "attribution_reason": "Procurement renegotiated in the same months",
                "basis": "Readings of cost overrun, priced at planned cost",
                "noted_on": TODAY,
                "noted_by": office,
                **given,
            },
        )

    return value


@pytest.fixture
def aimed(office: Account) -> Account:
    """The office, whose work is aimed at a loss of 1.2 million a year."""
    Organisation(pk=1, name="Aldmoor", currency="EUR").save()
    matrix.aim(SCOPE, {activity("Stage check"): "No stage begins before scope is agreed"}, on=TODAY)
    return office
