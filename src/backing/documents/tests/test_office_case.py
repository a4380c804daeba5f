"""D1 takes in the line of sight: how a goal is reached, and which activities serve one (S18, RULE-27)."""

from __future__ import annotations

import pytest

from backing.benefits.tests import conftest as business
from backing.documents.office_case import recorded
from backing.documents.papers.recorded import Line
from backing.scope.models import ScopeItem

pytestmark = pytest.mark.django_db
company = business.company


def test_a_line_says_through_whose_change_a_goal_is_reached(company: business.Company) -> None:
    company.does(business.WHOLE.activity)
    company.does("Weekly audit")
    company.goal()
    company.line()

    case = recorded(company.head)
    assert case.lines == (
        Line(
            activity="Stage check before commitment",
            change="Only checked cases are funded",
            owner="Head of Finance, not agreed yet",
            goal="Keep our promises to customers",
        ),
    )
    assert case.matrix.idle == ("Weekly audit",)


def test_a_goal_that_nothing_reaches_has_no_line(company: business.Company) -> None:
    company.goal()
    company.does(business.WHOLE.activity)

    assert recorded(company.head).lines == ()


def test_what_is_left_for_later_reaches_nothing_yet(company: business.Company) -> None:
    activity = company.does(business.WHOLE.activity)
    company.goal()
    company.line()
    item = ScopeItem.objects.create(
        kind="not_yet", statement="Check", reason="Nobody to do it", from_on=business.TODAY
    )
    item.activities.add(activity)

    assert recorded(company.head).lines == ()
