"""Why the office exists, what it proposes to change, and what management decided (S02, S03, S08, S11, S31)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backing.evidence.models import MirroredProject
from backing.leaders.actions import opinions
from backing.leaders.actions.conversations import capture
from backing.leaders.models import Leader, Touchpoint
from backing.leaders.tests.conftest import leader_called
from backing.mandate.models import (
    BlockPlan,
    ChangeProposal,
    Impact,
    MandateDecision,
    MandateOrigin,
)
from backing.people.access import Role
from backing.people.models import AccessLog, Account, OrgUnit, Person
from backing.people.tests.conftest import account_of, browser_of

pytestmark = pytest.mark.django_db

QUOTE = "I want to hear in time that it will be late"
SEEN = "grumbled at the coffee machine"


def today(days: int = 0) -> Any:
    return timezone.localdate() + timedelta(days=days)


def page(account: Account, address: str) -> str:
    return browser_of(account).get(address).content.decode()


def told(**changes: str) -> dict[str, str]:
    return {
        "commissioned_by": "Sir Humphrey, Dame Judith",
        "on": str(today(-30)),
        "in_their_words": QUOTE,
        "problem": "Dates move.",
        "expected_results": "Fewer surprises.",
    } | changes


def change_called(title: str, *required: Leader) -> ChangeProposal:
    change = ChangeProposal.objects.create(title=title, what_changes="x", why="y")
    change.required.set([each.person for each in required])
    return change


def asked(**changes: str) -> dict[str, str]:
    return {
        "kind": "charter",
        "question": "Charter?",
        "options": "Adopt it\nWait",
        "recommendation": "Adopt it",
        "if_not_decided": "It waits.",
        "deciders": "Finn",
        "needed_by": str(today(9)),
    } | changes


def test_s03_five_answers_and_it_is_quoted_with_its_day(ana: Account, eve: Account) -> None:
    answer = browser_of(ana).post("/why/origin/", told())

    assert answer.status_code == 302
    for anyone in (ana, eve):
        shown = page(anyone, "/why/")
        assert QUOTE in shown
        assert "Dame Judith, Sir Humphrey" in shown
        assert f"{today(-30).day} {today(-30):%B %Y}" in shown


def test_s03_what_is_not_recorded_is_said_to_be_so(ana: Account) -> None:
    assert "The reason for commissioning is not recorded." in page(ana, "/why/")


def test_s03_better_words_take_the_place_of_the_first_and_the_history_keeps_both(
    ana: Account,
) -> None:
    browser = browser_of(ana)
    browser.post("/why/origin/", told())
    browser.post("/why/origin/", told(in_their_words="In time.", budget="420000"))

    assert MandateOrigin.objects.get().in_their_words == "In time."
    assert MandateOrigin.objects.get().budget_minor == 42_000_000
    assert QUOTE in set(MandateOrigin.history.values_list("in_their_words", flat=True))


def test_nobody_asked_for_it_tomorrow(ana: Account) -> None:
    answer = browser_of(ana).post("/why/origin/", told(on=str(today(1))))

    assert answer.status_code == 422
    assert not MandateOrigin.objects.exists()


def test_s08_a_change_lists_units_projects_and_heads_who_are_not_on_the_list(
    ana: Account, finn: Leader
) -> None:
    head = Person.objects.create(full_name="Hana")
    sales = OrgUnit.objects.create(name="Sales", head=head)
    for number in range(3):
        MirroredProject.objects.create(
            project=f"r/{number}", register="r", key=str(number), org_unit="SALES"
        )
    change = change_called("One intake")
    browser = browser_of(ana)
    browser.post(f"/why/changes/{change.pk}/impact/", {"org_unit": sales.pk, "degree": "high"})

    shown = page(ana, f"/why/changes/{change.pk}/")
    assert "It touches one unit and 3 projects" in shown
    assert "Heads of units it touches, not asked for yet: Hana." in shown

    browser.post(f"/why/changes/{change.pk}/agreement/", {"heads": "yes"})

    assert list(change.required.all()) == [head]
    shown = page(ana, f"/why/changes/{change.pk}/")
    assert "Not on the list of leaders:</b> Hana" in shown


def test_an_impact_corrected_must_be_confirmed_anew(ana: Account) -> None:
    sales = OrgUnit.objects.create(name="Sales", head=Person.objects.create(full_name="Hana"))
    change = change_called("One intake")
    browser, address = browser_of(ana), f"/why/changes/{change.pk}/impact/"
    browser.post(address, {"org_unit": sales.pk, "degree": "high"})
    browser.post(f"/why/impacts/{Impact.objects.get().pk}/confirmation/")
    assert Impact.objects.get().confirmed_by_head_on == today()

    browser.post(address, {"org_unit": sales.pk, "degree": "low"})

    assert (Impact.objects.get().degree, Impact.objects.get().confirmed_by_head_on) == ("low", None)


def test_s02_what_was_said_for_the_record_is_for_management_the_rest_is_masked(
    ana: Account, sue: Account, finn: Leader
) -> None:
    change = change_called("One intake", finn)
    other = leader_called("Olga", owner=ana)
    opinions.state_position(
        finn, change, value="backs", words="I am for it", condition="", on=today()
    )
    opinions.note_position(
        other, change, value="opposes", basis="observed_act", evidence=SEEN,
        condition="", on=today(), by=ana,
    )  # fmt: skip
    browser = browser_of(ana)

    for address in (f"/why/changes/{change.pk}/", "/why/changes/"):
        for shown in (page(ana, address), page(sue, address)):
            assert "I am for it" in shown
            assert SEEN not in shown
    opened = browser.post("/why/changes/")

    assert SEEN in opened.content.decode()
    assert opened.headers["Cache-Control"] == "no-store"
    assert AccessLog.objects.filter(what="Position", count=1, purpose="changes").exists()


def test_the_sponsor_cannot_take_the_mask_off(ana: Account, sue: Account, finn: Leader) -> None:
    change = change_called("One intake", finn)
    opinions.note_position(
        finn, change, value="opposes", basis="observed_act", evidence=SEEN,
        condition="", on=today(), by=ana,
    )  # fmt: skip

    assert SEEN not in browser_of(sue).post("/why/changes/").content.decode()
    assert browser_of(sue).post(f"/why/changes/{change.pk}/opening/").status_code == 404


def test_a_leader_sees_the_changes_that_need_them_or_touch_their_area(
    ana: Account, eve: Account
) -> None:
    leader = leader_called("Eve", owner=ana)
    asked_for, touched, foreign = (change_called(title) for title in ("One", "Two", "Three"))
    asked_for.required.add(leader.person)
    unit = OrgUnit.objects.create(name="Sales", head=eve.person)
    Impact.objects.create(change=touched, org_unit=unit)

    browser = browser_of(eve)

    answers = [
        browser.get(f"/why/changes/{each.pk}/").status_code
        for each in (asked_for, touched, foreign)
    ]
    assert answers == [200, 200, 404]


def test_a_decision_names_its_change_to_whoever_may_see_that(ana: Account, eve: Account) -> None:
    browser_of(ana).post("/why/decisions/new/", asked(deciders="Eve"))
    made = MandateDecision.objects.get()
    made.change = change_called("Weekly checks")
    made.save()
    here = f"/why/decisions/{made.pk}/"
    assert "Weekly checks" in page(ana, here)
    assert "Adopt it" in page(eve, here)
    assert "Weekly checks" not in page(eve, here)
    made.change.required.add(eve.person)
    assert f"/why/changes/{made.change.pk}/" in page(eve, here)


@pytest.mark.parametrize(
    ("options", "kept"), [("Only one", False), ("One\nTwo", True), ("1\n2\n3\n4\n5", False)]
)
def test_a_decision_has_two_to_four_options(ana: Account, options: str, kept: bool) -> None:
    browser_of(ana).post("/why/decisions/new/", asked(options=options))
    assert MandateDecision.objects.exists() is kept


def test_s31_a_decision_is_kept_in_their_words_and_then_stands(ana: Account, finn: Leader) -> None:
    browser = browser_of(ana)
    browser.post("/why/decisions/new/", asked())
    made = MandateDecision.objects.get()
    assert list(made.deciders.all()) == [finn.person]

    browser.post(
        f"/why/decisions/{made.pk}/outcome/",
        {"outcome": "We adopt it for a year.", "on": str(today()), "review_on": str(today(365))},
    )

    assert "We adopt it for a year." in page(ana, f"/why/decisions/{made.pk}/")
    assert browser.get(f"/why/decisions/{made.pk}/words/").status_code == 404


def test_a_talk_about_a_decision_is_a_pre_meeting(ana: Account, finn: Leader) -> None:
    browser = browser_of(ana)
    browser.post("/why/decisions/new/", asked())
    made = MandateDecision.objects.get()
    assert "not yet" in page(ana, f"/why/decisions/{made.pk}/")

    given = {"kind": "one_to_one", "said": "", "on": str(today()), "whose": "ours"}
    browser.post(f"/leaders/{finn.pk}/contact/", given | {"decision": made.pk})

    assert "not yet" not in page(ana, f"/why/decisions/{made.pk}/")


def test_s11_who_can_stop_a_change_and_has_no_plan(ana: Account, finn: Leader) -> None:
    change = change_called("One intake", finn)
    opinions.assess(finn, on=today(), by=ana, can_block="the budget gate")
    browser = browser_of(ana)

    assert "budget gate" not in page(ana, "/why/blocks/")
    assert "Not yet: plan it" in browser.post("/why/blocks/").content.decode()

    browser.post(
        "/why/blocks/plan/",
        {
            "change": change.pk,
            "person": finn.person_id,
            "action": "Show it to Finn first",
            "owner": ana.pk,
            "due": str(today(5)),
        },
    )
    assert BlockPlan.objects.get().owner == ana
    assert "Not yet: plan it" not in browser.post("/why/blocks/").content.decode()


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEADER, Role.FINANCE, Role.DPO])
def test_blocks_are_the_offices(ana: Account, role: str) -> None:
    assert browser_of(account_of("Someone", role)).get("/why/blocks/").status_code == 404


@pytest.mark.parametrize("address", ["/why/", "/why/changes/", "/why/decisions/", "/why/blocks/"])
def test_as_many_queries_for_many_as_for_two(ana: Account, finn: Leader, address: str) -> None:
    browser, opens = browser_of(ana), address in ("/why/changes/", "/why/blocks/")

    def queries(number: int) -> int:
        for one in range(ChangeProposal.objects.count(), number):
            leader = leader_called(f"Leader {one}", owner=ana)
            change = change_called(f"Change {one}", finn, leader)
            unit = OrgUnit.objects.create(name=f"Unit {one}", head=leader.person)
            Impact.objects.create(change=change, org_unit=unit)
            BlockPlan.objects.create(
                change=change, person=leader.person, action="x", owner=ana, due=today()
            )
            browser.post("/why/decisions/new/", asked(deciders=f"Finn, Leader {one}"))
            capture([leader.person], kind=Touchpoint.Kind.MEETING, at=timezone.now(), by=ana)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(address).status_code == 200
            assert opens is False or browser.post(address).status_code == 200
        return len(caught)

    queries(1)
    assert queries(2) == queries(8)
