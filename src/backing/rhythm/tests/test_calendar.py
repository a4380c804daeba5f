"""What is due, fetched by somebody's own calendar program (S27, S28; 3.11)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import vobject
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from backing.leaders.models import Commitment, Touchpoint
from backing.mandate.models import ChangeProposal, MandateDecision, MandateOrigin
from backing.people.access import Role
from backing.people.erasing import forget
from backing.people.models import Account, Person
from backing.people.models.bearers import BearerLink
from backing.pushback.actions import Said, escalate, raise_pushback
from backing.rhythm.dates import days_of
from backing.rhythm.models import CalendarLink
from backing.rhythm.tests.conftest import account, browser_of, leader, stands
from backing.scope.models import Charter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def subscribed(account: Account) -> str:
    """The address that the page shows, without the office's own name."""
    page = browser_of(account).post("/keep-it/calendar/address/").content.decode()
    found = re.search(r"http://testserver(/keep-it/calendar/[^<\"]+/backing\.ics)", page)
    assert found
    return found[1]


def fetched(address: str) -> dict[str, Any]:
    """The feed as another library reads it: events by their name."""
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.content.decode())
    calendar.validate(raiseException=True)
    return {each.uid.value.partition("@")[0]: each for each in calendar.contents.get("vevent", [])}


def decision(*deciders: Person, by: date) -> MandateDecision:
    made = MandateDecision.objects.create(
        kind="change",
        question="Do we stop at stage two?",
        options=["Yes", "No"],
        recommendation="Yes",
        if_not_decided="Money goes on being spent.",
        needed_by=by,
    )
    made.deciders.set(deciders)
    return made


def test_a_calendar_program_reads_promises_decisions_answers_and_reviews(
    ana: Account, today: date
) -> None:
    alba = leader(1, ana, today)
    promise = Commitment.objects.create(
        promised_by=ana.person, promised_to=alba.person, what="The intake numbers", due=today
    )
    made = decision(alba.person, by=today + timedelta(days=30))
    MandateOrigin.objects.create(
        pk=1, on=today, in_their_words="Why?", problem="Late", review_due=today
    )
    Charter.objects.create(
        version=1,
        review_due=today + timedelta(days=90),
        written_on=today,
        proposed_on=today,
        status="proposed",
    )
    change = ChangeProposal.objects.create(title="Stage checks", what_changes="A gate", why="Dates")
    raised, _ = raise_pushback(Said(text="It takes hours.", change=change), now=timezone.now())

    events = fetched(subscribed(ana))

    assert events[f"promise-{promise.pk}"].summary.value == "Promise due: The intake numbers"
    assert events[f"promise-{promise.pk}"].dtstart.value == today
    assert events[f"promise-{promise.pk}"].dtend.value == today + timedelta(days=1)
    assert events[f"decision-{made.pk}"].dtstart.value == today + timedelta(days=30)
    assert events[f"pre-meetings-{made.pk}"].dtstart.value == today + timedelta(days=16)
    assert events[f"answer-{raised.pk}"].dtstart.value == raised.answer_due
    assert events["mandate-review"].dtstart.value == today
    assert events["charter-review"].dtstart.value == today + timedelta(days=90)
    assert events[f"decision-{made.pk}"].url.value == f"http://testserver/why/decisions/{made.pk}/"
    assert {each.transp.value for each in events.values()} == {"TRANSPARENT"}


def test_report_days_are_working_days_and_one_a_month(ana: Account) -> None:
    reports = [each for each in days_of(ana, date(2026, 7, 20)) if each.name.startswith("report-")]

    assert {each.on.weekday() < 5 for each in reports} == {True}
    assert [each.on for each in reports][:3] == [
        date(2026, 7, 1),
        date(2026, 8, 3),  # the first is a Saturday
        date(2026, 9, 1),
    ]
    assert reports[1].title == "Improvement report: July 2026"
    assert len({each.name for each in reports}) == len(reports) == 13


def test_whoever_was_met_alone_needs_no_pre_meeting(ana: Account, today: date) -> None:
    alba = leader(1, ana, today)
    made = decision(alba.person, by=today + timedelta(days=30))
    talk = Touchpoint.objects.create(
        at=timezone.now(), kind="one_to_one", by=ana, decision=made, two_way=True
    )
    talk.people.add(alba.person)

    assert f"pre-meetings-{made.pk}" not in fetched(subscribed(ana))


