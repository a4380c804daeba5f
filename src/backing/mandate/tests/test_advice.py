"""The rules about the mandate: each with what fires it and what keeps it quiet (RULE-05, 23, 32)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from backing.leaders.actions import opinions
from backing.leaders.actions.conversations import capture, record_act
from backing.leaders.models import Leader, Touchpoint
from backing.leaders.tests.conftest import MAY, leader_called
from backing.mandate.actions import finish_plan, tell_origin
from backing.mandate.advice import THRESHOLDS, advice
from backing.mandate.models import BlockPlan, ChangeProposal, MandateDecision
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office
from backing.people.models import Account

pytestmark = pytest.mark.django_db


def found(viewer: Account, rule: str) -> list[Advice]:
    return [each for each in advice(Office({}), viewer, MAY) if each.rule == rule]


def decision(*leaders: Leader, in_days: int = 9) -> MandateDecision:
    made = MandateDecision.objects.create(
        kind="charter",
        question="Charter?",
        options=["Yes", "No"],
        recommendation="Yes",
        if_not_decided="It waits.",
        needed_by=MAY + timedelta(days=in_days),
    )
    made.deciders.set([each.person for each in leaders])
    return made


def spoke(leader: Leader, by: Account, about: MandateDecision, kind: str = "one_to_one") -> None:
    at = timezone.make_aware(datetime.combine(MAY, datetime.min.time()))
    capture([leader.person], kind=Touchpoint.Kind(kind), at=at, by=by, decision=about)


def change(*required: Leader, start: date | None = None) -> ChangeProposal:
    made = ChangeProposal.objects.create(title="One intake", what_changes="x", why="y", start=start)
    made.required.set([each.person for each in required])
    return made


def stands(leader: Leader, on: ChangeProposal, value: str, by: Account) -> None:
    opinions.note_position(
        leader, on, value=value, basis="said_to_me", evidence="x", condition="", on=MAY, by=by
    )


def commissioned(days_ago: int, by: Account) -> None:
    tell_origin(
        commissioned_by=[by.person],
        on=MAY - timedelta(days=days_ago),
        in_their_words="In time.",
        problem="Dates move.",
    )


def supporter(name: str, by: Account, *, acted_days_ago: int, influence: int = 5) -> None:
    leader = leader_called(name, owner=by)
    opinions.assess(leader, on=MAY, by=by, influence=influence)
    opinions.assess_stance(
        leader, level="supportive", basis="observed_act", evidence="x", on=MAY, by=by
    )
    record_act(leader, what="spoke up", on=MAY - timedelta(days=acted_days_ago))


def test_rule_05_names_the_deciders_who_have_not_heard_it_alone(ana: Account, finn: Leader) -> None:
    olga = leader_called("Olga", owner=ana)
    asked = decision(finn, olga)
    spoke(olga, ana, asked)
    spoke(finn, ana, asked, "meeting")

    (one,) = found(ana, "RULE-05")

    assert one.title == "1 of 2 deciders have not heard it from you: Charter?"
    assert "Finn" in one.because[1]
    assert one.confidentiality == Confidentiality.PMO

    spoke(finn, ana, asked)
    assert found(ana, "RULE-05") == []


@pytest.mark.parametrize(("days", "fires"), [(15, False), (14, True), (0, True), (-1, False)])
def test_rule_05_from_two_weeks_before(ana: Account, finn: Leader, days: int, fires: bool) -> None:
    decision(finn, in_days=days)
    assert bool(found(ana, "RULE-05")) is fires


def test_rule_23_a_mandate_on_one_person(ana: Account) -> None:
    commissioned(400, ana)
    supporter("Olga", ana, acted_days_ago=10)
    supporter("Pia", ana, acted_days_ago=91)
    supporter("Local", ana, acted_days_ago=1, influence=2)
    assert [each.title for each in found(ana, "RULE-23")] == ["Your mandate rests on one person."]

    supporter("Quinn", ana, acted_days_ago=5)
    assert found(ana, "RULE-23") == []


@pytest.mark.parametrize(
    ("days", "influence", "fires"), [(90, 4, False), (91, 4, True), (90, 3, True)]
)
def test_rule_23_counts_who_has_a_strong_say_and_acted_in_the_quarter(
    ana: Account, days: int, influence: int, fires: bool
) -> None:
    commissioned(400, ana)
    supporter("Olga", ana, acted_days_ago=10)
    supporter("Pia", ana, acted_days_ago=days, influence=influence)

    assert bool(found(ana, "RULE-23")) is fires


def test_rule_23_gives_a_new_office_a_quarter(ana: Account) -> None:
    assert found(ana, "RULE-23") == []
    commissioned(89, ana)
    assert found(ana, "RULE-23") == []
    commissioned(90, ana)
    assert len(found(ana, "RULE-23")) == 1


def test_rule_23_says_nothing_to_a_member_about_who_is_in_favour(
    ana: Account, ben: Account
) -> None:
    commissioned(400, ana)
    assert found(ben, "RULE-23") == []


def test_rule_23_a_sponsor_long_in_post_or_known_to_leave(ana: Account, sue: Account) -> None:
    sue.person.in_post_from = MAY - timedelta(days=913)
    sue.person.save()
    assert found(ana, "RULE-23") == []

    sue.person.in_post_from = MAY - timedelta(days=914)
    sue.person.save()
    assert "in post since" in found(ana, "RULE-23")[0].because[0]

    sue.person.in_post_to = MAY + timedelta(days=30)
    sue.person.save()
    assert "They leave their post" in found(ana, "RULE-23")[0].because[0]


@pytest.mark.parametrize(
    ("value", "start", "fires"),
    [
        ("opposes", None, True),
        ("concerned", 300, True),
        ("backs", 24, False),
        ("", 24, True),
        ("unknown", 24, True),
        ("", 30, True),
        ("", 31, False),
        ("unknown", 31, False),
        ("", None, False),
    ],
)
def test_rule_32_who_can_stop_it_and_is_not_for_it(
    ana: Account, finn: Leader, value: str, start: int | None, fires: bool
) -> None:
    opinions.assess(finn, on=MAY, by=ana, can_block="the budget gate")
    begins = None if start is None else MAY + timedelta(days=start)
    proposed = change(finn, start=begins)
    if value:
        stands(finn, proposed, value, ana)

    assert bool(found(ana, "RULE-32")) is fires


def test_rule_32_is_quiet_while_something_dated_is_planned(ana: Account, finn: Leader) -> None:
    opinions.assess(finn, on=MAY, by=ana, can_block="the budget gate")
    proposed = change(finn)
    stands(finn, proposed, "opposes", ana)
    plan = BlockPlan.objects.create(
        change=proposed, person=finn.person, action="Ask", owner=ana, due=MAY
    )
    assert found(ana, "RULE-32") == []

    finish_plan(plan, on=MAY)
    assert len(found(ana, "RULE-32")) == 1


def test_rule_32_is_quiet_about_who_can_stop_nothing(ana: Account, finn: Leader) -> None:
    stands(finn, change(finn), "opposes", ana)
    assert found(ana, "RULE-32") == []


def test_nobody_else_is_advised(sue: Account, eve: Account, finn: Leader) -> None:
    decision(finn)
    assert [*advice(Office({}), sue, MAY), *advice(Office({}), eve, MAY)] == []


def test_every_threshold_says_why_and_can_be_told_from_the_others() -> None:
    assert all(each.why.endswith(".") for each in THRESHOLDS)
    assert len({each.key for each in THRESHOLDS}) == len(THRESHOLDS)
