"""The page of a project manager: by a link on a phone, or signed in (4.8, S12, X3)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from backing.evidence import owners
from backing.evidence.models import (
    Decision,
    Edition,
    MirroredNarrative,
    MirroredProject,
    Ownership,
    RowLink,
)
from backing.outbox.models import Letter
from backing.people.access import Role
from backing.people.models import Account, OrgUnit, Person
from backing.people.names import Names
from backing.people.tests.conftest import account_of, browser_of
from backing.pushback import managers, privacy
from backing.pushback.models import PageLink, Pushback
from backing.scope import privacy as scope_privacy
from backing.scope.models import DataRequest, ScopeItem
from backing.sponsor.models import SharedWin, Win

pytestmark = pytest.mark.django_db
FACTS = {"file": "register.xlsx", "row": 7, "state": "open", "original_cost": 100_000.0}


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> None:
    cache.clear()


@pytest.fixture
def nadia() -> Person:
    unit = OrgUnit.objects.create(name="Group IT")
    return Person.objects.create(full_name="Nadia Selwyn", org_unit=unit)


@pytest.fixture
def forecast() -> DataRequest:
    return ask(
        "Forecast of date and cost",
        decision_it_feeds="Which projects the board looks at",
        used_by="the investment committee",
        gives_back="Your row, before anyone else sees it",
    )


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(name="a" * 64, made_at=timezone.now(), is_current=True)


def ask(what: str, *, to_role: str = Role.PROJECT_MANAGER, **more: Any) -> DataRequest:
    given = {"minutes_each": 20, "begins": date(2020, 1, 1), **more}
    return DataRequest.objects.create(what=what, to_role=to_role, **given)


def owned(person: Person, key: str = "P1", **fields: Any) -> Ownership:
    project(key, name=f"Project {key}", **fields)
    return Ownership.objects.create(register="projects", key=key, person=person)


def project(key: str, **fields: Any) -> MirroredProject:
    given = {"name": key, "state": "open", "currency": "GBP", "facts": FACTS, **fields}
    return MirroredProject.objects.create(
        project=f"projects/{key}", register="projects", key=key, **given
    )


def sent(person: Person, by: Account, *, days_ago: int = 0) -> str:
    """The address of a link to their page."""
    now = timezone.now() - timedelta(days=days_ago)
    return f"/pushback/for/{managers.link_to_page(person, by=by, now=now)}/"


def press(
    address: str,
    word: str,
    request: DataRequest | None = None,
    browser: Client | None = None,
    **more: str,
) -> str:
    """Send what the page would send when that button is pressed; gives the address of the next page."""
    browser = browser or Client()
    page = browser.get(address).content.decode()
    once = more.pop("once", "") or re.findall(r'name="once" value="([^"]+)"', page)[0]
    about = {"ask": str(request.pk)} if request else {}
    answer = browser.post(f"{address}word/", {"word": word, "once": once, **about, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


# What it says.


def test_it_says_what_is_asked_why_who_uses_it_and_what_comes_back(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    ask("Weekly rating", frequency="weekly", minutes_each=10)
    ask("Head count", to_role=Role.LEADER)
    ask("Narrative", retire_on=timezone.localdate() - timedelta(days=40), minutes_each=60)
    ScopeItem.objects.create(kind="wont", statement="Run projects", nobody_instead=True)
    page = Client().get(sent(nadia, ana)).content.decode()

    for words in (
        "asks 63 minutes a month of you",
        "It has fallen: 123 minutes a month",
        *("Forecast of date and cost", "20 minutes, every month"),
        *("Which projects the board looks at", "the investment committee"),
        "Your row, before anyone else sees it",
        "nothing that we can name",  # of the weekly rating
        "Narrative",
        "Run projects",
    ):
        assert words in page
    assert "Head count" not in page


def test_a_rise_is_said_as_plainly(ana: Account, nadia: Person, forecast: DataRequest) -> None:
    ask("Weekly rating", begins=timezone.localdate() - timedelta(days=50), minutes_each=25)
    page = Client().get(sent(nadia, ana)).content.decode()

    assert "It has risen: 20 minutes a month in" in page
    assert "45 now" in page


def test_x3_it_is_under_fifty_kilobytes_and_needs_no_script_nor_cookie(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    for number in range(9):
        owned(nadia, f"P{number}")
        ask(f"Report {number}", decision_it_feeds="Something", used_by="Somebody")
    browser = Client()
    answer = browser.get(sent(nadia, ana))
    files = re.findall(rb'(?:href|src)="/static/[^/]+/([^"]+)"', answer.content)
    sizes = [Path(str(finders.find(each.decode()))).stat().st_size for each in files]

    assert len(sizes) > 4
    assert len(answer.content) + sum(sizes) < 50_000  # before any compression
    assert b"<script" not in answer.content
    assert not browser.cookies
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"


# What is said from it.


def test_s12_two_taps_and_no_field_are_enough_and_the_office_knows_what_for(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    address = sent(nadia, ana)
    assert " required" not in Client().get(address).content.decode()  # a tap opens, a tap sends
    follow = press(address, "no_use", forecast)
    (raised,) = Pushback.objects.all()

    assert (raised.request, raised.raised_by) == (forecast.what, nadia)
    assert (raised.text, raised.cause) == ("This is of no use.", "no_benefit_for_me")
    assert "Answer due" in Client().get(follow).content.decode()
    assert "This is of no use." in Client().get(address).content.decode()  # what you raised


def test_what_is_not_given_any_more_and_what_was_retired_but_is_still_asked(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    gone = ask("Narrative", retire_on=timezone.localdate() - timedelta(days=9))
    address = sent(nadia, ana)
    press(address, "not_given", forecast, words="The board reads the ledger.")
    press(address, "still_asked", gone)

    assert {each.request: each.text for each in Pushback.objects.all()} == {
        forecast.what: "I do not give this any more. The board reads the ledger.",
        "Narrative": "This was retired, and I am still asked for it.",
    }


def test_something_else_wants_words_and_says_so(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    address = sent(nadia, ana)
    once = "a-form-of-its-own"
    refused = Client().post(f"{address}word/", {"word": "other", "once": once})
    press(address, "other", words="Two offices ask for the same.")

    assert refused.status_code == 422
    assert "Say in a sentence what is wrong." in refused.content.decode()
    assert [each.request for each in Pushback.objects.all()] == [managers.ALL_OF_IT]


def test_in_confidence_neither_record_nor_history_nor_link_says_who_it_was(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    pam = account_of("Pam", Role.PROJECT_MANAGER)
    address = sent(nadia, ana)
    before = list(PageLink.objects.values())
    for way, browser in ((address, Client()), ("/pushback/mine/", browser_of(pam))):
        press(way, "no_use", forecast, browser, in_confidence="on")

    assert [(each.raised_by, each.unit, each.known_as) for each in Pushback.objects.all()] == [
        (None, None, "")
    ] * 2
    assert {each.history_user for each in Pushback.history.all()} == {None}
    assert list(PageLink.objects.values()) == before
    assert "This is of no use" not in Client().get(address).content.decode()


def test_the_same_press_twice_is_one_objection(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    address, once = sent(nadia, ana), "the-same-form-again"
    follows = {press(address, "no_use", forecast, once=once) for _ in range(2)}

    assert len(follows) == 1
    assert Pushback.objects.count() == 1


def test_what_is_asked_of_others_cannot_be_named_from_it(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    others = ask("Head count", to_role=Role.LEADER)
    press(sent(nadia, ana), "no_use", others)

    assert Pushback.objects.get().request == managers.ALL_OF_IT


# Rows.


def test_a_row_opens_with_a_tap_and_is_confirmed_with_another(ana: Account, nadia: Person) -> None:
    row = owned(nadia)
    address = sent(nadia, ana)
    browser = Client()
    assert f'name="row" value="{row.pk}"' in browser.get(address).content.decode()
    first, again = (
        browser.post(f"{address}row/", {"row": row.pk}).headers["Location"] for _ in range(2)
    )
    browser.post(f"{first}confirmation/")

    assert first == again
    assert RowLink.objects.count() == 1
    assert Decision.objects.get().by == nadia
    assert "Your projects have your word" in browser.get(address).content.decode()


def test_links_to_rows_sent_before_still_open(ana: Account, nadia: Person) -> None:
    row = owned(nadia)
    (token,) = owners.ask([row], by=ana, now=timezone.now())
    Client().post(f"{sent(nadia, ana)}row/", {"row": row.pk})

    assert Client().get(f"/evidence/row/{token}/").status_code == 200


def test_nobody_opens_the_row_of_somebody_else(ana: Account, nadia: Person) -> None:
    others = owned(Person.objects.create(full_name="Ben Tarrant"))
    pam = account_of("Pam", Role.PROJECT_MANAGER)

    assert Client().post(f"{sent(nadia, ana)}row/", {"row": others.pk}).status_code == 404
    assert browser_of(pam).post("/pushback/mine/row/", {"row": others.pk}).status_code == 404
    assert not RowLink.objects.exists()


# The link.


def test_a_link_altered_expired_replaced_or_revoked_opens_nothing(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    row = owned(nadia)
    old = sent(nadia, ana, days_ago=61)
    replaced = sent(nadia, ana)
    revoked = sent(nadia, ana)
    opened = Client().post(f"{revoked}row/", {"row": row.pk}).headers["Location"]
    browser_of(ana).post(f"/pushback/pages/{nadia.pk}/withdrawal/")

    for address in (old, replaced, revoked, f"{revoked[:-3]}x/", opened):
        assert Client().get(address).status_code == 404
    for address in (old, replaced, revoked):
        given = {"word": "no_use", "once": "a-form-of-its-own"}
        assert Client().post(f"{address}word/", given).status_code == 404
        assert Client().post(f"{address}row/", {"row": row.pk}).status_code == 404
    assert not Pushback.objects.exists()


def test_a_link_of_another_kind_opens_no_page_and_guesses_have_to_wait(
    ana: Account, nadia: Person
) -> None:
    (row,) = owners.ask([owned(nadia)], by=ana, now=timezone.now())
    assert Client().get(f"/pushback/for/{row}/").status_code == 404
    answers = [Client().get("/pushback/for/guess/").status_code for _ in range(40)]

    assert answers[-1] == 429
    assert Client().get(sent(nadia, ana)).status_code == 200  # a true link does not wait


def test_looking_changes_nothing_for_mail_programs_look_too(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    owned(nadia)
    address = sent(nadia, ana)
    before = list(PageLink.objects.values())
    Client().get(address)
    Client().head(address)

    assert list(PageLink.objects.values()) == before
    assert not RowLink.objects.exists()
    assert Client().get(f"{address}word/").status_code == 405


# With an account, and for the office.


def test_a_project_manager_finds_it_signed_in_and_no_other_role_does(
    ana: Account, forecast: DataRequest
) -> None:
    pam = account_of("Pam", Role.PROJECT_MANAGER)
    row = owned(pam.person)
    browser = browser_of(pam)
    assert "/pushback/mine/" in browser.get("/").content.decode()
    page = browser.get("/pushback/mine/").content.decode()
    opened = browser.post("/pushback/mine/row/", {"row": row.pk}).headers["Location"]

    assert forecast.what in page
    assert browser.get(opened).status_code == 200
    for role in (Role.LEADER, Role.SPONSOR, Role.FINANCE, Role.DPO):
        assert browser_of(account_of(role, role)).get("/pushback/mine/").status_code == 404
    assert browser_of(ana).get("/pushback/mine/").status_code == 404


def test_the_head_looks_at_a_page_writes_the_letter_and_closes_the_link(
    ana: Account, nadia: Person, forecast: DataRequest
) -> None:
    owned(nadia)
    office = browser_of(ana)
    assert "Nadia Selwyn" in office.get("/pushback/pages/").content.decode()
    preview = office.get(f"/pushback/pages/{nadia.pk}/").content.decode()
    assert forecast.what in preview
    assert "Object to it" not in preview
    assert "Look at it" not in preview

    answer = office.post(f"/pushback/pages/{nadia.pk}/letter/")
    letter = Letter.objects.get()
    assert answer.headers["Location"].endswith(f"/{letter.pk}/")
    assert (letter.to, letter.personal, letter.approved_at) == (nadia, True, None)
    words = letter.words
    assert words is not None
    found = re.search(r"http://testserver(/pushback/for/\S+)", words.text)
    assert found
    assert Client().get(found[1]).status_code == 200
    assert "opens until" in office.get("/pushback/pages/").content.decode()


def test_no_one_else_makes_looks_at_or_closes_the_page_of_a_manager(
    ana: Account, nadia: Person
) -> None:
    owned(nadia)
    address = sent(nadia, ana)
    for browser in (Client(), browser_of(account_of("Pam", Role.PROJECT_MANAGER))):
        assert browser.get("/pushback/pages/").status_code == 404
        assert browser.get(f"/pushback/pages/{nadia.pk}/").status_code == 404
        for act in ("letter", "withdrawal"):
            assert browser.post(f"/pushback/pages/{nadia.pk}/{act}/").status_code == 404
    assert Client().get(address).status_code == 200
    stranger = Person.objects.create(full_name="Somebody else")
    assert browser_of(ana).get(f"/pushback/pages/{stranger.pk}/").status_code == 404


# Lessons.


def test_lessons_come_from_projects_like_theirs_counted_and_unnamed(
    ana: Account, nadia: Person, edition: Edition
) -> None:
    del edition
    owned(nadia, "P0", org_unit="Group IT", kind="IT")
    for number in range(1, 6):
        project(
            f"A{number}", org_unit="Group IT", kind="IT", state="finished", name=f"Secret {number}"
        )
    causes = (["optimistic estimate"], ["optimistic estimate", "skills"], ["unknown"])
    for number, stated in enumerate(causes, start=1):
        MirroredNarrative.objects.create(
            project=f"projects/A{number}",
            register="projects",
            key=f"A{number}",
            text="Told in private.",
            stated=stated,
        )
    page = Client().get(sent(nadia, ana)).content.decode()

    assert "What IT projects in Group IT ran into" in page
    assert "Of five that are over, two have a cause of trouble on record" in page
    assert "Named by two of five." in page
    for kept_back in ("Skills", "Unknown", "Secret", "Told in private"):  # one names skills
        assert kept_back not in page


def test_fewer_than_five_like_projects_say_nothing(
    ana: Account, nadia: Person, edition: Edition
) -> None:
    del edition
    owned(nadia, "P0", org_unit="Group IT", kind="IT")
    for number in range(1, 5):
        project(f"A{number}", org_unit="Group IT", kind="IT", state="finished")
        MirroredNarrative.objects.create(
            project=f"projects/A{number}", register="projects", key=f"A{number}", stated=["skills"]
        )

    assert "ran into" not in Client().get(sent(nadia, ana)).content.decode()


# The person behind it.


def test_a_win_that_was_told_with_their_name_stands_on_it(ana: Account, nadia: Person) -> None:
    for headline, credited in (("Cut over in a night", nadia), ("Of somebody else", ana.person)):
        win = Win.objects.create(
            headline=headline,
            what_changed="It moved",
            for_whom="Shops",
            evidence="Minutes",
            happened_on=date(2026, 5, 1),
            owner=nadia,
            approved_by_owner_on=date(2026, 5, 2),
            message="I was glad",
            status="confirmed",
            confirmed_on=date(2026, 5, 2),
        )
        win.credit_people.add(credited)
        SharedWin.objects.create(
            win=win, headline=headline, message="I was glad", shared_on=date(2026, 5, 3)
        )
    page = Client().get(sent(nadia, ana)).content.decode()

    assert "Told with your name" in page
    assert "Cut over in a night" in page
    assert "Of somebody else" not in page


def test_3_12_erased_they_have_no_page_and_no_link_to_it(ana: Account, nadia: Person) -> None:
    kept = ask("Status", used_by="Nadia Selwyn, each month")
    address = sent(nadia, ana)
    for app in (privacy, scope_privacy):
        app.erase(nadia, Names.of(nadia))
    kept.refresh_from_db()

    assert not PageLink.objects.exists()
    assert Client().get(address).status_code == 404
    assert kept.used_by == "Someone who left, each month"
    assert not DataRequest.history.filter(used_by__contains="Nadia").exists()
