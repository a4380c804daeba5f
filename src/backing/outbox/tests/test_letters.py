"""What leaves is what was looked at, by a person's act, to a real mail server (S24, S29; 3.11)."""

from __future__ import annotations

import email
import re
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from backing.outbox import actions
from backing.outbox.composing import composed, digest
from backing.outbox.models import Letter, QuietHours, Sending
from backing.outbox.quiet import quiet_until
from backing.outbox.tests.conftest import Postbox
from backing.outbox.work import bring
from backing.people.models import Account, Person
from backing.people.tests.conftest import browser_of
from backing.site.steps import Pulse, WorkError

pytestmark = pytest.mark.django_db

TEXT = (
    "Dear José,\n\n.this line begins with a dot\nhttps://office.example/row/1.secret:sig/\n– Ana\n"
)


@pytest.fixture(autouse=True)
def _no_quiet_hours() -> None:
    QuietHours.objects.create(pk=1, begins=time(3), ends=time(3), weekends=False)


@pytest.fixture
def server(postbox: Postbox, settings: Any) -> Postbox:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postbox.port
    settings.DEFAULT_FROM_EMAIL = "office@aldmoor.example"
    return postbox


@pytest.fixture
def jose() -> Person:
    return Person.objects.create(full_name="José Ñandú", email="jose@aldmoor.example")


def letter_to(person: Person | None, by: Account, **given: Any) -> Letter:
    said: dict[str, Any] = {"subject": "Is this right – or not?", "text": TEXT, "about": "rows"}
    made = actions.write("Rows to confirm", to=person, by=by, now=timezone.now(), **said | given)
    return Letter.objects.get(pk=made.pk)


def page_of(letter: Letter, account: Account) -> str:
    return browser_of(account).get(f"/outbox/{letter.pk}/").content.decode()


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def sent_from_its_page(letter: Letter, by: Account, **fields: str) -> Client:
    browser = browser_of(by)
    seen = seen_on(page_of(letter, by))
    browser.post(f"/outbox/{letter.pk}/sending/", {"seen": seen, **fields})
    return browser


def worked(letter: Letter) -> Sending:
    """The worker's part: one step, as it is taken there."""
    sending = Sending.objects.get(letter=letter)
    assert sending.this_attempt().begin(datetime.now(UTC))
    try:
        bring(sending, Pulse(sending))
    except WorkError as error:
        sending.this_attempt().end(Sending.State.FAILED, datetime.now(UTC), error.code)
    else:
        sending.this_attempt().end(Sending.State.DONE, datetime.now(UTC))
    return Sending.objects.get(letter=letter)


def text_of(message: EmailMessage) -> str:
    """On the wire lines end otherwise."""
    text: str = message.get_content()
    return text.replace("\r\n", "\n")


# Byte for byte.


