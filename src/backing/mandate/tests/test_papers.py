"""D12, "Why it was needed": read aloud in sixty seconds (S03-b)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from backing.documents.models import Printed
from backing.mandate.actions import tell_origin
from backing.mandate.papers import why_it_was_needed
from backing.mandate.papers.card import SPOKEN
from backing.people.access import Role
from backing.people.models import Account, Person
from backing.people.tests.conftest import account_of, browser_of
from boardpaper.limits import page_count, word_count
from boardpaper.render import html

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


def test_d12_quotes_the_origin_with_its_day_on_one_page(ana: Account) -> None:
    today = timezone.localdate()
    tell_origin(
        commissioned_by=[Person.objects.create(full_name="Margaret")],
        on=date(2025, 6, 3),
        in_their_words="I want to stop finding out in March.",
        problem="Dates move, and the board hears of it last",
        expected_results="The first number beside the latest",
        review_due=today + timedelta(days=90),
    )
    document = why_it_was_needed(ana, now=timezone.now())
    page = html.render(document).decode()

    assert "I want to stop finding out in March." in page
    assert "3 June 2025" in page
    assert page_count(document) == 1
    assert word_count(document) <= SPOKEN


def test_s03_without_an_origin_it_says_that_none_is_recorded(ana: Account) -> None:
    page = html.render(why_it_was_needed(ana, now=timezone.now())).decode()
    assert "Reason for commissioning: not recorded." in page


def test_d12_is_printed_by_the_office(ana: Account) -> None:
    answer = browser_of(ana).post("/why/card/")
    assert answer.content.startswith(b"%PDF")
    assert Printed.objects.get().code == "D12"
    assert browser_of(account_of("Eve", Role.LEADER)).post("/why/card/").status_code == 404
