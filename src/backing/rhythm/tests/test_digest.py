"""The weekly digest: asked for, to oneself alone, once a week, and no more than home says (S27; 3.11)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from backing.leaders.models import Commitment
from backing.mandate.models import MandateOrigin
from backing.outbox.models import Letter, QuietHours, Sending
from backing.people.models import Account
from backing.rhythm import digest
from backing.rhythm.models import WeeklyDigest
from backing.rhythm.tests.conftest import browser_of, leader, stands

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 5, 11)


@pytest.fixture(autouse=True)
def _a_server(settings: Any) -> None:
    settings.EMAIL_HOST = "127.0.0.1"
    settings.DEFAULT_FROM_EMAIL = "office@aldmoor.example"
    QuietHours.objects.create(pk=1, begins=time(3), ends=time(3), weekends=False)


@pytest.fixture
def asked(ana: Account) -> Account:
    ana.email = "ana@aldmoor.example"
    ana.save()
    browser_of(ana).post("/keep-it/calendar/digest/", {"weekday": "0"})
    assert WeeklyDigest.objects.filter(account=ana).exists()
    return ana


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def test_it_comes_once_on_its_day_to_the_owner_alone(asked: Account, ben: Account) -> None:
    for minute in range(3):
        digest.send_digests(at(MONDAY, minute=minute))

    (letter,) = Letter.objects.all()
    assert (letter.address, letter.own, letter.by) == ("ana@aldmoor.example", True, asked)
    assert Sending.objects.filter(letter=letter).count() == 1
    assert browser_of(ben).get(f"/outbox/{letter.pk}/").status_code == 404
    assert browser_of(asked).get(f"/outbox/{letter.pk}/").status_code == 200

    digest.send_digests(at(MONDAY + timedelta(days=7)))
    assert Sending.objects.count() == 2


@pytest.mark.parametrize(("days", "hour"), [(1, 8), (6, 8), (0, 5)])
def test_on_no_other_day_and_not_before_the_morning(asked: Account, days: int, hour: int) -> None:
    digest.send_digests(at(MONDAY + timedelta(days=days), hour))

    assert not Letter.objects.exists()


def test_nobody_gets_one_who_did_not_ask_or_asked_for_no_more(asked: Account, ben: Account) -> None:
    browser_of(asked).post("/keep-it/calendar/digest/ending/")
    digest.send_digests(at(MONDAY))

    assert not Letter.objects.exists()


def test_without_a_server_none_is_made_and_none_may_be_asked_for(
    asked: Account, settings: Any
) -> None:
    settings.EMAIL_HOST = ""
    digest.send_digests(at(MONDAY))
    assert not Letter.objects.exists()

    WeeklyDigest.objects.all().delete()
    browser_of(asked).post("/keep-it/calendar/digest/", {"weekday": "0"})
    assert not WeeklyDigest.objects.exists()


def test_in_quiet_hours_it_waits_like_every_letter(asked: Account) -> None:
    QuietHours.objects.update(begins=time(19), ends=time(9))
    digest.send_digests(at(MONDAY))

    assert Letter.objects.get().send_after == at(MONDAY, 9)
    assert not Sending.objects.exists()


def test_it_says_what_home_says_and_of_what_is_about_a_person_that_there_is_something(
    asked: Account, settings: Any
) -> None:
    settings.BACKING_URL = "https://office.aldmoor.example/"
    alba = leader(1, asked, MONDAY - timedelta(days=200))
    stands(alba, "resistant", MONDAY - timedelta(days=150), "Quagglewort said aloud.")
    MandateOrigin.objects.create(pk=1, on=MONDAY, in_their_words="Why?", problem="Late")
    Commitment.objects.create(
        promised_by=asked.person, promised_to=alba.person, what="The numbers", due=MONDAY
    )

    words = digest.words(asked, MONDAY)

    assert "One thing about a person; open to read" in words
    assert "11 May: Promise due: The numbers" in words
    assert "https://office.aldmoor.example/keep-it/calendar/" in words
    assert "Quagglewort" not in words
    assert "resistant" not in words


def test_one_that_cannot_be_made_does_not_stop_the_worker(
    asked: Account, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> str:
        raise ValueError("no")

    monkeypatch.setattr(digest, "words", broken)
    digest.send_digests(at(MONDAY))
    digest.send_digests(at(MONDAY, minute=1))

    assert caplog.text.count("A digest could not be made") == 1
    assert not Letter.objects.exists()