def test_a_real_server_receives_exactly_what_was_previewed(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    seen = seen_on(page_of(letter, ana))
    sent_from_its_page(letter, ana)
    worked(letter)

    (received,) = server.received
    assert digest(received) == seen
    assert server.sent_to == [("office@aldmoor.example", ["jose@aldmoor.example"])]


def test_the_preview_shows_what_the_message_says_when_another_program_reads_it(
    ana: Account, jose: Person, server: Postbox
) -> None:
    ana.email = "ana@aldmoor.example"
    ana.save()
    letter = letter_to(jose, ana)
    page = page_of(letter, ana)
    sent_from_its_page(letter, ana)
    worked(letter)

    read = email.message_from_bytes(server.received[0], policy=default)
    assert text_of(read) == TEXT
    assert read["Subject"] == "Is this right – or not?"
    assert read["To"] == "jose@aldmoor.example"
    assert read["Reply-To"] == "ana@aldmoor.example"
    for name in ("To", "Subject", "Date", "Reply-To"):
        assert f"<dt>{name}</dt><dd>{read[name]}</dd>" in page
    assert server.received[0].isascii()


@pytest.mark.parametrize("text", ["x" * 5000, "\n.\n.\n", "a\r\nb", "ünï\n" * 200, "tail  \n\n\n"])
def test_any_text_arrives_as_it_was_looked_at(
    ana: Account, jose: Person, server: Postbox, text: str
) -> None:
    letter = letter_to(jose, ana, text=f"Dear José,\n{text}")
    sent_from_its_page(letter, ana)
    worked(letter)
    words = letter.words
    assert words is not None

    assert server.received == [composed(letter, words)]
    read = email.message_from_bytes(server.received[0], policy=default)
    assert text_of(read) == words.text


def test_a_subject_with_a_line_end_adds_no_header(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana, subject="Right?\r\nBcc: eve@evil.example")
    sent_from_its_page(letter, ana)
    worked(letter)

    read = email.message_from_bytes(server.received[0], policy=default)
    assert read["Bcc"] is None
    assert server.sent_to[0][1] == ["jose@aldmoor.example"]


def test_what_was_changed_after_somebody_looked_is_not_sent(
    ana: Account, ben: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    seen = seen_on(page_of(letter, ana))
    changed = {"subject": "Other", "text": "Other words", "address": "jose@aldmoor.example"}
    browser_of(ben).post(f"/outbox/{letter.pk}/words/", changed)

    answer = browser_of(ana).post(f"/outbox/{letter.pk}/sending/", {"seen": seen}, follow=True)

    assert "It was changed since you looked at it." in answer.content.decode()
    assert not Sending.objects.exists()


def test_a_message_that_changed_after_it_was_sent_off_stays(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)
    Letter.objects.filter(pk=letter.pk).update(address="eve@evil.example")

    assert worked(letter).error == "changed"
    assert server.received == []


def test_what_has_left_stays_as_it_left_whatever_becomes_of_its_sender(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)
    ana.email, ana.person.full_name = "new@aldmoor.example", "Ana Ruiz"
    ana.save()
    ana.person.save()
    assert worked(letter).state == "done"

    letter.refresh_from_db()
    assert digest(server.received[0]) == letter.digest
    assert "what was sent had another" not in page_of(letter, ana)


# A person's act, and once.


def test_writing_a_letter_sends_nothing(ana: Account, jose: Person, server: Postbox) -> None:
    letter_to(jose, ana)
    actions.send_what_waited(timezone.now())

    assert not Sending.objects.exists()


def test_pressing_twice_sends_once(ana: Account, jose: Person, server: Postbox) -> None:
    letter = letter_to(jose, ana)
    seen = seen_on(page_of(letter, ana))
    browser = browser_of(ana)
    for _ in range(2):
        browser.post(f"/outbox/{letter.pk}/sending/", {"seen": seen})
    worked(letter)
    actions.send_what_waited(timezone.now())

    assert len(server.received) == Sending.objects.count() == 1


def test_a_step_that_is_taken_again_after_the_server_had_it_sends_nothing(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)
    sending = worked(letter)
    bring(sending, Pulse(sending))

    assert len(server.received) == 1


def test_killed_after_it_was_let_go_it_says_that_it_may_have_gone_and_waits_for_a_person(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)
    Sending.objects.update(state="running", let_go_at=timezone.now())

    assert worked(letter).may_have_gone
    page = page_of(letter, ana)
    assert "may or may not have gone" in page
    assert "Send it again, perhaps twice" in page
    assert server.received == []

    browser_of(ana).post(f"/outbox/{letter.pk}/next-try/")
    worked(letter)
    assert len(server.received) == 1
    assert "left on" in page_of(letter, ana)


def test_what_left_cannot_be_tried_again_or_taken_back(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    browser = sent_from_its_page(letter, ana)
    worked(letter)
    for act in ("next-try", "taking-back", "dropping", "words"):
        browser.post(f"/outbox/{letter.pk}/{act}/", {"subject": "x", "text": "y"})

    assert Letter.objects.filter(pk=letter.pk, sending__state="done").exists()
    assert Sending.objects.get().attempt == 1


# What can go wrong at the server.


def test_a_server_that_is_not_there_has_nothing_and_the_next_try_sends_it_once(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    server.stop()
    sent_from_its_page(letter, ana)
    assert worked(letter).error == "no_server"
    assert "Nothing has gone" in page_of(letter, ana)

    server.start()
    browser_of(ana).post(f"/outbox/{letter.pk}/next-try/")
    assert worked(letter).state == "done"
    assert len(server.received) == 1


def test_an_address_that_the_server_does_not_know_can_be_put_right(
    ana: Account, jose: Person, server: Postbox
) -> None:
    server.unknown.add("jose@aldmoor.example")
    letter = letter_to(jose, ana)
    browser = sent_from_its_page(letter, ana)
    assert worked(letter).error == "address_refused"

    browser.post(f"/outbox/{letter.pk}/taking-back/")
    words = {"address": "j.n@aldmoor.example", "subject": "Right?", "text": TEXT}
    browser.post(f"/outbox/{letter.pk}/words/", words)
    letter.refresh_from_db()
    sent_from_its_page(letter, ana)
    assert worked(letter).state == "done"
    assert server.sent_to[0][1] == ["j.n@aldmoor.example"]


@pytest.mark.parametrize("answer", ["451 try later", "554 looks like spam"])
def test_a_message_that_the_server_refuses_has_not_gone(
    ana: Account, jose: Person, server: Postbox, answer: str
) -> None:
    server.answers = answer
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)
    sending = worked(letter)

    assert (sending.error, sending.let_go_at) == ("message_refused", None)
    assert "Nothing has gone" in page_of(letter, ana)


# Quiet hours.


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-05-13 12:00", None),  # a Wednesday
        ("2026-05-13 18:59", None),
        ("2026-05-13 19:00", "2026-05-14 07:30"),
        ("2026-05-14 07:29", "2026-05-14 07:30"),
        ("2026-05-14 07:30", None),
        ("2026-05-15 22:00", "2026-05-18 07:30"),  # Friday night, to Monday
        ("2026-05-16 12:00", "2026-05-18 07:30"),
        ("2026-05-17 23:59", "2026-05-18 07:30"),
    ],
)
def test_quiet_hours_go_past_midnight_and_over_weekends(now: str, until: str | None) -> None:
    hours = QuietHours(begins=time(19), ends=time(7, 30), weekends=True)
    at = timezone.make_aware(datetime.fromisoformat(now))
    found = quiet_until(hours, at)

    assert (f"{timezone.localtime(found):%Y-%m-%d %H:%M}" if found else None) == until


@pytest.mark.parametrize(
    ("begins", "ends", "weekends", "now", "until"),
    [
        (time(12), time(14), False, "2026-05-13 13:00", "2026-05-13 14:00"),
        (time(12), time(14), False, "2026-05-16 15:00", None),
        (time(3), time(3), False, "2026-05-16 03:00", None),
        (time(3), time(3), True, "2026-05-16 15:00", "2026-05-18 00:00"),
    ],
)
def test_quiet_hours_may_be_at_noon_or_never(
    begins: time, ends: time, weekends: bool, now: str, until: str | None
) -> None:
    hours = QuietHours(begins=begins, ends=ends, weekends=weekends)
    found = quiet_until(hours, timezone.make_aware(datetime.fromisoformat(now)))

    assert (f"{timezone.localtime(found):%Y-%m-%d %H:%M}" if found else None) == until


def always_quiet() -> None:
    now = timezone.localtime()
    begins, ends = (now + timedelta(hours=hours) for hours in (-2, 2))
    QuietHours.objects.update(begins=begins.time(), ends=ends.time())


def test_in_quiet_hours_a_letter_waits_until_they_end_and_may_be_taken_back(
    ana: Account, jose: Person, server: Postbox
) -> None:
    always_quiet()
    letter = letter_to(jose, ana)
    browser = sent_from_its_page(letter, ana)
    actions.send_what_waited(timezone.now())
    assert not Sending.objects.exists()
    assert "It leaves on" in page_of(letter, ana)

    browser.post(f"/outbox/{letter.pk}/taking-back/")
    actions.send_what_waited(timezone.now() + timedelta(days=1))
    assert not Sending.objects.exists()

    letter.refresh_from_db()
    sent_from_its_page(letter, ana)
    actions.send_what_waited(timezone.now() + timedelta(hours=3))
    worked(letter)
    assert len(server.received) == 1


def test_whoever_sends_it_may_say_now_all_the_same(
    ana: Account, jose: Person, server: Postbox
) -> None:
    always_quiet()
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana, at_once="1")

    assert worked(letter).state == "done"


