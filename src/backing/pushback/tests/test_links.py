"""Pushback by a link, on a phone, without an account (S12-a, S12-d)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from backing.mandate.models import ChangeProposal
from backing.people.access import Role
from backing.people.models import Account
from backing.people.tests.conftest import account_of, browser_of
from backing.pushback import actions, working_days
from backing.pushback.models import FollowLink, Pushback, SayLink

pytestmark = pytest.mark.django_db

TEXT = "The status report takes three hours a month and nobody answers it."


def sent(ana: Account, *, days_ago: int = 0, title: str = "Stage checks") -> str:
    """A link about a change, as it goes round."""
    change = ChangeProposal.objects.create(title=title, what_changes="A gate.", why="Dates")
    now = timezone.now() - timedelta(days=days_ago)
    _, token = actions.link_to_say(by=ana, now=now, change=change)
    return f"/pushback/say/{token}/"


def once_of(page: bytes) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page.decode())
    assert found
    return found[1]


def say(address: str, browser: Client | None = None, **fields: str) -> str:
    """Fill in the page and send it; gives the address of the page to follow it by."""
    browser = browser or Client()
    once = fields.pop("once", "") or once_of(browser.get(address).content)
    answer = browser.post(f"{address}objection/", {"text": TEXT, "once": once, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_s12_one_field_and_one_tap_are_enough_and_the_next_page_says_when(ana: Account) -> None:
    address = sent(ana)
    page = Client().get(address).content.decode()
    required = re.findall(r"<(?:input|textarea|select)[^>]* required[^>]*>", page)
    assert len(required) == 1
    assert "<script" not in page.split("<body")[1]

    follow = say(address)
    due = working_days.after(timezone.localdate(), 5)
    assert f"Answer due {due.day} {due:%B %Y}" in Client().get(follow).content.decode()


def test_s12_both_pages_stay_under_fifty_kilobytes_before_any_compression(ana: Account) -> None:
    address = sent(ana)
    for way in (address, say(address)):
        page = Client().get(way).content
        asked_for = re.findall(rb'(?:href|src)="/static/[^/]+/([^"]+)"', page)
        files = [Path(str(finders.find(each.decode()))) for each in asked_for]
        assert len(files) > 4
        assert len(page) + sum(each.stat().st_size for each in files) < 50_000


def test_in_confidence_nothing_says_who_it_was_the_history_neither(ana: Account) -> None:
    pam = account_of("Pam", Role.PROJECT_MANAGER)
    follow = say(sent(ana), browser_of(pam), in_confidence="on", known_as="Pam")
    (raised,) = Pushback.objects.all()
    (past,) = Pushback.history.all()

    assert (raised.raised_by, raised.known_as, raised.who) == (None, "", "Someone, in confidence")
    assert (past.raised_by, past.known_as, past.history_user) == (None, "", None)
    assert FollowLink.objects.get().made_by is None
    assert "no name is kept" in Client().get(follow).content.decode()


def test_in_confidence_holds_for_whoever_is_signed_in(ana: Account) -> None:
    pam = account_of("Pam", Role.PROJECT_MANAGER)
    browser = browser_of(pam)
    once = once_of(browser.get("/pushback/new/").content)
    given = {"text": TEXT, "request": "Weekly report", "once": once, "in_confidence": "on"}
    assert browser.post("/pushback/new/", given).status_code == 302

    assert Pushback.objects.get().raised_by is None
    assert Pushback.history.get().history_user is None
    assert not Pushback.objects.visible_to(pam).exists()


def test_the_raiser_sees_their_own_and_no_other(ana: Account) -> None:
    pam, oz = (account_of(name, Role.PROJECT_MANAGER) for name in ("Pam", "Oz"))
    browser = browser_of(pam)
    once = once_of(browser.get("/pushback/new/").content)
    browser.post("/pushback/new/", {"text": TEXT, "request": "Weekly report", "once": once})
    raised = Pushback.objects.get()

    assert raised.raised_by == pam.person
    assert browser.get(f"/pushback/{raised.pk}/").status_code == 200
    assert browser_of(oz).get(f"/pushback/{raised.pk}/").status_code == 404
    assert Client().get(f"/pushback/{raised.pk}/").status_code == 404


def test_the_same_form_sent_twice_is_one_objection_and_one_page(ana: Account) -> None:
    address = sent(ana)
    once = once_of(Client().get(address).content)

    assert say(address, once=once) == say(address, once=once, text="Something else")
    assert [each.text for each in Pushback.objects.all()] == [TEXT]


def test_the_answer_is_seen_and_confirmed_once_and_a_replay_changes_nothing(ana: Account) -> None:
    follow = say(sent(ana))
    raised = Pushback.objects.get()
    actions.answer(
        raised,
        kind="accept_change",
        text="You are right.",
        what_changes="Quarterly from June.",
        by=ana,
        now=timezone.now(),
    )
    page = Client().get(follow).content.decode()
    assert "Quarterly from June." in page
    assert "Does that deal with it?" in page

    Client().post(f"{follow}view/", {"view": "resolved"})
    Client().post(f"{follow}view/", {"view": "not_resolved"})
    assert raised.status == Pushback.Status.RESOLVED
    assert "Dealt with, you say" in Client().get(follow).content.decode()


def test_whoever_disputes_it_is_owed_another_answer(ana: Account) -> None:
    follow = say(sent(ana))
    raised = Pushback.objects.get()
    given = {"kind": "decline", "text": "The law asks for it.", "what_changes": ""}
    actions.answer(raised, **given, by=ana, now=timezone.now())
    assert not Pushback.objects.waiting().exists()

    Client().post(f"{follow}view/", {"view": "not_resolved", "words": "Which law?"})
    assert Pushback.objects.waiting().get() == raised
    assert raised.responses.get().raiser_words == "Which law?"

    actions.answer(raised, **given, by=ana, now=timezone.now() + timedelta(seconds=1))
    assert not Pushback.objects.waiting().exists()
    Client().post(f"{follow}view/", {"view": "resolved"})
    assert raised.status == Pushback.Status.RESOLVED


def test_links_are_kept_by_no_cache_found_by_no_search_and_told_to_no_other_site(
    ana: Account,
) -> None:
    address = sent(ana)
    for way in (address, say(address)):
        headers = Client().get(way).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_an_address_says_nothing_of_anybody_and_the_database_holds_no_link(ana: Account) -> None:
    follow = say(sent(ana), known_as="Pam Ito")
    assert re.fullmatch(r"/pushback/said/\d+\.[\w-]+:[\w-]+/", follow)
    secret = follow.split(".")[1].split(":")[0]
    assert secret not in str(list(FollowLink.objects.values()))


def test_guesses_are_made_to_wait_and_true_links_are_not(ana: Account) -> None:
    address = sent(ana)
    answers = [Client().get(f"/pushback/say/guess{n}/").status_code for n in range(6)]

    assert answers == [404] * 5 + [429]
    assert Client().get(address).status_code == 200


def test_one_link_takes_so_many_in_an_hour(ana: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AN_HOUR", 2)
    address = sent(ana)
    say(address)
    say(address)
    once = once_of(Client().get(address).content)
    answer = Client().post(f"{address}objection/", {"text": TEXT, "once": once})

    assert answer.status_code == 422
    assert "Try in an hour" in answer.content.decode()


def test_the_office_makes_another_link_and_the_one_before_opens_no_more(ana: Account) -> None:
    follow = say(sent(ana))
    raised = Pushback.objects.get()
    page = browser_of(ana).post(f"/pushback/{raised.pk}/link/").content.decode()
    found = re.search(r"/pushback/said/[^<\s\"]+", page)
    assert found
    assert Client().get(follow).status_code == 404
    assert Client().get(found[0]).status_code == 200


def test_the_office_makes_a_link_for_all_and_closes_it(ana: Account) -> None:
    browser = browser_of(ana)
    answer = browser.post("/pushback/links/new/", {"about": "Weekly report"}, follow=True)
    made = answer.content.decode()
    found = re.search(r"/pushback/say/[^<\s\"]+", made)
    assert found
    page = browser.get("/pushback/links/").content.decode()
    assert "One link to object by is open" in page
    assert "Weekly report" in Client().get(found[0]).content.decode()

    browser.post(f"/pushback/links/{SayLink.objects.get().pk}/withdrawal/")
    assert Client().get(found[0]).status_code == 404
    assert "No link to object by is open" in browser.get("/pushback/links/").content.decode()
