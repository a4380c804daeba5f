"""S01, X1: a code besides the password, set up by each, or asked of everyone by the head."""

from __future__ import annotations

import base64
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from backing.people import actions, erasing, key, throttle
from backing.people.models import (
    AccessLog,
    Account,
    Authenticator,
    EntryLink,
    Organisation,
    RecoveryCode,
)
from backing.people.privacy import export_of
from backing.people.tests.conftest import MAY, PASSWORD, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_key(settings: Settings, tmp_path: Path) -> None:
    settings.BACKING_KEY_FILE = tmp_path / "a-key"
    key.make(settings.BACKING_KEY_FILE)


def shown(letters: str, at: datetime) -> str:
    """What an app shows that was given these letters: six digits by SHA-1, every half minute (RFC 6238)."""
    secret = base64.b32decode(letters.replace(" ", ""))
    return TOTP(secret, 6, SHA1(), 30).generate(int(at.timestamp())).decode()


def letters_on(page: str) -> str:
    found = re.search(r"type these letters into it: <code>([A-Z2-7 ]+)</code>", page)
    assert found is not None
    return found[1]


def set_up(account: Account) -> tuple[str, list[str]]:
    """Through the pages; gives what the app holds and the recovery codes."""
    browser = browser_of(account)
    browser.post("/security/app/")
    letters = letters_on(browser.get("/security/").content.decode())
    answer = browser.post("/security/first-code/", {"code": shown(letters, timezone.now())})
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    return letters, re.findall(r"<li><code>([0-9A-Z-]+)</code>", answer.content.decode())


def after_password(account: Account, **more: str) -> Client:
    browser = Client()
    answer = browser.post("/sign-in/", {"email": account.email, "password": PASSWORD, **more})
    assert answer["Location"] == "/second-step/"
    return browser


def next_code(letters: str) -> str:
    """Of the half minute to come: the one of now went into the set-up, and a phone may be a little fast."""
    return shown(letters, timezone.now() + timedelta(seconds=30))


def test_rfc_6238_appendix_b_sha1(ana: Account) -> None:
    app = Authenticator.objects.begin(ana, now=MAY)
    app.secret = type(app.secret).sealing({"secret": b"12345678901234567890".hex()})
    app.save()
    # The published eight digits end in the six that every app shows.
    published = {
        59: "94287082",
        1111111109: "07081804",
        1111111111: "14050471",
        1234567890: "89005924",
    }
    published |= {2000000000: "69279037", 20000000000: "65353130"}

    for second, digits in published.items():
        at = datetime.fromtimestamp(second, tz=timezone.get_default_timezone())
        assert app.takes_app_code(digits[2:], now=at)


def test_the_picture_is_drawn_within_the_page_and_says_what_the_letters_say(ana: Account) -> None:
    browser = browser_of(ana)
    browser.post("/security/app/")
    answer = browser.get("/security/")
    page = answer.content.decode()

    assert "<svg" in page
    assert "style=" not in page
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    app = Authenticator.objects.get()
    assert f"secret={letters_on(page).replace(' ', '')}" in app.address("Backing")


def test_the_password_alone_opens_nothing_once_the_app_is_in_use(ana: Account) -> None:
    letters, _ = set_up(ana)
    browser = after_password(ana, next="/settings/")

    assert browser.get("/settings/").status_code == 404
    assert browser.get("/")["Location"] == "/sign-in/"
    answer = browser.post("/second-step/", {"code": next_code(letters)})
    assert answer["Location"] == "/settings/"
    assert browser.get("/settings/").status_code == 200


def test_an_app_whose_first_code_never_came_is_not_asked_for(ana: Account) -> None:
    browser_of(ana).post("/security/app/")
    wrong = browser_of(ana).post("/security/first-code/", {"code": "000000"})
    answer = Client().post("/sign-in/", {"email": ana.email, "password": PASSWORD})

    assert wrong.status_code == 422
    assert answer["Location"] == "/"


