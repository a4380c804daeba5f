"""The list of leaders, who is proposed for it, and the two pictures (S15, S16, methods.md 6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backing.evidence.models import MirroredProject
from backing.leaders.actions import candidates, opinions
from backing.leaders.actions.conversations import capture
from backing.leaders.models import Leader, LeaderCandidate, Touchpoint
from backing.leaders.tests.conftest import MAY, leader_called
from backing.mandate.models import ChangeProposal, Impact
from backing.people.access import Role
from backing.people.models import AccessLog, Account, OrgUnit, Person
from backing.people.tests.conftest import account_of, browser_of

pytestmark = pytest.mark.django_db


def page(account: Account, address: str = "/leaders/") -> str:
    return browser_of(account).get(address).content.decode()


def assessed(leader: Leader, by: Account, **said: Any) -> None:
    opinions.assess(leader, on=MAY, by=by, **said)


def test_everyone_starts_as_unknown(ana: Account) -> None:
    browser_of(ana).post("/leaders/names/", {"names": "Maria Ruiz, Finance\nTom Lee\n\nTom Lee"})

    shown = page(ana)

    assert "Two leaders, and where they stand is unknown." in shown
    assert str(Person.objects.get(full_name="Maria Ruiz").job_title) == "Finance"


def test_s15_candidates_come_with_their_reasons(ana: Account) -> None:
    head, manager = (Person.objects.create(full_name=name) for name in ("Hana", "Max"))
    sales = OrgUnit.objects.create(name="Sales", head=head)
    change = ChangeProposal.objects.create(title="One intake", what_changes="x", why="y")
    Impact.objects.create(change=change, org_unit=sales)
    for number in range(candidates.MANY_PROJECTS):
        MirroredProject.objects.create(
            project=f"r/{number}", register="r", key=str(number), manager="Max"
        )
    Person.objects.create(full_name="Sue")
    MirroredProject.objects.create(project="r/9", register="r", key="9", sponsor="sue")

    candidates.propose(ana)

    reasons = {str(each): [one["code"] for one in each.reasons] for each in _open()}
    assert reasons == {"Hana": ["affected", "head"], "Max": ["manages"], "Sue": ["sponsors"]}
    assert manager.pk in {each.person_id for each in _open()}


def test_s15_a_dismissed_person_comes_back_only_with_a_new_reason(ana: Account) -> None:
    head = Person.objects.create(full_name="Hana")
    OrgUnit.objects.create(name="Sales", head=head)
    candidates.propose(ana)
    browser = browser_of(ana)
    browser.post(f"/leaders/candidates/{_open()[0].pk}/dismissal/", {"reason": "leaves in June"})

    candidates.propose(ana)
    assert _open() == []

    OrgUnit.objects.create(name="Retail", head=head)
    candidates.propose(ana)
    assert [str(each) for each in _open()] == ["Hana"]


def test_a_dismissal_needs_a_reason(ana: Account) -> None:
    OrgUnit.objects.create(name="Sales", head=Person.objects.create(full_name="Hana"))
    candidates.propose(ana)
    browser_of(ana).post(f"/leaders/candidates/{_open()[0].pk}/dismissal/", {"reason": ""})

    assert len(_open()) == 1


def test_whoever_is_listed_is_not_proposed(ana: Account, finn: Leader) -> None:
    OrgUnit.objects.create(name="Sales", head=finn.person)
    candidates.propose(ana)
    assert _open() == []


def test_the_picture_and_the_list_say_the_same_once_asked_for(ana: Account, finn: Leader) -> None:
    assessed(finn, ana, influence=5, interest=2)
    leader_called("Olga", owner=ana)
    browser = browser_of(ana)

    assert "Keep satisfied" not in browser.get("/leaders/picture/").content.decode()
    answer = browser.post("/leaders/picture/")
    shown = answer.content.decode()

    assert answer.headers["Cache-Control"] == "no-store"
    satisfied = shown[shown.index("Keep satisfied") : shown.index("Keep informed")]
    assert "Finn" in satisfied
    assert "Olga" in shown[shown.index("Not known") :]


def test_a_member_sees_only_their_own_leaders_in_the_pictures(
    ana: Account, ben: Account, finn: Leader
) -> None:
    assessed(finn, ana, influence=5, interest=5)
    own = leader_called("Olga", owner=ben)
    assessed(own, ben, influence=5, interest=5)

    shown = browser_of(ben).post("/leaders/picture/").content.decode()

    assert "Olga" in shown
    assert "Finn" not in shown
    assert set(AccessLog.objects.filter(what="Assessment").values_list("count")) == {(1,)}


@pytest.mark.parametrize(("people", "ranked"), [(7, False), (8, True)])
def test_no_ranking_of_fewer_than_eight(ana: Account, people: int, ranked: bool) -> None:
    leaders = [leader_called(f"Leader {number}", owner=ana) for number in range(people)]
    for each in leaders[1:]:
        opinions.note_listening(
            each, leaders[0].person, strength="strong", basis="told_us", on=MAY, by=ana
        )

    shown = browser_of(ana).post("/leaders/listening/").content.decode()

    assert ("By what they would move" in shown) is ranked
    assert "This week</a>" in shown  # the navigation, which the page's own names leave alone
    assert ("fewer than 8 people" in shown) is not ranked
    assert shown.count("Leader 0</span>") == people - 1


def test_a_withdrawn_link_is_no_link(ana: Account, finn: Leader) -> None:
    olga = leader_called("Olga", owner=ana)
    for strength in ("strong", ""):
        opinions.note_listening(finn, olga.person, strength=strength, basis="seen", on=MAY, by=ana)

    assert "No one has noted yet" in browser_of(ana).post("/leaders/listening/").content.decode()


@pytest.mark.parametrize("address", ["/leaders/", "/leaders/{leader}/", "/leaders/candidates/"])
def test_as_many_queries_for_ten_years_as_for_a_day(
    ana: Account, finn: Leader, address: str
) -> None:
    address = address.format(leader=finn.pk)
    browser = browser_of(ana)
    _grow(ana, finn, 1)
    browser.get(address)

    few = _queries(browser, address)
    _grow(ana, finn, 40)

    assert _queries(browser, address) == few


def test_as_many_queries_to_open_much_as_little(ana: Account, finn: Leader) -> None:
    browser, address = browser_of(ana), f"/leaders/{finn.pk}/opening/"
    _grow(ana, finn, 2)
    browser.post(address)

    few = _queries(browser, address, post=True)
    _grow(ana, finn, 40)

    assert _queries(browser, address, post=True) == few


def test_the_head_of_data_protection_sees_no_list(finn: Leader) -> None:
    dana = account_of("Dana", Role.DPO)
    assert "Finn" not in page(dana)


def _open() -> list[LeaderCandidate]:
    return list(LeaderCandidate.objects.filter(outcome=LeaderCandidate.Outcome.OPEN))


def _queries(browser: Any, address: str, *, post: bool = False) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = browser.post(address) if post else browser.get(address)
    assert answer.status_code == 200
    return len(caught)


def _grow(ana: Account, finn: Leader, by: int) -> None:
    """More of everything the pages show."""
    before = Leader.objects.count()
    for number in range(before, before + by):
        other = leader_called(f"Leader {number:03}", owner=ana)
        at = timezone.make_aware(datetime(2026, 1, 1, 9)) + timedelta(days=number)
        capture([finn.person, other.person], kind=Touchpoint.Kind.MEETING, at=at, by=ana, words="x")
        opinions.assess_stance(
            finn, level="neutral", basis="assumed", evidence="", on=at.date(), by=ana
        )
        Person.objects.create(full_name=f"Met {number}")
        capture(
            [Person.objects.get(full_name=f"Met {number}")],
            kind=Touchpoint.Kind.MEETING,
            at=at,
            by=ana,
        )
