"""The cast: Ana heads the office, Ben is in it, Dee sponsors it; leaders come by number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from backing.leaders.models import Leader, StanceAssessment
from backing.people.access import Role
from backing.people.legitimate_interests import record_as_offered
from backing.people.models import Account, Person
from backing.people.models.sealed import Hidden


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture(autouse=True)
def _a_key(key_file: Path) -> None:
    """Each of these tests has one."""


@pytest.fixture
def ana(today: date) -> Account:
    head = account("Ana", Role.PMO_HEAD)
    record_as_offered(by=head, on=today)
    return head


@pytest.fixture
def ben() -> Account:
    return account("Ben", Role.PMO_MEMBER)


def account(name: str, role: str) -> Account:
    made = Account.objects.create(person=Person.objects.create(full_name=name), role=role)
    if role == Role.PMO_HEAD:
        record_as_offered(by=made, on=timezone.localdate())
    return made


def browser_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def leader(number: int, owner: Account, today: date) -> Leader:
    person = Person.objects.create(full_name=f"Leader {number}")
    return Leader.objects.create(person=person, owner=owner, listed_on=today)


def stands(leader: Leader, level: str, on: date, evidence: str = "Said so in a meeting.") -> None:
    StanceAssessment.objects.create(
        leader=leader,
        assessed_on=on,
        assessed_by=leader.owner,
        content=Hidden.sealing({"level": level, "basis": "said_to_me", "evidence": evidence}),
    )
