"""S14: each part of the brief is complete or not by what is recorded, and says so in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from backing.mandate.actions import decide, tell_origin
from backing.mandate.models import MandateDecision
from backing.people.access import Role
from backing.people.models import Account, Person
from backing.people.tests.conftest import account_of, browser_of
from backing.scope.models import Charter, ScopeItem
from backing.site.parts import BY_SLUG
from backing.site.so_far import so_far, step_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 11)


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


def why(viewer: Account) -> str:
    step = step_of(BY_SLUG["why"], viewer, TODAY)
    assert step is not None
    return step.says


def test_s14a_a_part_is_done_when_what_it_needs_is_recorded(ana: Account) -> None:
    empty = why(ana)
    ines = Person.objects.create(full_name="Ines")
    tell_origin(
        commissioned_by=[ines], on=TODAY, in_their_words="Tell me earlier.", problem="Late news"
    )
    told = why(ana)
    decision = MandateDecision.objects.create(
        kind="mandate",
        question="Shall there be an office?",
        options=["Yes", "No"],
        recommendation="Yes",
        if_not_decided="it ends",
        needed_by=TODAY,
    )
    decide(decision, outcome="Yes, for a year.", on=TODAY, conditions="", review_on=None)

    assert empty == (
        "Incomplete: who asked for the office, and in what words, is not recorded and no decision on the "
        "mandate."
    )
    assert told == "Incomplete: no decision on the mandate. So far: the origin."
    assert why(ana) == "Complete: the origin and a decision on the mandate."


def test_the_page_of_steps_names_every_part_and_says_what_none_can_record_yet(ana: Account) -> None:
    page = browser_of(ana).get("/steps/").content.decode()

    assert all(part.name in page for part in BY_SLUG.values())
    assert "no past projects are in" in page


def test_the_navigation_says_how_far_a_part_is_to_the_office_alone(ana: Account) -> None:
    leader = account_of("Ines", Role.LEADER)

    assert "no decision on the mandate" in browser_of(ana).get("/why/").content.decode()
    assert "no decision on the mandate" not in browser_of(leader).get("/why/").content.decode()
    assert browser_of(leader).get("/steps/").status_code == 404


def test_steps_are_told_in_the_order_of_the_brief(ana: Account) -> None:
    assert [each.part.slug for each in so_far(ana, TODAY)] == list(BY_SLUG)


def test_s14a_deleting_the_last_wont_turns_step_3_back_to_incomplete(ana: Account) -> None:
    ScopeItem.objects.create(kind="will", statement="Check each stage", reason="Scope grows")
    wont = ScopeItem.objects.create(
        kind="wont", statement="Keep timesheets", reason="No use", nobody_instead=True
    )
    Charter.objects.create(
        version=1, status="proposed", written_on=TODAY, proposed_on=TODAY, review_due=TODAY
    )
    scope = BY_SLUG["scope"]
    before = step_of(scope, ana, TODAY)
    wont.delete()
    after = step_of(scope, ana, TODAY)

    assert before is not None
    assert before.says == "Complete: 1 will, 1 won’t, charter 1, proposed."
    assert after is not None
    assert after.says.startswith("Incomplete: no exclusions.")
