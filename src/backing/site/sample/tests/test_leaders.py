"""The demo has fourteen leaders with two years of history, whenever it is opened (issue 4, X9)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from backing.conftest import Fill
from backing.leaders.models import Commitment, Leader, StanceAssessment, Touchpoint
from backing.leaders.opened import Opened
from backing.mandate import public as mandate
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit
from backing.rhythm.standing import Standing
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def aldmoor() -> None:
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP").save()
    for name in (GROUP, *UNITS):
        OrgUnit.objects.create(name=name)
    sample.leaders.fill(now=NOW)


@pytest.fixture(scope="module")
def filled(filled_once: Fill) -> None:
    filled_once(aldmoor)


@pytest.fixture
def head(filled: None) -> Account:
    return people.head()


def test_fourteen_leaders_with_two_years_of_history(head: Account) -> None:
    assert Leader.objects.on_the_list().count() == 14
    first, last = Touchpoint.objects.earliest("at").at, Touchpoint.objects.latest("at").at
    assert timedelta(days=700) < NOW - first < timedelta(days=760)
    assert last < NOW


def test_there_is_something_of_everything_that_a_leader_has(head: Account) -> None:
    opened = Opened.to(head, purpose="test", now=NOW)
    counted = Counter(
        (stance := opened.stance(leader.pk)) and stance.level
        for leader in Leader.objects.on_the_list()
    )

    assert counted[None] >= 2  # unknown
    assert {"leading", "supportive", "neutral"} <= set(counted)
    assert {stand.value for stand in opened.stands.values()} >= {"opposes", "concerned", "backs"}
    assert len({change for _, change in opened.stands}) == 3
    assert set(Commitment.objects.values_list("status", flat=True)) == {"open", "kept", "broken"}
    assert mandate.origin(head) is not None
    assert len(mandate.open_decisions(head)) == 3


def test_it_tells_a_story_of_winning_support(head: Account) -> None:
    found = Standing.of(head, today=TODAY, now=NOW)

    assert found.now.acted > found.before.acted
    assert 0 < found.unknown < 5


def test_filling_it_again_adds_nothing(head: Account) -> None:
    before = (Touchpoint.objects.count(), StanceAssessment.objects.count())
    sample.leaders.fill(now=NOW + timedelta(days=1))
    assert (Touchpoint.objects.count(), StanceAssessment.objects.count()) == before
