"""Not now, with one of five reasons; and thresholds that somebody sets (S27, RULE-01 to 32)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.test import Client

from backing.people.access import Confidentiality, Role
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account
from backing.rhythm import week
from backing.rhythm.models import PutOff, SetThreshold
from backing.rhythm.shown import ABOUT_A_PERSON, key_of
from backing.rhythm.tests.conftest import account, browser_of
from backing.rhythm.watched import WATCHED

pytestmark = pytest.mark.django_db
TAGS = re.compile(r"<[^>]+>")

LATE = Threshold(
    rule="RULE-29", name="days of grace", default=0, unit="days", why="A promise binds."
)
PROMISE = Advice(
    rule="RULE-29",
    subject="promise-1",
    title="Send the intake numbers today.",
    because=("You promised them for Friday.",),
    do="Send them, or say when.",
    order=Order.PROMISE,
    confidentiality=Confidentiality.PMO,
)
QUIET = Advice(
    rule="RULE-02",
    subject="leader-7",
    title="Helena has gone quiet.",
    because=("Two meetings were delegated.",),
    do="Ask whether priorities moved.",
    order=Order.PEOPLE,
    confidentiality=Confidentiality.RELATIONSHIP,
)


def rules(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    del viewer, today
    if office[LATE] < 3:
        yield PROMISE
    yield QUIET


@pytest.fixture(autouse=True)
def _these_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    of_one = SimpleNamespace(advice=Rules({Order.PROMISE: (rules,)}), THRESHOLDS=(LATE,))
    monkeypatch.setattr(week, "of_apps", lambda _: (of_one,))


@pytest.fixture
def head(ana: Account) -> Client:
    return browser_of(ana)


def test_home_shows_of_what_is_about_a_person_only_that_there_is_something(head: Client) -> None:
    page = head.get("/").content.decode()

    assert "Send the intake numbers today." in page
    assert "You promised them for Friday." in page
    assert ABOUT_A_PERSON in page
    assert not [word for word in ("Helena", "delegated", "priorities", "leader-7") if word in page]


def test_it_is_read_on_a_page_of_its_own_that_no_cache_keeps(head: Client) -> None:
    for address in ("/week/", f"/week/{key_of(QUIET)}/"):
        answer = head.get(address)
        assert "Two meetings were delegated." in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.PMO_HEAD, Role.PMO_MEMBER}))
def test_nobody_outside_the_office_learns_that_there_is_advice(role: str) -> None:
    theirs = browser_of(account("Eve", role))

    assert "to do" not in theirs.get("/").content.decode()
    for address in ("/week/", f"/week/{key_of(PROMISE)}/", "/week/thresholds/"):
        assert theirs.get(address).status_code == 404


def test_what_is_put_off_comes_back_on_its_day(head: Client, ana: Account, today: date) -> None:
    until = today + timedelta(days=60)
    answer = put_off(head, PROMISE, reason="waiting", how_long="later", until=until.isoformat())

    assert answer == 302
    assert week.this_week(ana, today) == [QUIET]
    assert week.this_week(ana, until) == [PROMISE, QUIET]
    kept = PutOff.objects.get()
    assert (kept.reason, kept.by, kept.history.count()) == ("waiting", ana, 1)


def test_once_there_is_enough_no_rule_is_asked_whose_findings_come_later(
    ana: Account, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def promises(*_: object) -> Iterator[Advice]:
        for number in range(week.MOST):
            yield replace(PROMISE, subject=f"promise-{number}")

    def people(*_: object) -> Iterator[Advice]:
        asked.append("people")
        yield QUIET

    both = Rules({Order.PEOPLE: (people,), Order.PROMISE: (promises,)})
    monkeypatch.setattr(week, "of_apps", lambda _: (SimpleNamespace(advice=both),))

    assert {each.rule for each in week.this_week(ana, today)} == {PROMISE.rule}
    assert not asked
    PutOff.objects.create(rule="RULE-29", subject="promise-3", reason="wrong", on=today, by=ana)
    assert week.this_week(ana, today)[-1] == QUIET
    assert len(week.found_for(ana, today)) == week.MOST + 1


def test_what_is_dismissed_does_not_come_back(head: Client, ana: Account, today: date) -> None:
    assert put_off(head, QUIET, reason="wrong", how_long="never") == 302
    assert week.this_week(ana, today + timedelta(days=400)) == [PROMISE]


@pytest.mark.parametrize("days", [0, 61])
def test_a_day_that_is_over_or_too_far_is_refused_in_one_sentence(
    head: Client, today: date, days: int
) -> None:
    until = (today + timedelta(days=days)).isoformat()
    answer = head.post(
        f"/week/{key_of(PROMISE)}/putting-off/",
        {"reason": "waiting", "how_long": "later", "until": until},
    )

    assert answer.status_code == 422
    assert "Give a day after today, up to" in answer.content.decode()
    assert not PutOff.objects.exists()


def test_a_reason_is_one_of_five_and_none_is_free_text(head: Client) -> None:
    assert put_off(head, PROMISE, reason="because I say so", how_long="never") == 422
    assert put_off(head, PROMISE, how_long="never") == 422


def test_what_no_rule_finds_cannot_be_put_off(head: Client) -> None:
    answer = head.post("/week/0123456789abcdef/putting-off/", {"reason": "wrong"})
    assert answer.status_code == 404


def test_each_threshold_stands_with_its_default_and_why(head: Client) -> None:
    page = head.get("/week/thresholds/").content.decode()
    assert "A promise binds." in page
    assert "as it came" in page
    assert "A promise past its day: days of grace" in " ".join(page.split())
    assert "RULE-" not in TAGS.sub("", page)


def test_every_rule_with_a_threshold_says_in_words_what_it_looks_out_for() -> None:
    assert {each.rule for each in week.thresholds()} <= set(WATCHED)
    assert len(set(WATCHED.values())) == len(WATCHED)


def test_a_threshold_is_set_by_somebody_for_a_reason_and_the_rule_heeds_it(
    head: Client, ana: Account, today: date
) -> None:
    address = f"/week/thresholds/{quote(LATE.key)}/"
    assert head.post(address, {"value": "3", "why": "Our weeks are long"}).status_code == 302

    page = head.get("/week/thresholds/").content.decode()
    assert "Ana" in page
    assert "Our weeks are long" in page
    assert week.this_week(ana, today) == [QUIET]

    head.post(address, {"value": "0"})
    assert week.this_week(ana, today) == [PROMISE, QUIET]
    assert not SetThreshold.objects.exists()


def test_a_threshold_beyond_reason_is_refused(head: Client) -> None:
    address = f"/week/thresholds/{quote(LATE.key)}/"
    assert head.post(address, {"value": "-1"}).status_code == 422
    assert head.get("/week/thresholds/RULE-99 nothing/").status_code == 404


def put_off(browser: Client, advice: Advice, **answers: str) -> int:
    return browser.post(f"/week/{key_of(advice)}/putting-off/", answers).status_code
