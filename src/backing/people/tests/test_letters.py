"""An invitation and the notice leave by the outbox, as the head looked at them, seen by nobody else (3.11, 3.12)."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backing.leaders.actions.listing import put_on_the_list
from backing.leaders.actions.opinions import assess_stance
from backing.leaders.tests.conftest import key_file
from backing.outbox.composing import digest
from backing.outbox.models import Letter, QuietHours
from backing.outbox.privacy import export_of as letters_to
from backing.outbox.tests.conftest import Postbox, postbox
from backing.outbox.tests.test_letters import (
    page_of,
    seen_on,
    sent_from_its_page,
    server,
    worked,
)
from backing.people.access import Role
from backing.people.models import AccessLog, Account, LegitimateInterests, Person
from backing.people.tests.conftest import MAY, PASSWORD, account_of, browser_of

__all__ = ["key_file", "postbox", "server"]
pytestmark = pytest.mark.django_db
BEN = {"full_name": "Ben Okoro", "email": "ben@aldmoor.example", "role": Role.SPONSOR}


@pytest.fixture(autouse=True)
def _no_quiet_hours() -> None:
    QuietHours.objects.create(pk=1, begins=time(3), ends=time(3), weekends=False)


def invited(by: Account, **otherwise: str) -> Letter:
    browser_of(by).post("/people/", BEN | otherwise)
    return Letter.objects.get()


def way_in(letter: Letter) -> str:
    words = letter.words
    assert words is not None
    (found,) = re.findall(r"http://testserver(/enter/\S+)", words.text)
    return str(found)


# The invitation.


def test_s29_an_invitation_leaves_as_it_was_looked_at_and_its_link_lets_them_in(
    ana: Account, server: Postbox
) -> None:
    letter = invited(ana)
    seen = seen_on(page_of(letter, ana))
    assert server.received == []
    sent_from_its_page(letter, ana)
    worked(letter)

    (received,) = server.received
    assert digest(received) == seen
    assert server.sent_to == [("office@aldmoor.example", ["ben@aldmoor.example"])]
    chosen = {"full_name": "Ben Okoro", "email": "ben@aldmoor.example", "password": PASSWORD}
    assert Client().post(way_in(letter), chosen).status_code == 302
    assert Account.objects.get(email="ben@aldmoor.example").has_password


def test_nobody_but_the_head_who_wrote_it_sees_an_invitation_or_sends_it(
    ana: Account, server: Postbox
) -> None:
    """A member who read it could come in as the sponsor."""
    letter = invited(ana)
    seen = seen_on(page_of(letter, ana))
    others = [browser_of(account_of(role.label, role)) for role in Role if role != Role.PMO_HEAD]
    for browser in (Client(), *others):
        assert browser.get(f"/outbox/{letter.pk}/").status_code == 404
        for act in ("sending", "draft", "copy", "words"):
            answer = browser.post(f"/outbox/{letter.pk}/{act}/", {"seen": seen})
            assert answer.status_code == 404
        assert browser.post("/people/", BEN).status_code == 404
        assert browser.post(f"/people/{ana.pk}/link/").status_code == 404
        assert b"A way in" not in browser.get("/outbox/").content
    letter.refresh_from_db()

    assert letter.is_draft


def test_an_invitation_says_where_one_comes_in_and_not_what_one_is_there(ana: Account) -> None:
    words = invited(ana).words

    assert words is not None
    assert "Ana invites you" in words.text
    assert "ponsor" not in f"{words}"


def test_whoever_has_a_password_is_sent_a_new_one_to_choose(ana: Account, ben: Account) -> None:
    browser_of(ana).post(f"/people/{ben.pk}/link/")
    letter = Letter.objects.get()

    assert letter.subject == "A new password: the project office"
    assert Client().get(way_in(letter)).status_code == 200


def test_a_link_to_hand_over_is_shown_and_takes_a_letter_that_has_not_left_with_it(
    ana: Account,
) -> None:
    before = way_in(invited(ana))
    account = Account.objects.get(email="ben@aldmoor.example")
    page = browser_of(ana).post(f"/people/{account.pk}/link/", {"to_hand_over": "1"})
    (shown,) = re.findall(r"http://testserver(/enter/[^<]+)", page.content.decode())

    assert not Letter.objects.exists()
    assert page.headers["Cache-Control"] == "no-store"
    assert Client().get(before).status_code == 404
    assert Client().get(shown).status_code == 200


def test_closing_an_account_takes_an_invitation_that_has_not_left_with_it(ana: Account) -> None:
    account = invited(ana).to
    assert account is not None
    browser_of(ana).post(f"/people/{account.account.pk}/closing/")

    assert not Letter.objects.exists()


def test_3_12_the_head_is_not_shown_invitations_of_others_as_letters_to_them(
    ana: Account,
) -> None:
    letter = invited(ana)
    assert letter.to is not None
    (hers,) = letters_to(ana.person, ana, timezone.now())
    (bens,) = letters_to(letter.to, ana, timezone.now())

    assert hers.entries == ()
    assert [dict(each.says)["what it is"] for each in bens.entries] == ["A way in"]


# The notice (D9b).


@pytest.fixture
def alba(ana: Account) -> Person:
    """A leader of whom something is noted that may stand nowhere else."""
    person = Person.objects.create(full_name="Alba Stone", email="alba@aldmoor.example")
    leader = put_on_the_list(person, owner=ana, on=MAY.date())
    assess_stance(
        leader,
        level="resistant",
        basis="said_to_me",
        evidence="Quagglewort, she said.",
        on=MAY.date(),
        by=ana,
    )
    return person


def told(person: Person, by: Account) -> Letter:
    browser_of(by).post(f"/people/persons/{person.pk}/notice/")
    return Letter.objects.get()


def test_3_12_the_notice_leaves_as_it_was_looked_at_and_says_of_nobody_where_they_stand(
    ana: Account, alba: Person, server: Postbox
) -> None:
    read = AccessLog.objects.count()
    letter = told(alba, ana)
    seen = seen_on(page_of(letter, ana))
    sent_from_its_page(letter, ana)
    worked(letter)

    (received,) = server.received
    assert digest(received) == seen
    assert server.sent_to == [("office@aldmoor.example", ["alba@aldmoor.example"])]
    words = letter.words
    assert words is not None
    assert LegitimateInterests.objects.get().purpose[:40] in " ".join(words.text.split())
    assert "You may:\n- see everything that is kept about you" in words.text
    assert "Write to Ana, ana@aldmoor.example." in words.text
    assert not re.search(r"Quagglewort|resistant", f"{words} {letter.kind} {letter.about}")
    assert AccessLog.objects.count() == read


def test_nobody_but_the_head_writes_or_sees_a_notice(ana: Account, alba: Person) -> None:
    letter = told(alba, ana)
    others = [browser_of(account_of(role.label, role)) for role in Role if role != Role.PMO_HEAD]
    for browser in (Client(), *others):
        assert browser.post(f"/people/persons/{alba.pk}/notice/").status_code == 404
        assert browser.get(f"/outbox/{letter.pk}/").status_code == 404

    assert Letter.objects.get().worded_at == letter.worded_at


def test_a_notice_goes_to_no_chat(ana: Account, alba: Person, settings: Any) -> None:
    settings.BACKING_CHATS = {"Team room": "slack://a/b/c"}
    letter = told(alba, ana)

    assert "Team room" not in page_of(letter, ana)


def test_that_a_notice_left_is_offered_as_the_day_and_noted_by_the_head(
    ana: Account, alba: Person
) -> None:
    letter = told(alba, ana)
    three_days_ago = timezone.now() - timedelta(days=3)
    Letter.objects.filter(pk=letter.pk).update(handed_at=three_days_ago, handed_as="draft")
    page = browser_of(ana).get(f"/people/persons/{alba.pk}/data/").content.decode()
    alba.refresh_from_db()

    assert f'value="{timezone.localdate(three_days_ago).isoformat()}"' in page
    assert "taken as a draft" in page
    assert alba.privacy_notice_sent_at is None


def test_without_grounds_there_is_no_notice_to_send(ana: Account, alba: Person) -> None:
    LegitimateInterests.objects.all().delete()
    answer = browser_of(ana).post(f"/people/persons/{alba.pk}/notice/")

    assert answer.headers["Location"] == "/people/care/grounds/"
    assert not Letter.objects.exists()


def test_the_list_of_those_not_told_leads_to_the_letter(ana: Account, alba: Person) -> None:
    page = browser_of(ana).get("/people/care/").content.decode()

    assert f'action="/people/persons/{alba.pk}/notice/"' in page
