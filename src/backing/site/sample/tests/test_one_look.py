"""What the rules find in one look over the demo is what each of them finds when it is asked by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backing.people import actions as people
from backing.people.access import Role
from backing.people.advising import Office
from backing.people.models import Account, Organisation, OrgUnit
from backing.people.of_apps import of_apps
from backing.rhythm.week import found_for
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
