"""RULE-06, 07, 08, 18 and 26: each fired, and each quiet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from backing.benefits.advice import advice
from backing.benefits.models import BenefitProfile, BusinessChange, StrategyGoal
from backing.benefits.tests.conftest import LONG_AGO, TODAY, WHOLE, Company
from backing.leaders.models import Interest, Leader
from backing.people.access import Role
from backing.people.advising import Advice, Office
from backing.people.models import Account, Person


def found(company: Company, rule: str) -> list[Advice]:
    every: Iterator[Advice] = advice(Office({}), company.head, TODAY)
    return [each for each in every if each.rule == rule]


def test_rule_06_a_goal_that_nothing_reaches_is_named_after_two_weeks(company: Company) -> None:
    company.goal("Enter two new markets")

    (said,) = found(company, "RULE-06")

    assert said.title == "Nothing the PMO does reaches “Enter two new markets”. That may be right."


@pytest.mark.parametrize("why", ["young", "not ours", "reached", "retired"])
def test_rule_06_is_quiet(company: Company, why: str) -> None:
    company.goal(on=TODAY - timedelta(days=14) if why == "young" else LONG_AGO)
    if why == "reached":
        company.line()
    goal = StrategyGoal.objects.get()
    goal.no_contribution_reason = "Acquisitions run their own." if why == "not ours" else ""
    goal.status = "retired" if why == "retired" else "active"
    goal.save()

    assert found(company, "RULE-06") == []


def test_rule_07_work_that_leads_nowhere_is_named_with_its_hours(company: Company) -> None:
    company.line()
    company.does("Weekly resource audit", hours_per_month=14)

    (said,) = found(company, "RULE-07")

    assert said.title == "Nobody can see why the PMO does “Weekly resource audit” (14 h a month)."


@pytest.mark.parametrize(("days", "fires"), [(14, False), (15, True)])
def test_rule_06_and_07_wait_two_weeks(company: Company, days: int, fires: bool) -> None:
    company.line()
    company.goal("Enter two new markets", on=TODAY - timedelta(days=days))
    company.does("Weekly resource audit", noted_on=TODAY - timedelta(days=days))

    assert bool(found(company, "RULE-06")) is bool(found(company, "RULE-07")) is fires


@pytest.mark.parametrize(
    "more", [{"purpose": "mandatory"}, {"purpose": "enabling"}, {"noted_on": TODAY}], ids=str
)
def test_rule_07_is_quiet(company: Company, more: dict[str, object]) -> None:
    company.line()
    company.does("Weekly resource audit", **more)

    assert found(company, "RULE-07") == []


def test_rule_08_a_change_that_nobody_owns_breaks_the_line(company: Company) -> None:
    company.line()
    change = BusinessChange.objects.get()
    change.owner = None
    change.save()

    said = next(each for each in found(company, "RULE-08") if each.subject == f"change-{change.pk}")

    assert (
        "“Keep our promises to customers” depends on “Only checked cases are funded”" in said.title
    )
    assert "Nobody in the business owns that." in said.title


def test_rule_08_is_quiet_once_all_is_owned_agreed_and_measured(company: Company) -> None:
    company.line()
    assert {each.subject.partition("-")[0] for each in found(company, "RULE-08")} == {
        *("change", "benefit")
    }
    change, profile = BusinessChange.objects.get(), BenefitProfile.objects.get()
    change.agreed = True
    change.save()
    profile.measured_by = "Days late at finish"
    for test in ("is_described", "is_observed", "is_attributed", "is_measured"):
        setattr(profile, test, True)
    profile.save()

    assert found(company, "RULE-08") == []


@pytest.mark.parametrize(
    "fails", ["is_described", "is_observed", "is_attributed", "is_measured", "measured_by"]
)
def test_rule_08_three_tests_of_four_or_no_measure_are_not_enough(
    company: Company, fails: str
) -> None:
    company.line()
    profile = BenefitProfile.objects.get()
    for test in ("is_described", "is_observed", "is_attributed", "is_measured"):
        setattr(profile, test, test != fails)
    profile.measured_by = "" if fails == "measured_by" else "Days late at finish"
    profile.save()

    said = [each for each in found(company, "RULE-08") if each.subject == f"benefit-{profile.pk}"]

    lacks = "no measure" if fails == "measured_by" else "3 of the four tests"
    assert [lacks in each.because[0] for each in said] == [True]


def test_rule_08_a_change_that_its_owner_has_not_agreed_to_is_named(company: Company) -> None:
    company.line()
    change = BusinessChange.objects.get()

    said = next(each for each in found(company, "RULE-08") if each.subject == f"change-{change.pk}")

    assert "has not agreed to it." in said.title


def test_rule_08_a_line_on_which_all_is_assumed_is_named(company: Company) -> None:
    from dataclasses import replace

    company.line(replace(WHOLE, confidence="assumed"))

    assert any(each.subject.startswith("assumed-goal") for each in found(company, "RULE-08"))


def test_rule_18_a_leader_in_focus_needs_a_benefit_they_care_about(company: Company) -> None:
    company.line()
    leader = Leader.objects.create(
        person=company.owner, focus=True, owner=company.head, listed_on=TODAY
    )
    (said,) = found(company, "RULE-18")
    assert said.title == "You have nothing for Ines Duarte yet."

    interest = Interest.objects.create(
        leader=leader, statement="Month-end on time", source="told_us", noted_on=TODAY
    )
    BenefitProfile.objects.get().interests.add(interest)

    assert found(company, "RULE-18") == []


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ((91, 200), "Nothing here will be felt in the first 90 days."),
        ((90, 180), "Everything here is quick"),
        ((90, 181), ""),
        ((), ""),
    ],
)
def test_rule_26_wants_something_soon_and_something_deep(
    company: Company, days: tuple[int, ...], says: str
) -> None:
    for number in days:
        BenefitProfile.objects.create(
            title=f"Less slip {number}",
            noted_on=TODAY,
            first_visible=TODAY + timedelta(days=number),
        )

    said = found(company, "RULE-26")

    assert [each.title.startswith(says) for each in said] == ([True] if says else [])


def test_nobody_but_the_office_is_advised(company: Company) -> None:
    company.goal()
    finance = Account.objects.create(
        person=Person.objects.create(full_name="Tomas Berg"), role=Role.FINANCE
    )

    assert list(advice(Office({}), finance, TODAY)) == []
