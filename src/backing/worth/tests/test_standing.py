"""S09, RULE-15: full cost, break-even, and a return only once all that it rests on is there."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError
from django.utils import timezone

from backing.documents.office_case import recorded
from backing.mandate.models import MandateOrigin
from backing.people.models import Account, Person
from backing.worth import actions
from backing.worth.gate import NotYet
from backing.worth.models import BenefitValuation, CostItem, FinanceWord, HourlyRate
from backing.worth.public import cost_a_year
from backing.worth.standing import Standing, standing
from backing.worth.tests.conftest import LAST, TODAY, Values, asks_of_others, benefit, costs

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 5, 11, 12))


def now(viewer: Account) -> Standing:
    return standing(viewer, today=TODAY)


def says(valuation: BenefitValuation, word: str, by: Account, reason: str = "") -> FinanceWord:
    return actions.say(valuation, word, reason=reason, by=by, now=NOON, today=TODAY)


def test_rule_15_cost_420_thousand_against_1_2_million_a_year_is_35_per_cent(
    aimed: Account,
) -> None:
    """24 projects over 3 years; overspend 6.3 m, of which 3.6 m addressable."""
    costs(412_800, first=date(2026, 1, 1), last=date(2026, 12, 31))
    asks_of_others()
    found = now(aimed)

    assert found.year is not None
    assert found.break_even is not None
    assert found.year.total.minor == 420_000_00
    assert found.year.of_others.minor == 7_200_00
    assert found.break_even.value == pytest.approx(0.35)
    assert found.is_full


def test_s09_a_the_full_cost_adds_up_from_its_rows(aimed: Account) -> None:
    costs(1_000_001, first=date(2025, 1, 1), last=date(2026, 12, 31))
    costs(333_333, first=date(2025, 7, 9), last=date(2026, 7, 8))
    asks_of_others(minutes=7, people=13, rate=61)
    year = now(aimed).year

    assert year is not None
    assert year.total.minor == sum(line.amount.minor for line in year.lines)
    assert year.own.minor + year.of_others.minor == year.total.minor
    assert (year.first, year.last) == (date(2026, 1, 1), date(2026, 12, 31))


def test_the_case_states_the_full_cost_once_it_is_counted_and_the_budget_before(
    aimed: Account,
) -> None:
    MandateOrigin.objects.create(
        pk=1,
        on=TODAY,
        in_their_words="In time.",
        problem="Late news",
        budget_minor=400_000_00,
        currency="EUR",
    )
    before = recorded(aimed).cost
    costs(412_800, first=date(2025, 1, 1), last=date(2030, 12, 31))
    asks_of_others()
    after = recorded(aimed).cost

    assert before is not None
    assert after is not None
    assert (before.value, before.version) == (400_000, 1)
    assert after.version == 2
    assert after.value == cost_a_year(aimed, today=timezone.localdate()).value  # type: ignore[union-attr]


def test_a_cost_that_is_not_full_says_what_is_missing_and_is_told_to_nobody_else(
    aimed: Account,
) -> None:
    costs(100_000, first=date(2026, 2, 1), last=date(2026, 12, 31))
    found = now(aimed)

    assert found.year is not None
    assert found.year.missing == (
        "No cost of the office is recorded from 1 January 2026 to 31 January 2026.",
        "Nothing is written down of what the office asks of others, so their time counts as nothing.",
    )
    assert cost_a_year(aimed, today=TODAY) is None


def test_an_hour_without_a_price_is_missing_and_not_nothing(aimed: Account) -> None:
    costs(100_000)
    asks_of_others()
    priced = now(aimed)
    for each in HourlyRate.objects.all():
        each.delete()
    found = now(aimed)

    assert priced.is_full
    assert found.year is not None
    assert found.year.missing == (
        "What an hour costs of this one is not entered: project manager.",
    )


def test_costs_in_another_currency_are_not_added(aimed: Account) -> None:
    costs(100_000)
    asks_of_others()
    other = costs(500)
    other.currency = "GBP"
    other.save()
    found = now(aimed).year

    assert found is not None
    assert found.missing == ("Costs in GBP are not added to those in EUR.",)
    assert all(line.amount.currency == "EUR" for line in found.lines)


def test_rule_15_no_return_without_a_validated_saving(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(100_000)
    asks_of_others()
    before = now(aimed).missing
    valuation = values()
    waiting = now(aimed).missing
    says(valuation, "rejected", finn, "The baseline is that of another year")

    assert before == ("A saving of hard money that finance has validated.",)
    assert waiting == (*before, "The word of finance on 1 valuation.")
    assert now(aimed).missing == before
    assert now(aimed).earned is None


def test_s09_b_one_validated_benefit_of_a_closed_quarter_yields_a_return_that_adds_up(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(730_000)  # for two years: 1 000 a day, 90 days in the quarter
    asks_of_others()  # 10 hours a month: 10 x 12 x 90 / 365 hours in the quarter
    says(values(error_adjust=Decimal("0.1")), "validated", finn)
    earned = now(aimed).earned

    assert earned is not None
    assert (earned.first, earned.last) == (date(2026, 1, 1), LAST)
    asked = round(Fraction(120 * 90, 365) * 60 * 100)
    assert earned.cost.total.minor == 90_000_00 + asked
    assert [each.minor for each in earned.benefit] == [45_000_00, 54_000_00, 67_500_00]
    assert earned.shares[1] == Fraction(
        54_000_00 - earned.cost.total.minor, earned.cost.total.minor
    )
    assert sum(line.likely.minor for line in earned.lines) == earned.benefit[1].minor


def test_avoidance_is_validated_apart_and_makes_no_return(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(100_000)
    asks_of_others()
    says(values(kind="avoidance"), "validated", finn)
    alone = now(aimed)
    says(values("Fewer disputes"), "validated", finn)
    both = now(aimed)

    assert "What is validated so far is money not spent, and that is no return." in alone.missing
    assert both.earned is not None
    assert both.earned.benefit[1].minor == 60_000_00
    assert both.earned.avoided.minor == 60_000_00
    assert (both.agreed(hard=True).minor, both.agreed(hard=False).minor) == (60_000_00, 60_000_00)


def test_two_that_rest_on_one_benefit_close_the_gate_until_somebody_says_why_not(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(100_000)
    asks_of_others()
    one, other = values(), values()
    says(one, "validated", finn)
    says(other, "validated", finn)
    closed = now(aimed)
    actions.keep_apart(other, one, why="One is Retail, one is Property", by=finn, on=TODAY)

    assert isinstance(closed.outcome, NotYet)
    assert (
        "may count the same money: both rest on the benefit “Smaller overruns”."
        in (closed.missing[0])
    )
    assert now(aimed).earned is not None


def test_a_quarter_in_between_counts_with_its_cost(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(730_000)
    asks_of_others()
    early = {"first_day": date(2025, 1, 1), "last_day": date(2025, 3, 31)}
    says(values(), "validated", finn)
    says(values("Fewer disputes", **early), "validated", finn)
    earned = now(aimed).earned

    assert earned is not None
    assert (earned.first, earned.last) == (date(2025, 1, 1), LAST)
    assert earned.cost.own.minor == 455_000_00  # 365 + 90 days


def test_a_gap_in_the_cost_of_the_quarter_closes_the_gate(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(100_000, first=date(2026, 2, 1))
    asks_of_others()
    says(values(), "validated", finn)

    assert now(aimed).missing == (
        "No cost of the office is recorded from 1 January 2026 to 31 January 2026.",
    )


def test_s10_c_a_word_of_finance_holds_for_the_figures_it_was_said_to(
    aimed: Account, finn: Account, values: Values
) -> None:
    valuation = values()
    says(valuation, "validated", finn)
    agreed = now(aimed).agreed(hard=True)
    valuation.likely_minor += 1
    valuation.save()
    found = now(aimed)

    assert agreed.minor == 60_000_00
    assert found.agreed(hard=True).minor == 0
    assert found.of("waiting")[0].said.endswith("changed since, so it waits again")


def test_s10_c_what_finance_rejects_leaves_the_totals_and_stays_listed(
    aimed: Account, finn: Account, values: Values
) -> None:
    valuation = values()
    says(valuation, "validated", finn)
    says(valuation, "comment", finn, "Looked at again")
    kept = now(aimed).agreed(hard=True).minor
    says(valuation, "rejected", finn, "The invoice was reversed")
    found = now(aimed)

    assert kept == 60_000_00
    assert found.agreed(hard=True).minor == 0
    assert [each.said for each in found.of("rejected")] == [
        "rejected by Finn on 11 May 2026: The invoice was reversed"
    ]


def test_only_finance_validates_and_only_what_is_over(
    aimed: Account, finn: Account, values: Values
) -> None:
    valuation = values()
    open_one = values("Fewer disputes", first_day=date(2026, 4, 1), last_day=date(2026, 6, 30))

    with pytest.raises(PermissionError):
        says(valuation, "validated", aimed)
    with pytest.raises(actions.NotForFinance, match="not over yet"):
        says(open_one, "validated", finn)
    with pytest.raises(actions.NotForFinance, match="Say why"):
        says(valuation, "rejected", finn, "  ")


def test_a_word_of_finance_is_never_changed_or_taken_out(
    finn: Account, values: Values, aimed: Account
) -> None:
    word = says(values(), "validated", finn)
    word.reason = "On second thoughts"

    with pytest.raises(TypeError):
        word.save()
    with pytest.raises(TypeError):
        word.delete()


@pytest.mark.parametrize(
    "wrong",
    [
        {"attribution_share": Decimal(1)},
        {"attribution_share": Decimal("1.2")},
        {"attribution_reason": ""},
        {"low_minor": 130_000_00},
        {"error_adjust": Decimal(1)},
        {"last_day": date(2025, 1, 1)},
        {"basis": ""},
    ],
)
def test_the_database_refuses_a_valuation_that_cannot_be(
    aimed: Account, values: Values, wrong: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        values(**wrong)


def test_the_whole_is_claimed_when_somebody_else_says_so_too(
    aimed: Account, values: Values
) -> None:
    assert values(
        attribution_share=Decimal(1), second_person=Person.objects.create(full_name="Olga")
    ).factor == Fraction(1)


def test_what_is_withdrawn_is_listed_and_counts_no_more(
    aimed: Account, finn: Account, values: Values
) -> None:
    valuation = values()
    says(valuation, "validated", finn)
    valuation.withdrawn_on = TODAY
    valuation.save()

    assert now(aimed).agreed(hard=True).minor == 0
    assert [each.state for each in now(aimed).valued] == ["withdrawn"]
    with pytest.raises(actions.NotForFinance):
        says(valuation, "validated", finn)


def test_a_leader_sees_no_cost_and_no_valuation(
    aimed: Account, eve: Account, values: Values
) -> None:
    costs(1)
    values()

    assert not CostItem.objects.visible_to(eve).exists()
    assert not BenefitValuation.objects.visible_to(eve).exists()
    assert benefit("Smaller overruns").valuations.count() == 1
