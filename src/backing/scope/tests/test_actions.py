"""What changes across the records of the scope."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from backing.people.models import Person
from backing.scope import actions
from backing.scope.models import HandOver, HandOverLink, RaciAssignment, Side
from backing.scope.public import hand_overs
from backing.scope.tests.conftest import TODAY, Company

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture
def hand_over(company: Company) -> HandOver:
    return actions.begin_hand_over(
        HandOver(
            activity=company.does(company.finance, "Benefits tracking"),
            giver=company.finance,
            receiver=company.office,
            giving_ends=date(2026, 6, 30),
            taking_starts=date(2026, 7, 15),
        )
    )


def link_of(hand_over: HandOver, company: Company, side: Side) -> HandOverLink:
    token = HandOverLink.ask(
        Person.objects.get(full_name="Ines Duarte"),
        by=company.head,
        now=NOW,
        hand_over=hand_over,
        side=side,
    )
    found = HandOverLink.opened_by(token, now=NOW)
    assert found is not None
    return found


def test_a_second_accountable_is_told_who_is_there_already(company: Company) -> None:
    tracking = company.does(company.office, "Benefits tracking")
    first, last = date(2026, 5, 1), date(2026, 5, 31)
    part = {"activity": tracking, "role": RaciAssignment.Part.ACCOUNTABLE}
    actions.give_part(RaciAssignment(unit=company.finance, begins=first, until=last, **part))

    with pytest.raises(actions.TwoAccountable, match="Finance is accountable from 1 May 2026"):
        actions.give_part(RaciAssignment(unit=company.office, begins=last, **part))


def test_quick_typing_keeps_each_name_once(company: Company) -> None:
    new = actions.note_activities(
        ["Status reports", "Gate reviews", "status REPORTS"], unit=company.office, on=TODAY
    )

    assert [each.name for each in new] == ["Status reports", "Gate reviews"]
    assert actions.note_activities(["Gate reviews"], unit=company.office, on=TODAY) == []


def test_a_hand_over_begins_with_the_checklist(hand_over: HandOver) -> None:
    assert [item.item for item in hand_over.items.all()] == [
        *("Data", "Access", "Templates", "Open items", "Contacts", "Knowledge", "Capacity")
    ]


def test_it_is_accepted_when_both_sides_said_yes(hand_over: HandOver, company: Company) -> None:
    for side in Side:
        assert not HandOver.objects.get().accepted
        link = link_of(hand_over, company, side)
        actions.answer(
            link, to=link.hand_over.days_in_a_word, yes=True, words="", now=NOW, on=TODAY
        )

    assert HandOver.objects.get().accepted


def test_other_days_ask_both_sides_anew(hand_over: HandOver, company: Company) -> None:
    link = link_of(hand_over, company, Side.GIVER)
    actions.answer(link, to=link.hand_over.days_in_a_word, yes=True, words="", now=NOW, on=TODAY)
    hand_over.refresh_from_db()

    actions.change_dates(
        hand_over,
        giving_ends=date(2026, 6, 30),
        taking_starts=date(2026, 7, 1),
        parallel_until=None,
    )

    hand_over.refresh_from_db()
    assert hand_over.giver_accepted_on is None
    assert hand_over.gap is None


def test_the_last_answer_stands(hand_over: HandOver, company: Company) -> None:
    link = link_of(hand_over, company, Side.GIVER)
    actions.answer(link, to=link.hand_over.days_in_a_word, yes=True, words="", now=NOW, on=TODAY)
    actions.answer(
        link,
        to=link.hand_over.days_in_a_word,
        yes=False,
        words="Not before the audit",
        now=NOW,
        on=TODAY,
    )

    (only,) = hand_overs(company.head, today=TODAY)

    assert (only.giver.accepted_on, only.giver.said) == (None, "Not before the audit")
    assert only.gap == (date(2026, 7, 1), date(2026, 7, 14))
    assert only.gap_days == 14


def test_a_link_opens_until_it_expires_or_another_is_made(
    hand_over: HandOver, company: Company
) -> None:
    person = Person.objects.get(full_name="Ines Duarte")
    about = {"hand_over": hand_over, "side": Side.GIVER}
    first, second = (HandOverLink.ask(person, by=company.head, now=NOW, **about) for _ in range(2))

    assert HandOverLink.opened_by(first, now=NOW) is None
    assert HandOverLink.opened_by(second, now=NOW) is not None
    assert HandOverLink.opened_by(second, now=NOW + timedelta(days=30)) is None
    assert HandOverLink.is_signed(first)
    assert not HandOverLink.is_signed(f"{second}x")
