"""Sign-in by the organisation's own provider, against a real one on this machine (OpenID Connect)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.utils import timezone
from joserfc.jwk import OctKey, RSAKey
from pytest_django import Settings

from backing.people import actions
from backing.people.access import Role
from backing.people.models import Account, EntryLink, Organisation, Person
from backing.people.tests.conftest import browser_of
from backing.people.tests.identity_provider import CLIENT, SECRET, Provider, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with running() as found:
        settings.BACKING_OIDC_ISSUER = found.issuer
        settings.BACKING_OIDC_CLIENT_ID, settings.BACKING_OIDC_CLIENT_SECRET = CLIENT, SECRET
        yield found


def back(browser: Client, onward: str = "") -> str:
    """Goes to the provider as a browser does; gives where that sends it back to."""
    leaving = browser.get("/sign-in/provider/", {"next": onward})
    assert leaving.status_code == 302, leaving.content.decode()
    sent = requests.get(leaving["Location"], allow_redirects=False, timeout=10)
    at = urlsplit(sent.headers["Location"])
    assert at.path == "/sign-in/provider/answer/"
    return f"{at.path}?{at.query}"


def is_in(browser: Client) -> bool:
    return browser.get("/documents/").status_code == 200


def test_who_was_invited_comes_in_and_goes_where_they_wanted(
    provider: Provider, ben: Account
) -> None:
    browser = Client()
    answer = browser.get(back(browser, "/settings/"))

    assert answer["Location"] == "/settings/"
    assert browser.get("/settings/").status_code == 200
    assert provider.asked == ["/.well-known/openid-configuration", "/authorize", "/token", "/keys"]


def test_onward_leads_nowhere_else(provider: Provider, ben: Account) -> None:
    browser = Client()

    assert browser.get(back(browser, "https://evil.example/"))["Location"] == "/"


def test_an_invited_person_needs_no_password_and_the_invitation_closes(provider: Provider) -> None:
    account, token = actions.invite(
        full_name="Ben", email="ben@aldmoor.example", role=Role.PMO_MEMBER, now=timezone.now()
    )
    provider.who["email"] = "Ben@Aldmoor.example"
    browser = Client()
    browser.get(back(browser))

    assert is_in(browser)
    assert not account.has_password
    assert Client().get(f"/enter/{token}/").status_code == 404
    assert not EntryLink.objects.exists()


@pytest.mark.parametrize(
    "bent",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another-office"},
        {"aud": [CLIENT, "another-office"]},
        {"aud": None},
        {"iss": "http://127.0.0.1:1"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
    ],
    ids=[
        "nonce of another",
        "no nonce",
        "for another",
        "for two",
        "for nobody",
        "by another",
        "expired",
        "without an end",
        "not yet begun",
    ],
)
def test_a_token_that_is_not_meant_for_this_sign_in_opens_nothing(
    provider: Provider, ben: Account, bent: dict[str, Any]
) -> None:
    provider.bent = bent
    browser = Client()
    answer = browser.get(back(browser))

    assert (answer.status_code, b"cannot be trusted" in answer.content) == (403, True)
    assert not is_in(browser)


def test_a_token_signed_by_somebody_else_opens_nothing(provider: Provider, ben: Account) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    browser = Client()

    assert browser.get(back(browser)).status_code == 403
    assert not is_in(browser)


def test_a_token_signed_with_the_public_key_as_a_secret_opens_nothing(
    provider: Provider, ben: Account
) -> None:
    provider.alg = "HS256"
    provider.signs_with = OctKey.import_key(
        "a secret that is long enough for a signature", {"kid": "one"}
    )
    browser = Client()

    assert browser.get(back(browser)).status_code == 403
    assert not is_in(browser)


def test_an_answer_counts_once_and_in_its_own_browser_only(
    provider: Provider, ben: Account
) -> None:
    browser, other = Client(), Client()
    answer = back(browser)

    assert other.get(answer).status_code == 403  # it asked for nothing
    back(other)
    assert b"another sign-in" in other.get(answer).content
    assert browser.get(answer).status_code == 302
    browser.post("/sign-out/")
    assert b"used already" in browser.get(answer).content
    assert not is_in(browser)
    assert not is_in(other)


def test_an_answer_with_a_wrong_state_spends_the_sign_in(provider: Provider, ben: Account) -> None:
    browser = Client()
    answer = back(browser)
    state = parse_qs(urlsplit(answer).query)["state"][0]
    wrong = ("x" if state[0] != "x" else "y") + state[1:]

    assert browser.get(answer.replace(state, wrong)).status_code == 403
    assert browser.get(answer).status_code == 403


def test_a_code_of_another_sign_in_does_not_pass_the_proof_key(
    provider: Provider, ben: Account
) -> None:
    browser, stolen = Client(), Client()
    theirs = parse_qs(urlsplit(back(stolen)).query)["code"][0]
    mine = back(browser)
    code = parse_qs(urlsplit(mine).query)["code"][0]

    assert browser.get(mine.replace(code, theirs)).status_code == 403
    assert not is_in(browser)


def test_after_ten_minutes_the_answer_is_late(provider: Provider, ben: Account) -> None:
    browser = Client()
    answer = back(browser)
    session = browser.session
    past = (timezone.now() - timedelta(seconds=1)).timestamp()
    session["asked_of_provider"] |= {"until": past}
    session.save()

    assert b"ten minutes" in browser.get(answer).content


@pytest.mark.parametrize(
    "who",
    [
        {"email": "ben@aldmoor.example", "email_verified": False},
        {"email": "ben@aldmoor.example", "email_verified": "false"},
        {"email": "ben@aldmoor.example"},
        {"email_verified": True},
    ],
    ids=str,
)
def test_an_address_that_nobody_vouches_for_opens_nothing(
    provider: Provider, ben: Account, who: dict[str, Any]
) -> None:
    provider.who = who
    browser = Client()
    answer = browser.get(back(browser))

    assert (answer.status_code, b"does not vouch" in answer.content) == (403, True)
    assert not is_in(browser)


def test_a_stranger_gets_nothing_and_is_nobody_here_afterwards(
    provider: Provider, ben: Account, caplog: pytest.LogCaptureFixture
) -> None:
    provider.who["email"] = "mallory@elsewhere.example"
    browser = Client()
    answer = browser.get(back(browser))

    assert (answer.status_code, b"Nobody is invited" in answer.content) == (403, True)
    assert not is_in(browser)
    assert (Account.objects.count(), Person.objects.count()) == (1, 1)
    assert "Sign-in by the provider failed: nobody" in caplog.text
    assert "mallory" not in caplog.text + str(dict(browser.session))
    assert b"mallory" not in answer.content


def test_a_closed_account_stays_closed(provider: Provider, ben: Account) -> None:
    ben.close()
    browser = Client()

    assert browser.get(back(browser)).status_code == 403
    assert not is_in(browser)


def test_who_comes_by_the_provider_owes_no_code_and_who_comes_by_password_does(
    provider: Provider, ben: Account
) -> None:
    Organisation(pk=1, second_step_required=True).save()
    browser = Client()
    browser.get(back(browser))

    assert is_in(browser)
    assert browser_of(ben).get("/documents/")["Location"] == "/security/"


def test_the_provider_says_no_or_is_not_there(
    provider: Provider, ben: Account, settings: Settings
) -> None:
    browser = Client()
    state = parse_qs(urlsplit(back(browser)).query)["state"][0]
    said = browser.get("/sign-in/provider/answer/", {"error": "access_denied", "state": state})
    settings.BACKING_OIDC_ISSUER = "http://127.0.0.1:9"
    gone = browser.get("/sign-in/provider/")
    settings.BACKING_OIDC_ISSUER = "http://provider.example"
    open_ = browser.get("/sign-in/provider/")

    assert (said.status_code, b"did not let you in" in said.content) == (403, True)
    assert (gone.status_code, b"cannot be reached" in gone.content) == (403, True)
    assert (open_.status_code, b"cannot be trusted" in open_.content) == (403, True)


def test_a_provider_that_calls_itself_otherwise_is_not_asked(provider: Provider) -> None:
    provider.says_it_is = "https://another.example"

    assert b"cannot be trusted" in Client().get("/sign-in/provider/").content


def test_without_a_provider_there_is_no_button_and_no_address(settings: Settings) -> None:
    assert b"Sign in by" not in Client().get("/sign-in/").content
    assert Client().get("/sign-in/provider/").status_code == 404
    assert Client().get("/sign-in/provider/answer/", {"code": "1", "state": "1"}).status_code == 404


def test_with_one_the_button_names_it(provider: Provider, settings: Settings) -> None:
    settings.BACKING_OIDC_NAME = "Aldmoor Group"

    assert b"Sign in by Aldmoor Group" in Client().get("/sign-in/").content
    assert provider.asked == []
