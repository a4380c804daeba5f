"""The demo has a charter: one version decided, the next proposed, with four answers and one silence (X9)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backing.conftest import Fill
from backing.people import actions as people
from backing.people.advising import Office
from backing.people.models import Account, Organisation, OrgUnit
from backing.people.tests.conftest import browser_of
from backing.scope.advice import advice
from backing.scope.models import Charter
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS
from boardpaper.composed import document_from
from boardpaper.wording import plain

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def aldmoor() -> None:
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP", fiscal_year_starts=4).save()
    for name in (GROUP, *UNITS):
        OrgUnit.objects.create(name=name)
    people.head()
    sample.leaders.fill(now=NOW)
    sample.scope.fill(now=NOW)
    for _ in range(2):  # the second time finds it filled
        sample.charter.fill(now=NOW)


@pytest.fixture(scope="module")
def filled(filled_once: Fill) -> None:
    filled_once(aldmoor)


@pytest.fixture
def head(filled: None) -> Account:
    return people.head()


def test_the_first_version_rests_on_a_decision_and_the_second_is_proposed(head: Account) -> None:
    second, first = Charter.objects.all()

    assert (first.version, first.status) == (1, "agreed")
    assert first.basis is not None
    assert first.basis.outcome.startswith("Yes, for two years")
    assert (second.version, second.status) == (2, "proposed")
    assert second.issue is not None
    proposed = document_from(second.issue.composition.encode())
    assert proposed.title.endswith("version 2, proposed")
    assert plain(proposed.sections[0].lead).startswith("Proposed: no decision of management")


def test_three_leaders_know_it_one_objects_and_one_has_not_answered(head: Account) -> None:
    given = Charter.objects.get(version=2).acknowledgements.all()

    assert sorted(each.response for each in given) == [
        *["acknowledged"] * 3,
        "no_reply",
        "objects",
    ]
    page = browser_of(head).get("/scope/charter/").content.decode()
    assert "Version 2 is proposed; one leader objects." in page
    assert "Nothing in it says that the check ends where the lease is signed." in page


def test_rule_31_names_who_was_not_briefed_on_the_version_that_is_proposed(head: Account) -> None:
    found = [each for each in advice(Office({}), head, TODAY) if each.rule == "RULE-31"]

    assert len(found) == 1
