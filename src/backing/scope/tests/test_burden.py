"""RULE-28: what the office asks of one project manager, in minutes a month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from backing.people.access import Role
from backing.scope.burden import Asked, Burden, burdens
from backing.scope.models import DataRequest
from backing.scope.models.asks import TIMES_A_MONTH
from backing.scope.public import asked_over
from backing.scope.tests.conftest import Company


def asked(minutes: int, frequency: str, *, of: str | int) -> Asked:
    return Asked(
        role=of if isinstance(of, str) else "",
        person=of if isinstance(of, int) else None,
        minutes_a_month=minutes * TIMES_A_MONTH[frequency],
    )


def test_everyone_in_a_role_bears_the_sum_of_what_the_role_is_asked() -> None:
    found = burdens(
        [asked(15, "weekly", of="project_manager"), asked(20, "monthly", of="project_manager")], {}
    )

    assert found == [Burden(role="project_manager", person=None, minutes=85)]


def test_who_is_asked_by_name_bears_that_beside_their_role() -> None:
    found = burdens(
        [asked(20, "monthly", of="project_manager"), asked(30, "quarterly", of=7)],
        {7: "project_manager"},
    )

    assert [(each.person, each.minutes) for each in found] == [(7, 30), (None, 20)]


def test_a_year_has_52_weeks_and_260_working_days() -> None:
    assert TIMES_A_MONTH["weekly"] * 12 == 52
    assert TIMES_A_MONTH["daily"] * 12 == Fraction(260)


def test_what_was_asked_of_a_role_over_a_stretch_of_time(company: Company) -> None:
    DataRequest.objects.create(
        what="Status",
        to_role=Role.PROJECT_MANAGER,
        minutes_each=10,
        frequency="monthly",
        begins=date(2026, 1, 1),
        retire_on=date(2026, 7, 1),
    )
    year = asked_over(company.head, first=date(2026, 1, 1), last=date(2026, 12, 31))
    before = asked_over(company.head, first=date(2025, 1, 1), last=date(2025, 12, 31))

    assert [each.minutes for each in year] == [Fraction(120 * 181, 365)]
    assert before == ()
