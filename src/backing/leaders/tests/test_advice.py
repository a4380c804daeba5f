"""The rules about leaders: each with what fires it and what keeps it quiet (RULE-01 to 04, 16, 29, 31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backing.leaders.actions import asks, opinions, promises
from backing.leaders.actions.conversations import capture, record_act
from backing.leaders.actions.listing import bring_into_focus
from backing.leaders.advice import THRESHOLDS, advice
from backing.leaders.advice.relationships import QUIET
from backing.leaders.advice.seen import leaders_seen
from backing.leaders.advice.who_next import Case, Presses
from backing.leaders.levels import Level
from backing.leaders.models import Ask, Interest, Leader, Touchpoint
from backing.leaders.tests.conftest import MAY, leader_called
from backing.mandate.models import MandateDecision
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office
from backing.people.models import AccessLog, Account, OrgUnit

DEFAULTS = Office({})
CFO = Case(
    influence=5,
    level=Level.NEUTRAL,
    wanted=Level.SUPPORTIVE,
    since=45,
    every=30,
    presses=(Presses.UNDECIDED,),
)
OPERATIONS = Case(
    influence=4,
    level=Level.RESISTANT,
    wanted=Level.NEUTRAL,
    since=10,
    every=14,
    presses=(Presses.UNANSWERED_PUSHBACK,),
)
SPONSOR = Case(influence=5, level=Level.SUPPORTIVE, wanted=Level.SUPPORTIVE, since=8, every=7)


def found(viewer: Account, rule: str, office: Office = DEFAULTS) -> list[Advice]:
    return [each for each in advice(office, viewer, MAY) if each.rule == rule]


def before(days: int) -> date:
    return MAY - timedelta(days=days)


def spoke(
    leader: Leader, by: Account, days_ago: int, kind: str = "one_to_one", **more: Any
) -> None:
    at = timezone.make_aware(datetime.combine(before(days_ago), datetime.min.time()))
    capture([leader.person], kind=Touchpoint.Kind(kind), at=at, by=by, **more)


def stands(
    leader: Leader, level: str, by: Account, days_ago: int, basis: str = "said_to_me"
) -> None:
    opinions.assess_stance(
        leader, level=level, basis=basis, evidence="x", on=before(days_ago), by=by
    )


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


@pytest.mark.parametrize(("case", "order"), [(CFO, 15.5), (OPERATIONS, 10.7), (SPONSOR, 2.9)])
def test_rule_01_the_worked_example(case: Case, order: float) -> None:
    assert round(case.order, 1) == order


def test_rule_01_only_the_sponsor_of_the_example_is_an_ally() -> None:
    assert [case.is_ally for case in (CFO, OPERATIONS, SPONSOR)] == [False, False, True]


def test_rule_01_unaware_is_no_step_below_resistant() -> None:
    to_neutral = {
        level: replace(CFO, level=level, wanted=Level.NEUTRAL, presses=()).order
        for level in (Level.UNAWARE, Level.RESISTANT)
    }
    assert to_neutral[Level.UNAWARE] < to_neutral[Level.RESISTANT]


@pytest.mark.parametrize(("since", "order"), [(None, 10.0), (900, 15.0), (0, 1.25)])
def test_rule_01_timing_has_a_floor_and_a_ceiling(since: int | None, order: float) -> None:
    assert replace(CFO, since=since, presses=()).order == order


@pytest.mark.django_db
def test_rule_01_says_why(ana: Account, finn: Leader) -> None:
    Interest.objects.create(leader=finn, statement="Month-end", source="told_us", noted_on=MAY)
    spoke(finn, ana, 45)
    decision(finn)

    (one,) = found(ana, "RULE-01")

    assert one.title == "Talk to Finn before 20 May 2026."
    assert one.because == (
        "They decide on “Charter?” by 20 May 2026, and nobody has spoken with them alone about it.",
        "The last real conversation was 45 days ago; 30 are agreed.",
        "We do not know where they stand.",
        "They care about this: “Month-end”",
    )
    assert one.confidentiality == Confidentiality.RELATIONSHIP


@pytest.mark.django_db
def test_rule_01_is_quiet_about_who_was_met_lately_unless_something_presses(
    ana: Account, finn: Leader
) -> None:
    spoke(finn, ana, 5)
    assert found(ana, "RULE-01") == []

    asked = decision(finn)
    assert len(found(ana, "RULE-01")) == 1

    spoke(finn, ana, 1, decision=asked)
    assert found(ana, "RULE-01") == []


@pytest.mark.django_db
def test_rule_01_leaves_in_peace_who_asked_for_it(ana: Account, finn: Leader) -> None:
    opinions.assess(finn, on=before(1), by=ana, no_contact_until=MAY + timedelta(days=3))
    assert found(ana, "RULE-01") == []


@pytest.mark.django_db
def test_rule_01_suggests_whom_they_listen_to_where_access_is_poor(
    ana: Account, finn: Leader
) -> None:
    olga = leader_called("Olga", owner=ana)
    opinions.note_listening(finn, olga.person, strength="strong", basis="seen", on=MAY, by=ana)

    ways = {each.title: each.do for each in found(ana, "RULE-01")}

    assert ways["Talk to Finn."] == "Ask Olga to bring you together: they listen to them."
    assert ways["Talk to Olga."] == "Ask for half an hour."


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "fires"), [(45, False), (46, True)])
def test_rule_02_after_half_a_rhythm_more_than_agreed(
    ana: Account, finn: Leader, days: int, fires: bool
) -> None:
    bring_into_focus(finn)
    spoke(finn, ana, days)
    spoke(finn, ana, 1, "message")  # a broadcast resets nothing

    assert bool(found(ana, "RULE-02")) is fires


@pytest.mark.django_db
def test_rule_02_refusals_are_counted_since_the_last_talk_with_each(
    ana: Account, finn: Leader
) -> None:
    today = timezone.localdate()
    olga, uma = leader_called("Olga", owner=ana), leader_called("Uma", owner=ana)
    for leader, kind, days_ago in (
        *((finn, "declined", 9), (finn, "one_to_one", 5), (finn, "no_reply", 2)),
        *((olga, "one_to_one", 200), (olga, "declined", 190), (olga, "delegated", 3)),
        *((uma, "declined", 400), (uma, "declined", 300)),
    ):
        at = timezone.now() - timedelta(days=days_ago)
        capture([leader.person], kind=Touchpoint.Kind(kind), at=at, by=ana)

    seen = leaders_seen(ana, today, since=today)

    assert {one.leader: one.refused for one in seen} == {finn.pk: 1, olga.pk: 2, uma.pk: 1}


@pytest.mark.django_db
def test_rule_02_two_refusals_in_a_row_are_a_sign_and_a_talk_ends_the_row(
    ana: Account, finn: Leader
) -> None:
    bring_into_focus(finn)
    spoke(finn, ana, 20)
    spoke(finn, ana, 9, "declined")
    assert found(ana, "RULE-02") == []

    spoke(finn, ana, 8, "delegated")
    assert "2 times in a row" in found(ana, "RULE-02")[0].because[0]

    spoke(finn, ana, 2)
    assert found(ana, "RULE-02") == []


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "fires"), [(14, False), (15, True)])  # MAY is a Monday
def test_rule_02_a_question_has_waited_more_than_ten_working_days(
    ana: Account, finn: Leader, days: int, fires: bool
) -> None:
    bring_into_focus(finn)
    ask = Ask.objects.create(of=finn.person, what="Name a deputy", why="intake", by=MAY)
    asked = asks.send(ask, on=before(days))
    assert bool(found(ana, "RULE-02")) is fires

    asks.answer(asked, "accepted", on=MAY)
    assert found(ana, "RULE-02") == []


@pytest.mark.django_db
def test_a_threshold_that_somebody_set_holds(ana: Account, finn: Leader) -> None:
    bring_into_focus(finn)
    spoke(finn, ana, 50)
    assert found(ana, "RULE-02")
    assert found(ana, "RULE-02", Office({QUIET.key: 2.0})) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "basis", "days", "fires"),
    [
        ("neutral", "said_to_me", 90, False),
        ("neutral", "said_to_me", 91, True),
        ("neutral", "assumed", 30, False),
        ("neutral", "assumed", 31, True),
        ("neutral", "reported_by_other", 30, False),
        ("neutral", "reported_by_other", 31, True),
        ("unknown", "assumed", 400, False),
    ],
)
def test_rule_03_evidence_grows_old(
    ana: Account, finn: Leader, level: str, basis: str, days: int, fires: bool
) -> None:
    stands(finn, level, ana, days, basis)
    assert bool(found(ana, "RULE-03")) is fires


@pytest.mark.django_db
def test_rule_03_support_without_an_act_is_in_words_so_far(ana: Account, finn: Leader) -> None:
    stands(finn, "supportive", ana, 10)
    assert "In words so far" in found(ana, "RULE-03")[0].because[0]

    act = record_act(finn, what="held back two cases", on=before(91))
    assert len(found(ana, "RULE-03")) == 1

    act.on = before(90)
    act.save()
    assert found(ana, "RULE-03") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "days", "now", "fires"),
    [
        ("leading", 50, "neutral", True),
        ("leading", 200, "neutral", True),  # it held when the sixty days began
        ("supportive", 50, "neutral", False),
        ("supportive", 50, "unaware", False),  # no step of the same ladder
        ("neutral", 50, "supportive", False),
    ],
)
def test_rule_04_two_steps_down_in_sixty_days(
    ana: Account, finn: Leader, was: str, days: int, now: str, fires: bool
) -> None:
    stands(finn, was, ana, days)
    stands(finn, now, ana, 3)
    assert bool(found(ana, "RULE-04")) is fires


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "fires"), [(59, True), (60, False)])
def test_rule_04_is_of_what_changed_in_sixty_days(
    ana: Account, finn: Leader, days: int, fires: bool
) -> None:
    stands(finn, "leading", ana, 200)
    stands(finn, "neutral", ana, days)

    assert bool(found(ana, "RULE-04")) is fires


@pytest.mark.django_db
def test_rule_04_two_leaders_of_one_unit_a_step_down(ana: Account) -> None:
    sales = OrgUnit.objects.create(name="Sales")
    for name in ("Olga", "Pia"):
        leader = leader_called(name, owner=ana, unit=sales)
        stands(leader, "supportive", ana, 50)
        assert found(ana, "RULE-04") == []
        stands(leader, "neutral", ana, 3)

    assert [each.title for each in found(ana, "RULE-04")] == [
        "2 leaders in Sales became less supportive."
    ]


@pytest.mark.django_db
def test_rule_29_a_promise_past_its_day_comes_first_and_opens_nothing(
    ana: Account, finn: Leader
) -> None:
    promise = promises.promise(by=ana.person, to=finn.person, what="numbers", due=before(3))

    first = next(iter(advice(DEFAULTS, ana, MAY)))

    assert (first.rule, first.subject) == ("RULE-29", f"promise-{promise.pk}")
    assert first.confidentiality == Confidentiality.PMO
    assert not AccessLog.objects.exists()


@pytest.mark.django_db
def test_rule_29_is_quiet_on_the_day_and_about_what_they_promised(
    ana: Account, finn: Leader
) -> None:
    promises.promise(by=ana.person, to=finn.person, what="numbers", due=MAY)
    promises.promise(by=finn.person, to=ana.person, what="an hour", due=before(3))
    assert found(ana, "RULE-29") == []


@pytest.mark.django_db
def test_rule_16_the_purse_strings(ana: Account, finn: Leader) -> None:
    assert [each.subject for each in found(ana, "RULE-16")] == ["budget"]

    opinions.assess(finn, on=before(1), by=ana, budget_authority="holds")
    assert [each.subject for each in found(ana, "RULE-16")] == [f"leader-{finn.pk}"]

    spoke(finn, ana, 61)
    assert len(found(ana, "RULE-16")) == 1

    spoke(finn, ana, 60)
    assert found(ana, "RULE-16") == []


@pytest.mark.django_db
def test_rule_31_in_focus_and_never_told_what_the_office_does(ana: Account) -> None:
    leader = leader_called("Olga", owner=ana, on=before(15))
    assert found(ana, "RULE-31") == []

    bring_into_focus(leader)
    assert len(found(ana, "RULE-31")) == 1

    spoke(leader, ana, 2, "briefing")
    assert found(ana, "RULE-31") == []


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "fires"), [(14, False), (15, True)])
def test_rule_31_gives_a_fortnight_to_tell_a_leader(ana: Account, days: int, fires: bool) -> None:
    bring_into_focus(leader_called("Olga", owner=ana, on=before(days)))

    assert bool(found(ana, "RULE-31")) is fires


@pytest.mark.django_db
def test_a_member_is_advised_only_about_the_leaders_they_look_after(
    ana: Account, ben: Account, finn: Leader
) -> None:
    own = leader_called("Olga", owner=ben)
    stands(finn, "resistant", ana, 1)
    stands(own, "resistant", ben, 1)

    about = {each.subject for each in advice(DEFAULTS, ben, MAY)}

    assert about == {f"leader-{own.pk}"}


@pytest.mark.django_db
def test_nobody_else_is_advised(sue: Account, eve: Account, finn: Leader) -> None:
    assert [*advice(DEFAULTS, sue, MAY), *advice(DEFAULTS, eve, MAY)] == []
    assert not AccessLog.objects.exists()


@pytest.mark.django_db
def test_what_is_sealed_is_opened_once_a_run_and_logged_with_its_count(
    ana: Account, finn: Leader
) -> None:
    stands(finn, "neutral", ana, 200)
    stands(leader_called("Olga", owner=ana), "neutral", ana, 200)

    list(advice(DEFAULTS, ana, MAY))

    logged = AccessLog.objects.filter(purpose="advice").values_list("what", "count")
    assert sorted(logged) == [
        ("Assessment", 0),
        ("InfluenceLink", 0),
        ("StanceAssessment", 2),
    ]


@pytest.mark.django_db
def test_as_many_queries_for_many_leaders_as_for_two(ana: Account, finn: Leader) -> None:
    def queries(leaders: int) -> int:
        for number in range(Leader.objects.count(), leaders):
            leader = leader_called(f"Leader {number}", owner=ana)
            stands(leader, "neutral", ana, 3)
            spoke(leader, ana, 30)
            decision(leader)
        with CaptureQueriesContext(connection) as caught:
            list(advice(DEFAULTS, ana, MAY))
        return len(caught)

    assert queries(2) == queries(20)


def test_every_threshold_says_why_and_can_be_told_from_the_others() -> None:
    assert all(each.why.endswith(".") for each in THRESHOLDS)
    assert len({each.key for each in THRESHOLDS}) == len(THRESHOLDS)
