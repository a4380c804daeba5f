"""An invitation leaves by the outbox, as the head has looked at it, and is seen by nobody else (3.11, S29)."""

from __future__ import annotations

import re
from datetime import time

import pytest
from django.test import Client
from django.utils import timezone

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
from backing.people.models import Account
from backing.people.tests.conftest import PASSWORD, account_of, browser_of

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
