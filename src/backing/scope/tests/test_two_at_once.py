"""S19-b, S20-b: what two people write at once is kept whole, and the gap that it leaves is shown (RULE-10)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.http import QueryDict

from backing.people.tests.conftest import browser_of
from backing.scope import actions
from backing.scope.forms.items import ItemForm
from backing.scope.models import HandOver, HandOverLink, ScopeItem, Side
from backing.scope.public import hand_overs, scope_items
from backing.scope.tests.conftest import TODAY, Company

JUNE_30, JULY_1, JULY_15 = date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 15)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
TWO_WEEKS = "From 1 to 14 July nobody does “Benefits tracking”."

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*writings: Callable[[], object]) -> list[object]:
    """What each gave or raised; all begin together.

    An office's database lets the second wait; the one in memory of a test refuses it, so it comes again.
    """
    together = threading.Barrier(len(writings))
    gave: list[object] = [None] * len(writings)

    def write(place: int, writing: Callable[[], object]) -> None:
        together.wait()
        try:
            gave[place] = insisting(writing)
        except Exception as raised:  # noqa: BLE001  # a thread that raises would be taken for one that gave nothing
            gave[place] = raised
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=each) for each in enumerate(writings)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return gave


def insisting(writing: Callable[[], object]) -> object:
    until = time.monotonic() + 30
    while True:
        try:
            return writing()
        except OperationalError:
            assert time.monotonic() < until, "the database never let it in"
            time.sleep(0.01)


@pytest.fixture
def going(company: Company) -> HandOver:
    """From Finance to the office, without a gap."""
    return actions.begin_hand_over(
        HandOver(
            activity=company.does(company.finance, "Benefits tracking"),
            giver=company.finance,
            receiver=company.office,
            giving_ends=JUNE_30,
            taking_starts=JULY_1,
        )
    )


def dates(going: HandOver, **days: date) -> Callable[[], object]:
    """As its page does; the page's session would be written as well, and in memory nothing can wait."""
    return lambda: actions.change_dates(
        HandOver.objects.get(pk=going.pk), parallel_until=None, **days
    )


def test_of_two_who_change_the_days_at_once_one_stands_whole_and_its_gap_is_told(
    company: Company, going: HandOver
) -> None:
    both = (
        dates(going, giving_ends=JUNE_30, taking_starts=JULY_15),
        dates(going, giving_ends=date(2026, 7, 14), taking_starts=JULY_15),
    )

    assert at_once(*both) == [None, None]

    (kept,) = HandOver.objects.all()
    assert kept.taking_starts == JULY_15
    (seen,) = hand_overs(company.head, today=TODAY)
    assert (TWO_WEEKS in seen.amiss) is (kept.giving_ends == JUNE_30)


def test_nobody_says_yes_to_a_gap_of_fourteen_days_that_came_while_they_read(
    company: Company, going: HandOver
) -> None:
    link, _ = HandOverLink.make(
        by=company.head,
        now=NOW,
        lasts=timedelta(days=30),
        person=company.head.person,
        hand_over=going,
        side=Side.RECEIVER,
    )
    read = going.days_in_a_word

    _, answered = at_once(
        dates(going, giving_ends=JUNE_30, taking_starts=JULY_15),
        lambda: actions.answer(link, to=read, yes=True, words="", now=NOW, on=TODAY),
    )

    # Said before: it was asked anew.  Said after: it was refused.
    assert answered is None or isinstance(answered, actions.OtherDays)
    (kept,) = HandOver.objects.all()
    assert kept.gap == (JULY_1, date(2026, 7, 14))
    assert kept.receiver_accepted_on is None
    (seen,) = hand_overs(company.head, today=TODAY)
    assert TWO_WEEKS in seen.amiss


def test_of_two_who_say_who_does_it_instead_one_stands_and_nobody_shows_as_a_gap(
    company: Company,
) -> None:
    item = ScopeItem.objects.create(
        kind="wont", statement="Approve money", reason="Finance does", instead=company.finance
    )
    said = {"kind": "wont", "statement": "Approve money", "reason": "Finance does"}

    def writes(**instead: str) -> Callable[[], object]:
        def write() -> bool:
            typed = QueryDict(urlencode({**said, **instead}))
            form = ItemForm(typed, instance=ScopeItem.objects.get(pk=item.pk))
            assert form.is_valid(), form.errors
            form.save()
            return True

        return write

    gave = at_once(writes(nobody_instead="on"), writes(instead=str(company.procurement.pk)))

    assert gave == [True, True]
    (kept,) = scope_items(company.head)
    assert kept.instead == ("" if kept.nobody else "Procurement")
    page = browser_of(company.head).get("/scope/will-and-wont/").content.decode()
    told = "One of what we won’t do is done by nobody."
    assert (told if kept.nobody else "Whatever we won’t do, somebody does.") in page
