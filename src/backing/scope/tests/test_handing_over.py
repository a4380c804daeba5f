"""S20-b, RULE-10: what is amiss with a hand-over, each found and each kept quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backing.scope.handing_over import Going, amiss, uncovered

JUNE_30, JULY_1, JULY_15 = date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 15)
LONG_BEFORE = date(2026, 5, 4)
CLEAN = Going(
    activity="Benefits tracking",
    giver="Finance",
    receiver="Project office",
    giving_ends=JUNE_30,
    taking_starts=JULY_1,
    parallel_until=None,
    receiver_accepted=True,
    open_items=(),
    accountable=((date(2026, 1, 1), JUNE_30), (JULY_1, date.max)),
    giver_until=JUNE_30,
)


def test_a_hand_over_without_a_gap_that_both_accepted_has_nothing_amiss() -> None:
    for today in (LONG_BEFORE, JUNE_30, date(2026, 12, 1)):
        assert amiss(CLEAN, today=today) == []


def test_giving_that_ends_on_30_june_and_taking_from_15_july_leave_1_to_14_july() -> None:
    late = replace(CLEAN, taking_starts=JULY_15)

    assert late.gap == (JULY_1, date(2026, 7, 14))
    assert amiss(late, today=LONG_BEFORE) == ["From 1 to 14 July nobody does “Benefits tracking”."]
    assert amiss(late, today=JULY_15) == []


def test_days_on_which_nobody_answers_for_it_are_told() -> None:
    later = replace(
        CLEAN,
        parallel_until=date(2026, 7, 31),
        accountable=((date(2026, 1, 1), JUNE_30), (date(2026, 7, 20), date.max)),
    )

    assert amiss(later, today=LONG_BEFORE) == [
        "From 1 to 19 July nobody is accountable for “Benefits tracking”."
    ]


@pytest.mark.parametrize(("days", "told"), [(6, False), (5, True), (0, True)])
def test_the_receiver_has_said_yes_five_days_before_the_giver_ends(days: int, told: bool) -> None:
    waiting = replace(CLEAN, receiver_accepted=False)

    found = amiss(waiting, today=JUNE_30 - timedelta(days=days))

    assert bool(found) is told


def test_the_checklist_is_closed_when_the_giver_ends() -> None:
    open_ = replace(CLEAN, open_items=("Access", "Contacts"))

    assert amiss(open_, today=JUNE_30 - timedelta(days=1)) == []
    assert amiss(open_, today=JUNE_30) == ["Still open on the checklist: Access, Contacts."]


@pytest.mark.parametrize(("days", "told"), [(30, False), (31, True)])
def test_the_giver_is_not_responsible_a_month_after_both_did_it(days: int, told: bool) -> None:
    both = date(2026, 7, 31)
    still = replace(CLEAN, parallel_until=both, giver_until=date.max)

    assert bool(amiss(still, today=both + timedelta(days=days))) is told


def test_what_is_not_covered_is_what_lies_between() -> None:
    whole = (date(2026, 7, 1), date(2026, 7, 31))

    assert uncovered(whole, []) == [whole]
    assert uncovered(whole, [(date(2026, 1, 1), date.max)]) == []
    assert uncovered(
        whole, [(date(2026, 7, 20), date(2026, 7, 25)), (date(2026, 6, 1), date(2026, 7, 4))]
    ) == [(date(2026, 7, 5), date(2026, 7, 19)), (date(2026, 7, 26), date(2026, 7, 31))]
