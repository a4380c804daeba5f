"""The communication plan: audience, message, channel, rhythm, owner (S29-a)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backing.people.access import Role
from backing.people.models import Account, Person
from backing.rhythm.communication import plan
from backing.rhythm.dates import days_of
from backing.rhythm.models import CommunicationPlanItem
from backing.rhythm.privacy import export_of
from backing.rhythm.tests.conftest import account, browser_of

pytestmark = pytest.mark.django_db
HERE = "/keep-it/communication/"


def given(today: date, **other: Any) -> dict[str, Any]:
    return {
        "audience": "The board",
        "message": "What improved, and what got worse.",
        "channel": "Ten minutes in the board",
        "every_days": "30",
        "owner_name": "Ana",
        "begins_on": today.isoformat(),
        "last_sent": "",
    } | other


def item(owner: Person, today: date, **other: Any) -> CommunicationPlanItem:
    said = {"audience": "The board", "message": "What improved.", "channel": "By letter"}
    rhythm = {"every_days": 30, "begins_on": today, "owner": owner}
    return CommunicationPlanItem.objects.create(**said | rhythm | other)


@pytest.fixture
def head(ana: Account) -> Client:
    return browser_of(ana)


def test_s29_a_who_is_told_what_how_how_often_by_whom_and_when_next(
    head: Client, today: date
) -> None:
    assert head.post(f"{HERE}new/", given(today)).status_code == 302
    page = head.get(HERE).content.decode()

    for words in ("The board", "What improved, and what got worse.", "Ten minutes", "Ana", "never"):
        assert words in page
    assert "One of one is due to be told" in page


def test_told_today_it_is_due_again_a_rhythm_later_however_late_it_was(
    head: Client, ana: Account, today: date
) -> None:
    late = item(ana.person, today, last_sent=today - timedelta(days=40))
    (found,) = plan(ana, today=today)
    assert (found.is_due, found.late) == (True, 10)
    assert "10 days late" in head.get(HERE).content.decode()

    head.post(f"{HERE}{late.pk}/told/")
    (found,) = plan(ana, today=today)
    assert (found.is_due, found.item.next_due) == (False, today + timedelta(days=30))
    assert [each.last_sent for each in late.history.all()] == [today, today - timedelta(days=40)]


def test_it_is_due_on_its_day_and_not_late(ana: Account, today: date) -> None:
    item(ana.person, today)
    (found,) = plan(ana, today=today)
    assert (found.is_due, found.late) == (True, 0)
    (before,) = plan(ana, today=today - timedelta(days=1))
    assert not before.is_due


def test_ended_it_leaves_plan_and_calendar_and_its_history_stays(
    head: Client, ana: Account, today: date
) -> None:
    ended = item(ana.person, today)
    head.post(f"{HERE}{ended.pk}/end/")

    assert plan(ana, today=today) == ()
    assert _in_the_calendar(ana, today) == []
    assert head.get(f"{HERE}{ended.pk}/").status_code == 404
    assert ended.history.count() == 2


def test_it_stands_in_the_calendar_of_the_office_and_of_whoever_is_to_tell(
    ana: Account, today: date
) -> None:
    dee, other = account("Dee", Role.LEADER), account("Lea", Role.LEADER)
    item(dee.person, today, last_sent=today)

    (day,) = _in_the_calendar(dee, today)
    assert (day.on, day.title, day.way) == (today + timedelta(days=30), "To tell: The board", "")
    assert len(_in_the_calendar(ana, today)) == 1
    assert _in_the_calendar(other, today) == []


def _in_the_calendar(of: Account, today: date) -> list[Any]:
    return [each for each in days_of(of, today) if each.name.startswith("communication-")]


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("every_days", "0", "greater than or equal to 1"),
        ("last_sent", "2999-01-01", "That day is still to come"),
        ("message", "", "required"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    head: Client, today: date, field: str, words: str, said: str
) -> None:
    answered = head.post(f"{HERE}new/", given(today, **{field: words}))
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert not CommunicationPlanItem.objects.exists()


def test_of_two_with_one_name_it_asks_which(head: Client, today: date) -> None:
    Person.objects.create(full_name="Ana")
    assert (
        "More than one person is called Ana"
        in head.post(f"{HERE}new/", given(today)).content.decode()
    )


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEADER, Role.PROJECT_MANAGER, Role.FINANCE])
def test_the_plan_is_the_offices(ana: Account, today: date, role: str) -> None:
    made = item(ana.person, today)
    browser = browser_of(account("Somebody", role))
    assert browser.get(HERE).status_code == 404
    assert browser.post(f"{HERE}{made.pk}/told/").status_code == 404


def test_whoever_tells_finds_it_in_what_is_held_about_them(ana: Account, today: date) -> None:
    item(ana.person, today)
    (section,) = export_of(ana.person, ana, now=datetime.now(tz=timezone.get_current_timezone()))
    (entry,) = section.entries
    assert entry.says == (("you tell others", "The board: What improved."),)
