"""Coming in: by a link that opens once, or by a password; no other way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from backing.people import actions, erasing
from backing.people.access import Role
from backing.people.models import Account, EntryLink, Person
from backing.people.tests.conftest import PASSWORD, browser_of

pytestmark = pytest.mark.django_db


def first_token() -> str:
    token = actions.first_link(now=timezone.now())
    assert token is not None
    return token


def test_the_first_link_opens_the_office_once_for_its_head() -> None:
    token, browser = first_token(), Client()

    assert browser.get(f"/enter/{token}/").headers["Location"] == "/"
    assert browser.get("/settings/").status_code == 200
    assert Account.objects.get().role == Role.PMO_HEAD
    assert Client().get(f"/enter/{token}/").status_code == 404  # replayed


@pytest.mark.parametrize(
    "alter",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: ("2" if token[0] != "2" else "3") + token[1:],
        lambda token: token.rpartition(":")[0],
        lambda token: token.swapcase(),
        lambda token: "1.guess:guess",
    ],
)
def test_an_altered_or_guessed_link_gets_nothing(alter: object) -> None:
    token = first_token()
    assert callable(alter)

    assert Client().get(f"/enter/{alter(token)}/").status_code == 404
    assert Client().get(f"/enter/{token}/").status_code == 302  # and the true one still opens


def test_an_expired_link_gets_nothing() -> None:
    token = actions.first_link(now=timezone.now() - timedelta(hours=2))

    assert Client().get(f"/enter/{token}/").status_code == 404


def test_the_first_link_opens_on_this_machine_only() -> None:
    token = first_token()

    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/enter/{token}/").status_code == 404
    assert Client(REMOTE_ADDR="127.0.0.1").get(f"/enter/{token}/").status_code == 302


def test_a_new_link_closes_the_one_before() -> None:
    earlier, later = first_token(), first_token()

    assert Client().get(f"/enter/{earlier}/").status_code == 404
    assert Client().get(f"/enter/{later}/").status_code == 302


def test_the_database_never_holds_what_a_link_carries() -> None:
    token = first_token()

    secret = token.split(".", 1)[1].split(":")[0]
    assert secret not in str(EntryLink.objects.values_list().get())


def test_once_somebody_has_a_password_no_link_is_made_on_first_run(ana: Account) -> None:
    assert ana.has_password
    assert actions.first_link(now=timezone.now()) is None


def test_x1_the_head_sets_a_password_before_a_second_person_is_invited() -> None:
    browser = Client()
    browser.get(f"/enter/{first_token()}/")
    invitation = {"full_name": "Ben", "email": "Ben@Aldmoor.example", "role": Role.PMO_MEMBER}

    assert browser.post("/people/", invitation).status_code == 400
    browser.post(
        "/password/", {"full_name": "Ana", "email": "ana@aldmoor.example", "password": PASSWORD}
    )
    assert browser.post("/people/", invitation).status_code == 302
    assert Account.objects.get(email="ben@aldmoor.example").person.full_name == "Ben"


def test_an_invited_person_looks_first_and_sets_a_password_then() -> None:
    _, token = actions.invite(
        full_name="Ben", email="ben@aldmoor.example", role=Role.PMO_MEMBER, now=timezone.now()
    )
    browser = Client()

    assert browser.get(f"/enter/{token}/").status_code == 200  # a mail program may look, too
    weak = browser.post(
        f"/enter/{token}/",
        {"full_name": "Ben", "email": "ben@aldmoor.example", "password": "short"},
    )
    assert weak.status_code == 422
    chosen = {"full_name": "Ben", "email": "someone@else.example", "password": PASSWORD}
    assert browser.post(f"/enter/{token}/", chosen).status_code == 302
    assert Account.objects.get().email == "ben@aldmoor.example"
    assert Client().post(f"/enter/{token}/", chosen).status_code == 404


def test_signing_in_and_out(ana: Account) -> None:
    browser = Client()
    answer = browser.post("/sign-in/", {"email": "ANA@aldmoor.example", "password": PASSWORD})

    assert answer.headers["Location"] == "/"
    assert browser.get("/").status_code == 200
    browser.post("/sign-out/")
    assert browser.get("/settings/").status_code == 404


def test_signing_in_leads_nowhere_else(ana: Account) -> None:
    answer = Client().post(
        "/sign-in/",
        {"email": ana.email, "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert answer.headers["Location"] == "/"


def test_five_wrong_passwords_and_the_right_one_must_wait(ana: Account) -> None:
    wrong = {"email": ana.email, "password": "wrong"}
    answers = [Client().post("/sign-in/", wrong).status_code for _ in range(5)]
    right = Client().post("/sign-in/", {"email": ana.email, "password": PASSWORD})

    assert answers == [422] * 5
    assert right.status_code == 422
    assert b"quarter of an hour" in right.content


def test_a_closed_account_is_out_at_once(ana: Account, ben: Account) -> None:
    bens = browser_of(ben)
    assert bens.get("/settings/").status_code == 200

    browser_of(ana).post(f"/people/{ben.pk}/closing/")

    assert bens.get("/settings/").status_code == 404


def test_erasing_a_person_holds_even_after_an_older_backup_returns(
    ben: Account, tmp_path: Path
) -> None:
    ben.person.job_title = "Head of Property"
    ben.person.save()
    as_it_was = Person.objects.values().get(pk=ben.person.pk)
    erasures = tmp_path / "outside" / "erasures.jsonl"

    erasing.forget(ben.person, on=timezone.now(), erasure_list=erasures)
    Person(**as_it_was).save()
    again = erasing.replay(erasures, on=timezone.now())

    ben.person.refresh_from_db()
    assert again == 1
    assert (ben.person.full_name, ben.person.email) == ("Former Head of Property", None)
    assert "Ben" not in str(list(Person.history.values()))
    assert "Ben" not in erasures.read_text("utf-8")
    assert not browser_of(ben).get("/settings/").wsgi_request.user.is_authenticated
