"""Every address has a rule; whom it does not open to learns nothing (design.md 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from backing.people.access import OFFICE, Role
from backing.people.doors import Rule, rule_of
from backing.people.models import Account
from backing.people.tests.conftest import account_of, browser_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database("the walk of the leader opens every address as everyone on each"),
]

VARIES = re.compile(r"<(\w+):\w+>")
# Open to them, once a charter is being written or a cause is chosen.
ONCE_THERE_IS_SOMETHING = {
    "/sign-in/provider/",
    "/sign-in/provider/answer/",
    "/scope/charter/words/",
    "/scope/matrix/cause/",
}
EXAMPLES = {"slug": "why", "int": "1", "str": "guess", "path": "guess"}


def addresses(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, Rule | None]]:
    """Every address with an example in the place of what varies, and the rule its view wears."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield (
                "/" + VARIES.sub(lambda varies: EXAMPLES[varies[1]], here),
                rule_of(pattern.callback),
            )


def all_addresses() -> list[tuple[str, Rule | None]]:
    return list(addresses(get_resolver().url_patterns))


def test_every_address_has_a_rule() -> None:
    assert [address for address, rule in all_addresses() if rule is None] == []


def test_a_stranger_gets_the_same_404_at_every_address_as_at_one_that_never_was(
    ana: Account,
) -> None:
    nowhere = Client().get("/there/never/was/this/")
    closed = [address for address, rule in all_addresses() if rule and not rule.strangers]
    answers = {address: Client().get(address) for address in closed}

    assert {answer.status_code for answer in answers.values()} == {404}
    assert {answer.content for answer in answers.values()} == {nowhere.content}


@pytest.mark.parametrize("role", Role.values)
def test_each_role_opens_exactly_the_doors_its_rule_names(role: str) -> None:
    browser = browser_of(account_of("Someone", role))

    opened = {address for address, _ in all_addresses() if browser.get(address).status_code != 404}

    named = {
        address
        for address, rule in all_addresses()
        if rule and (rule.strangers or role in rule.roles)
    }
    assert opened <= named
    # A guessed link is no link, and no record is there yet.
    missing = named - opened - ONCE_THERE_IS_SOMETHING
    assert [address for address in missing if not re.search(r"/(guess|1)[/.]", address)] == []


def test_a_stranger_at_the_front_door_is_sent_to_sign_in_and_told_no_name(ana: Account) -> None:
    answer = Client().get("/", follow=True)

    assert answer.request["PATH_INFO"] == "/sign-in/"
    assert b"Leaders" not in answer.content


def test_settings_are_the_offices(ben: Account, eve: Account) -> None:
    assert ben.role in OFFICE
    assert browser_of(ben).get("/settings/").status_code == 200
    assert browser_of(eve).get("/settings/").status_code == 404