# Without a server.


def test_without_a_server_the_draft_opens_in_a_program_of_ones_own(
    ana: Account, jose: Person
) -> None:
    letter = letter_to(jose, ana)
    page = page_of(letter, ana)
    assert 'name="seen"' not in page
    assert "No mail server is set" in page

    answer = browser_of(ana).post(f"/outbox/{letter.pk}/draft/")
    draft = email.message_from_bytes(answer.content, policy=default)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Jos')
    assert (draft["To"], draft["X-Unsent"], draft["Bcc"]) == ("jose@aldmoor.example", "1", None)
    assert text_of(draft) == TEXT
    assert draft["From"] is None
    assert "taken as a draft" in page_of(letter, ana)


def test_a_letter_that_was_taken_elsewhere_is_not_sent_from_here_too(
    ana: Account, jose: Person, server: Postbox
) -> None:
    letter = letter_to(jose, ana)
    seen = seen_on(page_of(letter, ana))
    browser = browser_of(ana)
    browser.post(f"/outbox/{letter.pk}/draft/")
    browser.post(f"/outbox/{letter.pk}/sending/", {"seen": seen})
    assert not Sending.objects.exists()

    other = letter_to(jose, ana, about="other")
    sent_from_its_page(other, ana)
    answer = browser.post(f"/outbox/{other.pk}/draft/", follow=True)
    assert "It is sent from here." in answer.content.decode()


