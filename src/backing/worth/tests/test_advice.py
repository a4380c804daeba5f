"""RULE-15 and RULE-16: that they fire, and that they keep quiet."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from backing.documents.models import Issue
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office
from backing.people.models import Account, Organisation
from backing.worth import actions
from backing.worth.advice import THRESHOLDS, advice
from backing.worth.models import BenefitValuation
from backing.worth.tests.conftest import TODAY, Values, asks_of_others, costs

pytestmark = pytest.mark.django_db


def found(viewer: Account, rule: str, today: date = TODAY) -> list[Advice]:
    return [each for each in advice(Office({}), viewer, today) if each.rule == rule]


def validated(valuation: BenefitValuation, by: Account) -> None:
    noon = timezone.make_aware(datetime(2026, 5, 11, 12))
    actions.say(valuation, "validated", by=by, now=noon, today=TODAY)


def test_rule_15_a_valuation_that_waits_for_finance_is_named_after_a_month(
    aimed: Account, finn: Account, values: Values
) -> None:
    valuation = values()
    early = found(aimed, "RULE-15", TODAY + timedelta(days=30))
    late = found(aimed, "RULE-15", TODAY + timedelta(days=31))
    validated(valuation, finn)

    assert early == []
    assert [each.title for each in late] == ["“Smaller overruns” has waited 31 days for finance."]
    assert found(aimed, "RULE-15", TODAY + timedelta(days=31)) == []


def test_rule_15_money_counted_twice_is_named_until_somebody_says_why_not(
    aimed: Account, finn: Account, values: Values
) -> None:
    one, other = values(), values()
    validated(one, finn)
    before = found(aimed, "RULE-15")
    validated(other, finn)
    twice = found(aimed, "RULE-15")
    actions.keep_apart(one, other, why="Two areas", by=finn, on=TODAY)

    assert before == []
    assert [each.subject for each in twice] == [f"twice-{one.pk}-{other.pk}"]
    assert found(aimed, "RULE-15") == []


def test_rule_15_a_cost_that_is_not_full_is_named(aimed: Account) -> None:
    assert found(aimed, "RULE-15") == []
    costs(100_000)
    named = found(aimed, "RULE-15")
    asks_of_others()

    assert [each.subject for each in named] == ["full-cost"]
    assert found(aimed, "RULE-15") == []


def test_rule_16_the_budget_year_is_near_and_no_case_says_what_the_office_costs(
    aimed: Account,
) -> None:
    near, far = date(2026, 10, 3), date(2026, 10, 2)

    assert found(aimed, "RULE-16", far) == []
    assert [each.due for each in found(aimed, "RULE-16", near)] == [date(2026, 12, 31)]


@pytest.mark.parametrize(("measure", "quiet"), [("office_cost_a_year", True), ("eac", False)])
def test_rule_16_is_quiet_once_a_case_with_the_cost_was_issued_this_year(
    aimed: Account, measure: str, quiet: bool
) -> None:
    Issue.objects.create(
        code="D1",
        number=1,
        title="The case",
        klass=Confidentiality.MGMT,
        composition=f'{{"measure": "{measure}"}}',
        composition_hash="a" * 64,
        issued_at=timezone.make_aware(datetime(2026, 9, 1, 12)),
        issued_by=aimed,
        asked_at=timezone.now(),
        state="done",
    )

    assert (found(aimed, "RULE-16", date(2026, 10, 3)) == []) is quiet
    assert len(found(aimed, "RULE-16", date(2027, 10, 3))) == 1


def test_rule_16_follows_the_fiscal_year(aimed: Account) -> None:
    ours = Organisation.ours()
    ours.fiscal_year_starts = 4
    ours.save()

    assert found(aimed, "RULE-16", date(2026, 10, 3)) == []
    assert len(found(aimed, "RULE-16", date(2027, 1, 2))) == 1


def test_nobody_else_is_advised_and_every_threshold_says_why(
    finn: Account, eve: Account, aimed: Account
) -> None:
    costs(100_000)

    assert list(advice(Office({}), finn, TODAY)) == []
    assert list(advice(Office({}), eve, TODAY)) == []
    assert all(each.why and each.least < each.default < each.most for each in THRESHOLDS)
    assert len({each.key for each in THRESHOLDS}) == len(THRESHOLDS)
