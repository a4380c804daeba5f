"""4.3, step 5: the questions that will be asked, from the gaps that records and rules show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backing.documents import rehearsal
from backing.documents.papers.recorded import Recorded
from backing.documents.tests.conftest import MAY
from backing.documents.tests.test_case_completed import RECORDED
from backing.evidence.models import Edition
from backing.leaders.actions.conversations import capture
from backing.leaders.models import Touchpoint
from backing.mandate.models import MandateDecision
from backing.people.access import Role
from backing.people.models import Account, Person
from backing.people.tests.conftest import account_of, browser_of

pytestmark = pytest.mark.django_db

TODAY = MAY.date()


def asked(viewer: Account, recorded: Recorded) -> list[str]:
    return [each.asked for each in rehearsal.questions(viewer, (), recorded, TODAY)]


def decision_of(*deciders: Person) -> MandateDecision:
    made = MandateDecision.objects.create(
        kind="mandate",
        question="Shall there be an office?",
        options=["Yes", "No"],
        recommendation="Yes",
        if_not_decided="it ends",
        needed_by=date(2026, 5, 20),
    )
    made.deciders.set(deciders)
    return made


def test_a_gap_is_a_question_and_a_closed_one_is_not(ana: Account) -> None:
    gaps = asked(ana, RECORDED)
    nobody = next(item for item in RECORDED.items if item.kind == "wont" and not item.instead)
    closed = asked(
        ana,
        replace(RECORDED, items=tuple(item for item in RECORDED.items if item is not nobody)),
    )

    assert "If you don’t, who does? (Keep timesheets)" in gaps
    assert "Why is nothing done about skills?" in gaps
    assert "If you don’t, who does? (Keep timesheets)" not in closed


def test_what_is_not_recorded_is_asked_about(ana: Account) -> None:
    assert {"Who asked for this office?", "What does it cost me?", "When would you stop?"} <= set(
        asked(ana, Recorded())
    )


def test_the_money_is_answered_with_break_even_and_no_return(ana: Account) -> None:
    money = next(
        each
        for each in rehearsal.questions(ana, (), RECORDED, TODAY)
        if each.asked == "Does it pay?"
    )

    assert money.say[1].startswith("It breaks even at 35% of €1,200,000 a year")
    assert "No return is claimed" in money.say[-1]


def test_rule_05_deciders_who_have_not_heard_it_are_named(ana: Account) -> None:
    ines, ben = (Person.objects.create(full_name=name) for name in ("Ines", "Ben"))
    decision = decision_of(ines, ben)
    capture([ines], kind=Touchpoint.Kind.ONE_TO_ONE, at=MAY, by=ana, decision=decision)

    (waiting,) = rehearsal.waiting(ana)
    assert [(each.name, each.heard) for each in waiting.deciders] == [
        ("Ben", False),
        ("Ines", True),
    ]
    assert "Why do I hear of this only now?" in asked(ana, RECORDED)


def test_the_page_asks_how_do_you_know_with_n_and_who_confirmed(
    evidence: Edition, ana: Account
) -> None:
    page = browser_of(ana).get("/documents/rehearsal/").content.decode()

    assert "“How do you know?”" in page
    assert "45 of 46 projects" in page
    assert (
        browser_of(account_of("Lea", Role.LEADER)).get("/documents/rehearsal/").status_code == 404
    )
