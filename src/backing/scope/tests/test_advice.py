"""RULE-09, 10, 17, 28 and 31: each fires on its threshold, and is quiet before it and for others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from backing.documents.models import Issue
from backing.leaders.models import Expectation, Leader, Touchpoint
from backing.people.access import Role
from backing.people.advising import Advice, Office
from backing.people.models import Account, Person
from backing.rhythm.models import PulseTicket
from backing.rhythm.pulses import answer, open_pulse
from backing.scope import actions
from backing.scope.advice import advice
from backing.scope.models import (
    Acknowledgement,
    Charter,
    DataRequest,
    HandOver,
    OverlapTalk,
    RaciAssignment,
    ScopeItem,
)
from backing.scope.tests.conftest import TODAY, Company


def advised(rule: str, viewer: Account, *, today: date = TODAY) -> list[Advice]:
    return [each for each in advice(Office({}), viewer, today) if each.rule == rule]


@pytest.fixture
def doubled(company: Company) -> Company:
    for unit, name in (
        (company.office, "Supplier status reporting"),
        (company.procurement, "Vendor scorecards"),
    ):
        company.does(unit, name, code="monitoring.suppliers")
    return company


def test_rule_09_names_both_units_and_whom_to_ask(doubled: Company) -> None:
    (only,) = advised("RULE-09", doubled.head)

    assert only.title == (
        "“Supplier status reporting” is done in both Project office and Procurement."
    )
    assert "Marcus Odell" in only.do


def test_rule_09_is_for_the_head_alone_until_the_other_unit_was_spoken_with(
    doubled: Company,
) -> None:
    member = doubled.account("Tove Brandt", Role.PMO_MEMBER, doubled.office)
    ours, theirs = doubled.office.activities.get(), doubled.procurement.activities.get()

    assert advised("RULE-09", member) == []

    actions.note_talk(one=ours, other=theirs, unit=None, by=doubled.head, spoken_on=TODAY)

    assert len(advised("RULE-09", member)) == 1


@pytest.mark.parametrize("outcome", ["ours", "theirs", "both", "different"])
def test_rule_09_is_quiet_once_something_is_agreed(doubled: Company, outcome: str) -> None:
    ours, theirs = doubled.office.activities.get(), doubled.procurement.activities.get()
    actions.note_talk(
        one=theirs,
        other=ours,
        unit=None,
        by=doubled.head,
        spoken_on=TODAY,
        outcome=OverlapTalk.Outcome(outcome),
    )

    assert advised("RULE-09", doubled.head) == []


def test_rule_09_says_nothing_of_activities_that_ended(doubled: Company) -> None:
    theirs = doubled.procurement.activities.get()
    theirs.status = "ended"
    theirs.save()

    assert advised("RULE-09", doubled.head) == []


def handed_over(company: Company, *, taking_starts: date) -> HandOver:
    tracking = company.does(company.finance, "Benefits tracking")
    part = {"activity": tracking, "role": RaciAssignment.Part.ACCOUNTABLE}
    ends = date(2026, 6, 30)
    RaciAssignment.objects.create(unit=company.finance, begins=date(2025, 1, 1), until=ends, **part)
    RaciAssignment.objects.create(unit=company.office, begins=taking_starts, **part)
    return actions.begin_hand_over(
        HandOver(
            activity=tracking,
            giver=company.finance,
            receiver=company.office,
            giving_ends=ends,
            taking_starts=taking_starts,
        )
    )


def test_rule_10_says_from_1_to_14_july_nobody(company: Company) -> None:
    handed_over(company, taking_starts=date(2026, 7, 15))

    (only,) = advised("RULE-10", company.head)

    assert only.title == "From 1 to 14 July nobody does “Benefits tracking”."


def test_rule_10_is_quiet_where_one_begins_the_day_after_the_other_ends(company: Company) -> None:
    handed_over(company, taking_starts=date(2026, 7, 1))

    assert advised("RULE-10", company.head) == []
    assert len(advised("RULE-10", company.head, today=date(2026, 6, 25))) == 1  # no yes yet


def expects(company: Company, in_charter: str, *, focus: bool = True) -> None:
    person = Person.objects.get(full_name="Ines Duarte")
    leader = Leader.objects.create(person=person, owner=company.head, listed_on=TODAY, focus=focus)
    Expectation.objects.create(
        leader=leader, benefit_expected="resource levelling", in_charter=in_charter
    )


def wont(company: Company) -> None:
    ScopeItem.objects.create(
        kind="wont",
        statement="Level resources across units",
        reason="Line managers do",
        nobody_instead=True,
    )


@pytest.mark.parametrize(
    ("in_charter", "fires"), [("no", True), ("unknown", True), ("partly", False), ("yes", False)]
)
def test_rule_17_tells_what_a_leader_expects_and_the_charter_does_not_have(
    company: Company, in_charter: str, fires: bool
) -> None:
    wont(company)
    expects(company, in_charter)

    assert bool(advised("RULE-17", company.head)) is fires


def test_rule_17_quotes_the_wont_it_runs_against(company: Company) -> None:
    ScopeItem.objects.create(
        kind="wont", statement="Resource levelling", reason="Lines do", nobody_instead=True
    )
    expects(company, "no")

    (only,) = advised("RULE-17", company.head)

    assert only.title == "Ines Duarte expects “resource levelling”."
    assert only.because == ("Your charter says won’t: Resource levelling",)


def test_rule_17_is_quiet_of_leaders_out_of_focus_and_before_there_is_a_scope(
    company: Company,
) -> None:
    expects(company, "no", focus=False)
    wont(company)
    assert advised("RULE-17", company.head) == []

    Leader.objects.get().delete()
    ScopeItem.objects.get().delete()
    expects(company, "no")
    assert advised("RULE-17", company.head) == []


def asks_for(minutes: int, **more: object) -> None:
    DataRequest.objects.create(
        **{
            "what": "Weekly RAG",
            "to_role": Role.PROJECT_MANAGER,
            "minutes_each": minutes,
            "frequency": "monthly",
            "decision_it_feeds": "Which projects the board looks at",
            "begins": TODAY - timedelta(days=10),
            **more,
        }
    )


@pytest.mark.parametrize(("minutes", "fires"), [(60, False), (61, True)])
def test_rule_28_counts_what_one_project_manager_is_asked(
    company: Company, minutes: int, fires: bool
) -> None:
    asks_for(minutes)

    found = advised("RULE-28", company.head)

    assert bool(found) is fires
    if fires:
        assert found[0].title == "You ask each project manager for 61 minutes a month."


def test_rule_28_asks_what_feeds_no_decision(company: Company) -> None:
    asks_for(5, decision_it_feeds="")

    (only,) = advised("RULE-28", company.head)

    assert only.title == "“Weekly RAG” feeds no decision that anybody has named."


@pytest.mark.parametrize(("days", "fires"), [(90, False), (91, True)])
def test_rule_28_asks_what_has_fed_no_decision_for_a_quarter(
    company: Company, days: int, fires: bool
) -> None:
    asks_for(5, begins=date(2025, 1, 1), last_used_on=TODAY - timedelta(days=days))

    assert bool(advised("RULE-28", company.head)) is fires


def test_rule_28_counts_no_more_what_was_retired(company: Company) -> None:
    asks_for(300, retire_on=TODAY)

    assert advised("RULE-28", company.head) == []


@pytest.fixture
def charter(company: Company) -> Charter:
    """Version 1, put before the leaders a fortnight ago; Procurement is in its scope."""
    issue = Issue.objects.create(
        code="D2",
        number=1,
        title="Charter",
        klass="open",
        composition="{}",
        composition_hash="0" * 64,
        issued_at=timezone.now(),
        state="done",
        asked_at=timezone.now(),
    )
    made = Charter.objects.create(
        version=1,
        status="proposed",
        written_on=TODAY,
        proposed_on=TODAY,
        review_due=date(2027, 5, 4),
        issue=issue,
    )
    made.units.add(company.procurement)
    return made


AFTER = TODAY + timedelta(days=15)


def test_rule_31_waits_a_fortnight_for_everyone_to_be_told(
    company: Company, charter: Charter
) -> None:
    assert advised("RULE-31", company.head, today=TODAY + timedelta(days=14)) == []

    (only,) = advised("RULE-31", company.head, today=AFTER)

    assert only.title == "One leader has not been told of charter 1."
    assert "Marcus Odell" in only.because[1]


def test_rule_31_is_quiet_of_whoever_was_briefed_on_this_version(
    company: Company, charter: Charter
) -> None:
    briefing = Touchpoint.objects.create(
        at=timezone.now(), kind="briefing", by=company.head, issue=charter.issue
    )
    briefing.people.add(Person.objects.get(full_name="Marcus Odell"))

    assert advised("RULE-31", company.head, today=AFTER) == []


def test_rule_31_is_quiet_of_whoever_answered_it(company: Company, charter: Charter) -> None:
    Acknowledgement.objects.create(
        charter=charter,
        person=Person.objects.get(full_name="Marcus Odell"),
        response="objects",
        asked_on=TODAY,
        answered_on=TODAY,
    )

    assert advised("RULE-31", company.head, today=AFTER) == []


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (
            (1, 2, 3, 4, 5),
            ["Leaders gave 3.0 of 5 for “I can say what the project office does and why”."],
        ),
        ((1, 2, 3, 5, 5), []),
        ((1, 1, 1, 1), []),  # of four nothing is shown, not even this
    ],
)
def test_rule_31_s07_b_a_pulse_that_says_they_cannot_tell_what_we_do(
    company: Company, marks: tuple[int, ...], said: list[str]
) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    _, tickets = open_pulse({"leaders": 6}, closes=date(2026, 3, 6), by=company.head, now=now)
    for token, mark in zip(tickets["leaders"], marks, strict=False):
        ticket = PulseTicket.opened_by(token, now=now)
        assert ticket is not None
        answer(ticket, {"knows": mark})

    def titles(on: date) -> list[str]:
        return [each.title for each in advised("RULE-31", company.head, today=on)]

    assert titles(date(2026, 3, 6)) == []  # it is still running
    assert titles(date(2026, 3, 7)) == said
    assert titles(date(2026, 9, 30)) == []  # half a year later it says nothing of today


def test_s07_a_leader_briefed_on_version_1_is_not_briefed_on_version_2(
    company: Company, charter: Charter
) -> None:
    Acknowledgement.objects.create(
        charter=charter,
        person=Person.objects.get(full_name="Marcus Odell"),
        response="acknowledged",
        asked_on=TODAY,
        answered_on=TODAY,
    )
    second = Charter.objects.create(
        version=2,
        status="proposed",
        written_on=TODAY,
        proposed_on=TODAY,
        review_due=date(2027, 5, 4),
    )
    second.units.add(company.procurement)

    (only,) = advised("RULE-31", company.head, today=AFTER)

    assert only.because[-1] == "1 of them know an earlier version only."


def test_nobody_outside_the_office_is_advised(doubled: Company) -> None:
    leader = doubled.account("Lena Marsh", Role.LEADER, doubled.procurement)

    assert list(advice(Office({}), leader, TODAY)) == []
