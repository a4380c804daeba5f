"""The cast: Ana heads the office, Ben is in it, Eve leads Sales, Finn holds the money and Sue is the sponsor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache

from backing.leaders.actions.listing import put_on_the_list
from backing.leaders.models import Leader
from backing.people import key
from backing.people.access import Role
from backing.people.models import Account, OrgUnit, Person
from backing.people.tests.conftest import account_of

MAY = date(2026, 5, 11)


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: object) -> Path:
    path = tmp_path / "outside" / "key"
    settings.BACKING_KEY_FILE = path  # type: ignore[attr-defined]
    key.make(path)
    return path


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


@pytest.fixture
def ben() -> Account:
    return account_of("Ben", Role.PMO_MEMBER)


@pytest.fixture
def eve() -> Account:
    return account_of("Eve", Role.LEADER)


@pytest.fixture
def sue() -> Account:
    return account_of("Sue", Role.SPONSOR)


def leader_called(
    name: str, *, owner: Account, unit: OrgUnit | None = None, on: date = MAY
) -> Leader:
    person = Person.objects.filter(full_name=name).first()
    person = person or Person.objects.create(full_name=name, org_unit=unit)
    return put_on_the_list(person, owner=owner, on=on)


@pytest.fixture
def finn(ana: Account) -> Leader:
    return leader_called("Finn", owner=ana)