def test_a_code_opens_once_and_so_does_a_recovery_code(ana: Account) -> None:
    letters, codes = set_up(ana)
    code = next_code(letters)

    assert after_password(ana).post("/second-step/", {"code": code}).status_code == 302
    assert after_password(ana).post("/second-step/", {"code": code}).status_code == 422
    assert len(set(codes)) == 10
    typed = codes[0].lower().replace("-", " ")
    assert after_password(ana).post("/second-step/", {"code": typed}).status_code == 302
    assert after_password(ana).post("/second-step/", {"code": codes[0]}).status_code == 422
    assert Authenticator.objects.get().recovery_codes_left == 9


def test_two_who_give_the_same_code_at_once_and_one_comes_in(ana: Account) -> None:
    letters, codes = set_up(ana)
    first, second = Authenticator.objects.get(), Authenticator.objects.get()
    code, now = next_code(letters), timezone.now()

    assert [first.takes_app_code(code, now=now), second.takes_app_code(code, now=now)] == [
        True,
        False,
    ]
    opened = [each.takes_recovery_code(codes[0], now=now) for each in (first, second)]
    assert opened == [True, False]


def test_a_code_of_long_ago_or_of_somebody_else_does_not_open(ana: Account, ben: Account) -> None:
    letters, codes = set_up(ana)
    set_up(ben)
    old = shown(letters, timezone.now() + timedelta(minutes=3))

    assert after_password(ana).post("/second-step/", {"code": old}).status_code == 422
    assert (
        after_password(ben).post("/second-step/", {"code": next_code(letters)}).status_code == 422
    )
    assert after_password(ben).post("/second-step/", {"code": codes[0]}).status_code == 422


def test_five_wrong_codes_and_the_right_one_must_wait(ana: Account) -> None:
    letters, codes = set_up(ana)
    browser = after_password(ana)
    for _ in range(throttle.TRIES):
        assert browser.post("/second-step/", {"code": "12345"}).status_code == 422

    for right in (next_code(letters), codes[0]):
        answer = after_password(ana).post("/second-step/", {"code": right})
        assert (answer.status_code, b"quarter of an hour" in answer.content) == (422, True)


def test_the_second_step_waits_ten_minutes_and_for_the_same_password(ana: Account) -> None:
    _, codes = set_up(ana)
    late, changed = after_password(ana), after_password(ana)
    session = late.session
    session["waiting_for_code"] |= {"until": timezone.now().timestamp() - 1}
    session.save()
    ana.set_password("another one, long enough")
    ana.save()

    for browser in (late, changed, Client()):
        assert browser.post("/second-step/", {"code": codes[0]})["Location"] == "/sign-in/"
    assert Authenticator.objects.get().recovery_codes_left == 10


def test_a_link_to_a_new_password_does_not_lead_past_the_code(ana: Account, ben: Account) -> None:
    _, codes = set_up(ben)
    token = actions.new_link(ben, now=timezone.now())
    chosen = {"full_name": "Ben", "email": str(ben.email), "password": "another one, long enough"}
    browser = Client()

    assert browser.post(f"/enter/{token}/", chosen)["Location"] == "/second-step/"
    assert browser.get("/security/").status_code == 404
    assert browser.post("/second-step/", {"code": codes[3]})["Location"] == "/"


def test_without_the_key_a_recovery_code_opens_and_a_code_of_the_app_says_why_not(
    ana: Account, settings: Settings, tmp_path: Path
) -> None:
    letters, codes = set_up(ana)
    settings.BACKING_KEY_FILE = tmp_path / "gone"

    answer = after_password(ana).post("/second-step/", {"code": next_code(letters)})
    assert (answer.status_code, b"key file is missing" in answer.content) == (422, True)
    assert after_password(ana).post("/second-step/", {"code": codes[0]}).status_code == 302


def test_nothing_that_opens_is_in_the_database_or_a_session(ana: Account) -> None:
    letters, codes = set_up(ana)
    after_password(ana)
    secret = base64.b32decode(letters.replace(" ", "")).hex()
    with connection.cursor() as cursor:
        for model in (Authenticator, RecoveryCode):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            kept = str(
                [
                    [bytes(v) if isinstance(v, memoryview) else v for v in r]
                    for r in cursor.fetchall()
                ]
            )
            for word in (letters, letters.replace(" ", ""), secret, *codes):
                assert word not in kept
    held = str([session.get_decoded() for session in Session.objects.all()])
    assert not any(word in held for word in (letters, *codes))


