"""The demo has a scope: 22 activities, three neighbours that do some of it too, one gap (issue 5, X9)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backing.conftest import Fill
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.scope import public
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def aldmoor() -> None:
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP").save()
    for name in (GROUP, *UNITS):
        OrgUnit.objects.create(name=name)
    Person.objects.create(full_name="Helena Ravensworth")
    for _ in range(2):  # the second time finds it filled
        sample.scope.fill(now=NOW)


@pytest.fixture(scope="module")
def filled(filled_once: Fill) -> None:
    filled_once(aldmoor)


@pytest.fixture
def head(filled: None) -> Account:
    return people.head()


def test_the_office_does_22_things_and_three_neighbours_some_of_them_too(head: Account) -> None:
    assert len(public.activities(head, ours=True)) == 22
    doubled = [
        each for each in public.same_work(head, today=TODAY) if each.certainty != "suggested"
    ]

    assert {each.units[1] for each in doubled} == {
        "Procurement",
        "Internal Audit",
        "Financial Planning",
    }


def test_one_hand_over_leaves_fourteen_days_to_nobody(head: Account) -> None:
    gaps = [each.gap_days for each in public.hand_overs(head, today=TODAY) if each.gap]

    assert gaps == [14]


def test_one_thing_that_the_office_wont_do_is_done_by_nobody(head: Account) -> None:
    wont = [each for each in public.scope_items(head) if each.kind == "wont"]

    assert [each.nobody for each in wont].count(True) == 1
    assert all(each.instead for each in wont if not each.nobody)


def test_project_managers_are_asked_for_more_than_an_hour_a_month(head: Account) -> None:
    assert public.burden_of_a_project_manager(head, on=TODAY) == 81
