"""This week shows at most five things, in the order of requirements.md 6 (S27, RULE-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Threshold
from backing.rhythm.models import PutOff
from backing.rhythm.week import first_of

ONE = Advice(
    rule="RULE-01",
    subject="leader-1",
    title="Talk to the finance director.",
    because=("The board decides on 20 May.",),
    do="Ask for half an hour.",
    order=Order.PEOPLE,
    confidentiality=Confidentiality.RELATIONSHIP,
)


def talk(number: int, weight: float, *, ally: bool = False) -> Advice:
    return replace(ONE, subject=f"leader-{number}", weight=weight, ally=ally)


def test_promises_come_first_then_decisions_people_evidence_and_housekeeping() -> None:
    found = [replace(ONE, rule=f"RULE-1{order}", order=order) for order in reversed(Order)]
    assert [each.order for each in first_of(found)] == sorted(Order)


def test_there_are_at_most_five() -> None:
    found = [replace(ONE, rule="RULE-29", subject=f"promise-{number}") for number in range(9)]
    assert len(first_of(found)) == 5


def test_rule_01_three_people_of_whom_one_is_an_ally_although_there_is_no_gap() -> None:
    found = [talk(1, 15.5), talk(2, 10.7), talk(3, 9.0), talk(4, 2.9, ally=True)]
    assert [each.subject for each in first_of(found)] == ["leader-1", "leader-2", "leader-4"]


def test_rule_01_without_an_ally_the_place_goes_to_the_next() -> None:
    found = [talk(1, 15.5), talk(2, 10.7), talk(3, 9.0), talk(4, 2.9)]
    assert [each.subject for each in first_of(found)] == ["leader-1", "leader-2", "leader-3"]


def test_a_threshold_holds_until_somebody_sets_another() -> None:
    quiet = Threshold(rule="RULE-02", name="share of cadence", default=1.5, unit="", why="design")
    assert Office({})[quiet] == 1.5
    assert Office({quiet.key: 2.0})[quiet] == 2.0


@pytest.mark.parametrize("until", [date(2026, 5, 1), date(2026, 7, 2)])
def test_nothing_is_put_off_for_longer_than_sixty_days_or_into_the_past(until: date) -> None:
    put_off = PutOff(rule="RULE-02", subject="leader-1", on=date(2026, 5, 1), until=until)
    with pytest.raises(ValidationError):
        put_off.clean()
    replace_until = PutOff(
        rule="RULE-02", subject="x", on=date(2026, 5, 1), until=date(2026, 6, 30)
    )
    replace_until.clean()
