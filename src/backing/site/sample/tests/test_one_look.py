"""What the rules find in one look over the demo is what each of them finds when it is asked by itself, and
the first of it is what the week takes although it does not ask them all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backing.people import actions as people
from backing.people.access import Role
from backing.people.advising import Advice, Office, Order
from backing.people.models import Account, Organisation, OrgUnit
from backing.people.of_apps import of_apps
from backing.rhythm.models import PutOff
from backing.rhythm.week import first_of, found_for, this_week
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def test_the_rules_find_the_same_in_one_look_and_ask_less() -> None:
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP").save()
    group = OrgUnit.objects.create(name=GROUP)
    for name in UNITS:
        OrgUnit.objects.create(name=name, parent=group)
    for part in (sample.leaders, sample.scope, sample.benefits, sample.worth):
        part.fill(now=NOW)
    member = Account.objects.filter(role=Role.PMO_MEMBER).first()
    for viewer in filter(None, (people.head(), member)):
        with CaptureQueriesContext(connection) as apart:
            alone = [
                found
                for module in of_apps("advice")
                for found in module.advice(Office({}), viewer, TODAY)
            ]
        with CaptureQueriesContext(connection) as together:
            looked = found_for(viewer, TODAY)

        assert sorted(map(repr, looked)) == sorted(map(repr, alone))
        assert len(looked) > 20 or viewer is member
        assert len(together) < len(apart)
        nothing_comes_before_its_place(viewer)
        the_week_is_the_first_of_all(viewer, looked)


def nothing_comes_before_its_place(viewer: Account) -> None:
    for module in of_apps("advice"):
        for order in Order:
            found = module.advice.of(order, Office({}), viewer, TODAY)
            assert all(each.order >= order for each in found), module


def the_week_is_the_first_of_all(viewer: Account, found: list[Advice]) -> None:
    """Also where all that comes first has been put off."""
    for order in Order:
        left = [each for each in found if each.order >= order]
        assert this_week(viewer, TODAY) == first_of(left)
        for each in left:
            if each.order == order:
                PutOff.objects.create(
                    rule=each.rule, subject=each.subject, reason="wrong", on=TODAY, by=viewer
                )
