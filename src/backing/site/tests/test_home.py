"""Home: where we stand with management, useful from the first minute, and about nobody (S01, 3.11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backing.leaders.models import (
    Assessment,
    Commitment,
    Heard,
    InfluenceLink,
    Leader,
    Position,
    StanceAssessment,
    SupportAct,
    Touchpoint,
)
from backing.mandate.models import ChangeProposal, MandateDecision, MandateOrigin
from backing.people.access import Role
from backing.people.legitimate_interests import record_as_offered
from backing.people.models import AccessLog, Account, Person
from backing.people.models.sealed import Hidden, Sealed
from backing.rhythm.models import PutOff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]
PLANTED = "zzqxplanted"
BUDGET = 50  # queries for home, with all that the rules of the week ask up to those about people
BUDGET_WHERE_LATE = 27  # where the promises that are late are enough


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def ana() -> Account:
    head = Account.objects.create(person=Person.objects.create(full_name="Ana"), role=Role.PMO_HEAD)
    record_as_offered(by=head, on=timezone.localdate())
    return head


def seen_by(account: Account) -> str:
    browser = Client()
    browser.force_login(account)
    return browser.get("/").content.decode()


def test_s01_an_empty_office_offers_three_first_steps(ana: Account) -> None:
    page = seen_by(ana)

    assert "nothing recorded yet" in page
    steps = [page.index(words) for words in ("who asked", "three leaders", "one conversation")]
    assert steps == sorted(steps)


def test_s01_the_steps_go_once_they_are_taken(ana: Account, today: date) -> None:
    tell_the_origin(today)
    fill(ana, today, leaders=3)
    page = seen_by(ana)

    assert "To begin with" not in page
    assert "I want to stop finding out in March" in page


def test_s01_support_is_counted_in_words_with_the_unknown_and_never_in_per_cent(
    ana: Account, today: date
) -> None:
    fill(ana, today, leaders=9)
    for leader in Leader.objects.all()[:6]:
        assess(leader, "supportive", today)
    page = seen_by(ana)

    assert "of three we do not know where they stand" in page
    assert "%" not in page[page.index("<main") : page.index("</main")]


@pytest.mark.parametrize("role", Role.values)
def test_home_holds_nothing_about_a_person_for_anyone(ana: Account, today: date, role: str) -> None:
    fill(ana, today, leaders=7)
    for leader in Leader.objects.all():
        seal_everything(leader, today)
    viewer = (
        ana
        if role == Role.PMO_HEAD
        else Account.objects.create(person=Person.objects.create(full_name="Eve"), role=role)
    )

    assert PLANTED not in seen_by(viewer)


def test_every_sealed_model_is_planted() -> None:
    """So that a new one cannot be forgotten above."""
    known = {Assessment, StanceAssessment, InfluenceLink, Position, Heard}
    assert {
        model for model in Sealed.__subclasses__() if model.__module__.startswith("backing.leaders")
    } == known


def test_a_leader_sees_why_the_office_exists_and_what_was_promised_to_them_alone(
    ana: Account, today: date
) -> None:
    tell_the_origin(today)
    fill(ana, today, leaders=2)
    first = Leader.objects.all()[0].person
    page = seen_by(Account.objects.create(person=first, role=Role.LEADER))

    assert "I want to stop finding out in March" in page
    assert "Numbers for Leader 0" in page
    assert "Numbers for Leader 1" not in page
    assert "on the list" not in page


def test_a_late_promise_says_how_late_it_is(ana: Account, today: date) -> None:
    person = Person.objects.create(full_name="Helena")
    Commitment.objects.create(
        promised_by=ana.person, promised_to=person, what="X", due=today - timedelta(days=3)
    )
    assert "3 days late" in seen_by(ana)


def test_a_decision_says_how_many_deciders_have_heard_it_one_to_one(
    ana: Account, today: date
) -> None:
    decision = decision_of(today)
    fill(ana, today, leaders=3)
    people = [leader.person for leader in Leader.objects.all()]
    decision.deciders.set(people)
    for kind, person in (("one_to_one", people[0]), ("meeting", people[1])):
        talk(ana, person, today, kind=kind, decision=decision)

    assert "1 of 3 deciders have heard it" in seen_by(ana)


def test_home_costs_the_same_queries_however_much_there_is(ana: Account, today: date) -> None:
    browser = Client()
    browser.force_login(ana)
    tell_the_origin(today)
    decision = decision_of(today)
    fill(ana, today, leaders=4)
    decision.deciders.set(Person.objects.all())
    for leader in Leader.objects.all():
        seal_everything(leader, today)
    leave(Leader.objects.all()[:1], today)
    few = queries(browser)
    fill(ana, today, leaders=40)
    for leader in Leader.objects.all():
        seal_everything(leader, today)
    leave(Leader.objects.all()[:9], today)
    for number in range(20):
        PutOff.objects.create(
            rule="RULE-02", subject=f"leader-{number}", reason="wrong", on=today, by=ana
        )
    decision.deciders.set(Person.objects.all())

    assert queries(browser) == few <= BUDGET


def test_where_enough_promises_are_late_no_rule_about_people_is_asked(
    ana: Account, today: date
) -> None:
    browser = Client()
    browser.force_login(ana)
    fill(ana, today, leaders=6)
    for leader in Leader.objects.all():
        seal_everything(leader, today)
        Commitment.objects.create(
            promised_by=ana.person,
            promised_to=leader.person,
            what="Numbers",
            due=today - timedelta(days=3),
        )

    assert queries(browser) <= BUDGET_WHERE_LATE
    assert not AccessLog.objects.filter(purpose="advice").exists()


def queries(browser: Client) -> int:
    browser.get("/")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        browser.get("/")
    return len(captured)


def leave(leaders: Iterable[Leader], today: date) -> None:
    """They left longer ago than anything is kept of them."""
    for leader in leaders:
        leader.left_on = today - timedelta(days=400)
        leader.save()


def fill(by: Account, today: date, *, leaders: int) -> None:
    for number in range(leaders):
        person = Person.objects.create(full_name=f"Leader {number}")
        leader = Leader.objects.create(person=person, owner=by, listed_on=today)
        SupportAct.objects.create(leader=leader, what="Lent two analysts", on=today)
        talk(by, person, today)
        Commitment.objects.create(
            promised_by=by.person,
            promised_to=person,
            what=f"Numbers for Leader {number}",
            due=today + timedelta(days=9),
        )


def talk(
    by: Account,
    person: Person,
    day: date,
    *,
    kind: str = "one_to_one",
    decision: MandateDecision | None = None,
) -> Touchpoint:
    at = timezone.make_aware(datetime.combine(day, time(0)))
    made = Touchpoint.objects.create(at=at, kind=kind, two_way=True, by=by, decision=decision)
    made.people.add(person)
    return made


def assess(leader: Leader, level: str, on: date) -> None:
    content = Hidden.sealing({"level": level, "basis": "said_to_me", "evidence": PLANTED})
    StanceAssessment.objects.create(
        leader=leader, assessed_on=on, assessed_by=leader.owner, content=content
    )


def seal_everything(leader: Leader, today: date) -> None:
    """A record of every sealed kind, with words that must not be found."""
    by = leader.owner
    assess(leader, "resistant", today)
    change = ChangeProposal.objects.create(title="One intake", what_changes="x", why="y")
    content = Hidden.sealing(
        {"influence": 5, "interest": 4, "can_block": PLANTED, "budget_authority": "holds"}
    )
    Assessment.objects.create(leader=leader, made_on=today, made_by=by, content=content)
    content = Hidden.sealing(
        {"value": "opposes", "basis": "said_to_me", "evidence": PLANTED, "condition": PLANTED}
    )
    Position.objects.create(
        leader=leader, change=change, noted_on=today, noted_by=by, content=content
    )
    content = Hidden.sealing({"strength": "strong", "basis": "told_us", "words": PLANTED})
    InfluenceLink.objects.create(
        leader=leader, to=by.person, noted_on=today, noted_by=by, content=content
    )
    content = Hidden.sealing({"words": PLANTED})
    touchpoint = talk(by, leader.person, today)
    Heard.objects.create(touchpoint=touchpoint, by=by, noted_on=today, content=content)


def tell_the_origin(today: date) -> None:
    origin = MandateOrigin(
        pk=1, on=today, in_their_words="I want to stop finding out in March.", problem="Slips"
    )
    origin.save()
    origin.commissioned_by.add(Person.objects.create(full_name="Margaret"))


def decision_of(today: date) -> MandateDecision:
    return MandateDecision.objects.create(
        kind="charter",
        question="Adopt the charter?",
        options=["Yes", "No"],
        recommendation="Yes",
        if_not_decided="Nothing is agreed",
        needed_by=today + timedelta(days=12),
    )