def test_new_recovery_codes_and_an_end_ask_for_a_code(ana: Account) -> None:
    _, codes = set_up(ana)
    browser = browser_of(ana)

    for address in ("/security/codes/", "/security/removal/"):
        assert browser.post(address, {"code": "nonsense"}).status_code == 422
    answer = browser.post("/security/codes/", {"code": codes[0]})
    renewed = re.findall(r"<li><code>([0-9A-Z-]+)</code>", answer.content.decode())
    assert len(renewed) == 10
    assert browser.post("/security/removal/", {"code": codes[1]}).status_code == 422
    assert browser.post("/security/removal/", {"code": renewed[0]}).status_code == 302
    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_an_app_in_use_is_not_replaced_by_another_without_a_code(ana: Account) -> None:
    set_up(ana)

    assert browser_of(ana).post("/security/app/").status_code == 400
    assert browser_of(ana).post("/security/first-code/", {"code": "1"}).status_code == 404


def test_the_head_asks_it_of_everyone_after_doing_it_and_nothing_else_opens_before(
    ana: Account, ben: Account, eve: Account
) -> None:
    heads, bens = browser_of(ana), browser_of(ben)
    assert heads.post("/people/second-step/", {"asked": "1"}).status_code == 400
    set_up(ana)
    assert bens.post("/people/second-step/", {"asked": "1"}).status_code == 404
    heads.post("/people/second-step/", {"asked": "1"})

    for browser in (bens, browser_of(eve)):
        for address in ("/", "/leaders/", "/documents/"):
            assert browser.get(address)["Location"] == "/security/"
        assert browser.get("/security/").status_code == 200
        assert browser.get("/password/").status_code == 200
    assert heads.get("/settings/").status_code == 200
    set_up(ben)
    assert bens.get("/").status_code == 200
    heads.post("/people/second-step/", {"asked": "0"})
    assert browser_of(eve).get("/").status_code == 200


def test_a_link_on_a_phone_opens_also_to_who_owes_a_code(ana: Account, ben: Account) -> None:
    Organisation(pk=1, second_step_required=True).save()
    browser = browser_of(ben)

    assert browser.get("/enter/nothing/").status_code == 404
    assert browser.post("/sign-out/").status_code == 302


def test_the_head_takes_out_a_lost_app_and_the_log_says_so(ana: Account, ben: Account) -> None:
    set_up(ana)
    set_up(ben)

    assert browser_of(ben).post(f"/people/{ana.pk}/second-step/").status_code == 404
    assert browser_of(ana).post(f"/people/{ana.pk}/second-step/").status_code == 400
    assert browser_of(ana).post(f"/people/{ben.pk}/second-step/").status_code == 302
    logged = AccessLog.objects.filter(what="Authenticator").get()
    assert (logged.who, logged.about) == (ana, [ben.person_id])
    answer = Client().post("/sign-in/", {"email": ben.email, "password": PASSWORD})
    assert answer["Location"] == "/"
    assert browser_of(ana).post(f"/people/{ben.pk}/second-step/").status_code == 400


def test_erasing_takes_the_app_with_it_and_the_pack_says_since_when(
    ana: Account, ben: Account, tmp_path: Path
) -> None:
    set_up(ben)
    said = str([each.entries for each in export_of(ben.person, ana, timezone.now())])
    assert "signs in with a code, too, since" in said

    erasing.forget(ben.person, on=timezone.now(), erasure_list=tmp_path / "erasures.jsonl")

    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_the_first_run_link_opens_for_a_head_without_password_and_offers_no_app_yet() -> None:
    token = actions.first_link(now=timezone.now())
    browser = Client()
    browser.get(f"/enter/{token}/")

    assert EntryLink.objects.get().used_at is not None
    assert b"Set a password" in browser.get("/security/").content
    assert browser.post("/security/app/").status_code == 400


def test_who_is_asked_costs_no_query_of_its_own(
    ana: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from backing.people.backend import Backend

    with django_assert_num_queries(1):
        found = Backend().get_user(ana.pk)
    assert found == ana
    assert found is not None
    assert not found.owes_second_step