def test_s04_nothing_of_where_a_leader_stands_is_in_it_and_nothing_sealed_is_opened(
    ana: Account, today: date
) -> None:
    from backing.people.models import AccessLog

    alba = leader(1, ana, today)
    stands(alba, "resistant", today, "Quagglewort said aloud.")
    decision(alba.person, by=today + timedelta(days=30))
    opened = AccessLog.objects.count()

    content = Client().get(subscribed(ana)).content.decode().replace("\r\n ", "")

    assert AccessLog.objects.count() == opened
    assert not re.search(r"Quagglewort|resistant|Leader 1|oppos|influence", content)


def test_a_plan_about_somebody_is_called_by_its_change(ana: Account, today: date) -> None:
    from backing.mandate.models import BlockPlan

    alba = leader(1, ana, today)
    change = ChangeProposal.objects.create(title="Stage checks", what_changes="A gate", why="Dates")
    plan = BlockPlan.objects.create(
        change=change, person=alba.person, action="Win over Alba", owner=ana, due=today
    )
    escalate(
        plan,
        to=alba.person,
        level=3,
        facts="F",
        effect="E",
        tried="",
        options=["A", "B"],
        recommendation="A",
        by=today,
        on=today,
        raised_by=ana,
    )

    titles = [each.title for each in days_of(ana, today)]

    assert "Escalation to be settled: Stage checks" in titles
    assert not [title for title in titles if "Alba" in title]


def test_everyone_is_shown_their_own_days_only(ana: Account, today: date) -> None:
    alba, bert = (leader(number, ana, today) for number in (1, 2))
    hers = Account.objects.create(person=alba.person, role=Role.LEADER)
    for each in (alba, bert):
        Commitment.objects.create(
            promised_by=ana.person, promised_to=each.person, what=f"For {each}", due=today
        )

    titles = {each.summary.value for each in fetched(subscribed(hers)).values()}

    assert titles == {"Promise due: For Leader 1"}


def test_an_address_that_is_closed_replaced_expired_or_altered_opens_nothing(
    ana: Account, today: date
) -> None:
    del today
    first = subscribed(ana)
    second = subscribed(ana)
    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]

    altered = second.replace("/calendar/", "/calendar/1")
    assert Client().get(altered).status_code == 404

    browser_of(ana).post("/keep-it/calendar/withdrawal/")
    assert Client().get(second).status_code == 404

    third = subscribed(ana)
    CalendarLink.objects.filter(withdrawn_at=None).update(
        made_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1)
    )
    assert Client().get(third).status_code == 404


def test_an_account_that_was_closed_or_forgotten_has_no_calendar(
    ben: Account, tmp_path: Any
) -> None:
    address = subscribed(ben)
    ben.close()
    assert Client().get(address).status_code == 404

    forget(ben.person, on=timezone.now(), erasure_list=tmp_path / "list")
    assert not CalendarLink.objects.exists()


def test_the_database_holds_a_digest_that_is_compared_in_constant_time(
    ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = subscribed(ana)
    kept = CalendarLink.objects.get()
    secret = address.split("/")[3].split(".", 1)[1].rsplit(":", 1)[0]
    assert secret not in str(CalendarLink.objects.values().get())

    compared: list[str] = []

    def compare(one: str, other: str) -> bool:
        compared.append(one)
        return one == other

    monkeypatch.setattr(f"{BearerLink.__module__}.constant_time_compare", compare)
    assert Client().get(address).status_code == 200
    assert compared == [kept.digest]


def test_the_same_thing_has_the_same_name_when_its_day_moves(ana: Account, today: date) -> None:
    alba = leader(1, ana, today)
    promise = Commitment.objects.create(
        promised_by=ana.person, promised_to=alba.person, what="Numbers", due=today
    )
    address = subscribed(ana)
    before = fetched(address)[f"promise-{promise.pk}"]
    promise.due = today + timedelta(days=3)
    promise.save()
    after = fetched(address)[f"promise-{promise.pk}"]

    assert before.uid.value == after.uid.value
    assert after.dtstart.value - before.dtstart.value == timedelta(days=3)

    promise.status = Commitment.Status.KEPT
    promise.save()
    assert f"promise-{promise.pk}" not in fetched(address)


def test_the_page_says_when_it_was_last_fetched_and_never_shows_the_address_again(
    ana: Account,
) -> None:
    browser, address = browser_of(ana), subscribed(ana)
    assert "not yet" in browser.get("/keep-it/calendar/").content.decode()

    Client().get(address)
    page = browser.get("/keep-it/calendar/").content.decode()

    assert "not yet" not in page
    assert address not in page


def test_whoever_has_no_part_in_the_office_may_have_a_calendar_too() -> None:
    finance = account("Fay", Role.FINANCE)

    assert browser_of(finance).get("/keep-it/calendar/").status_code == 200
