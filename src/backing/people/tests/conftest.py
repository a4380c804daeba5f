"""The cast: Ana heads the office and has recorded why it may keep what it makes of people, Ben is in it, Eve
must not see."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from backing.people.access import Role
from backing.people.legitimate_interests import record_as_offered
from backing.people.models import Account, Person

MAY = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
PASSWORD = "a stage check before the money"


def account_of(name: str, role: str, *, password: str = PASSWORD) -> Account:
    email = f"{name.lower()}@aldmoor.example"
    account = Account(
        person=Person.objects.create(full_name=name, email=email), email=email, role=role
    )
    account.set_password(password)
    account.save()
    if role == Role.PMO_HEAD:
        record_as_offered(by=account, on=MAY.date())
    return account


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


@pytest.fixture
def ben() -> Account:
    return account_of("Ben", Role.PMO_MEMBER)


@pytest.fixture
def eve() -> Account:
    return account_of("Eve", Role.LEADER)


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def browser_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client