def test_a_copied_letter_is_kept_as_sent_by_hand(ana: Account, jose: Person) -> None:
    letter = letter_to(jose, ana)
    page = browser_of(ana).post(f"/outbox/{letter.pk}/copy/", follow=True).content.decode()

    assert "copied, and sent by hand" in page


# Who sees it, and how long it is kept.


def test_only_the_office_sees_letters(
    ana: Account, eve: Account, sue: Account, jose: Person
) -> None:
    letter = letter_to(jose, ana)
    for account in (eve, sue):
        browser = browser_of(account)
        for way in ("", f"{letter.pk}/", "hours/"):
            assert browser.get(f"/outbox/{way}").status_code == 404
        assert browser.post(f"/outbox/{letter.pk}/draft/").status_code == 404
    assert Client().get(f"/outbox/{letter.pk}/").status_code == 404
    headers = browser_of(ana).get(f"/outbox/{letter.pk}/").headers
    assert headers["Cache-Control"] == "no-store"


def test_what_is_for_the_eyes_of_its_writer_alone_is_for_nobody_else(
    ana: Account, ben: Account
) -> None:
    letter = letter_to(ben.person, ben, own=True)

    assert browser_of(ana).get(f"/outbox/{letter.pk}/").status_code == 404
    assert browser_of(ben).get(f"/outbox/{letter.pk}/").status_code == 200


def test_the_database_never_holds_what_a_letter_says(ana: Account, jose: Person) -> None:
    letter = letter_to(jose, ana)
    with connection.cursor() as cursor:
        cursor.execute("select * from outbox_letter where id = %s", [letter.pk])
        row = cursor.fetchone()

    assert any(isinstance(each, bytes | memoryview) for each in row)
    assert not [each for each in row if isinstance(each, bytes) and b"secret" in each]
    assert "secret" not in str(row)


def test_a_letter_about_the_same_takes_the_place_of_one_that_has_not_left(
    ana: Account, jose: Person, server: Postbox
) -> None:
    first, second = letter_to(jose, ana), letter_to(jose, ana)
    assert list(Letter.objects.all()) == [second]

    sent_from_its_page(second, ana)
    worked(second)
    third = letter_to(jose, ana)
    assert set(Letter.objects.all()) == {second, third}
    assert first.pk != second.pk
