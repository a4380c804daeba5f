"""X7: sign-in by the organisation's own provider in a real browser, for who was invited and who was not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from backing.conftest import Office
from backing.people.tests.conftest import PASSWORD
from backing.people.tests.identity_provider import CLIENT, SECRET, Provider, running
from backing.site.tests.browser import looked_at_all_ways


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def address(chromium: Browser, shared_office: Office, provider: Provider) -> str:
    """Of an office that asks this provider; its head has a password and no more."""
    shared_office.environment |= {
        "BACKING_OIDC_ISSUER": provider.issuer,
        "BACKING_OIDC_CLIENT_ID": CLIENT,
        "BACKING_OIDC_CLIENT_SECRET": SECRET,
        "BACKING_OIDC_NAME": "Aldmoor Group",
    }
    link = shared_office.serve()
    page = chromium.new_page()
    page.goto(link)
    page.goto(page.url + "password/")
    page.get_by_label("E-mail").fill("ana@aldmoor.example")
    page.get_by_label("Your name").fill("Ana Ruiz")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.close()
    return link[: link.index("/enter/")]


def test_x7_phone_and_desk_who_was_not_invited_is_told_what_to_do(
    chromium: Browser, address: str, provider: Provider
) -> None:
    provider.who["email"] = "nobody@aldmoor.example"
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address + "/sign-in/")
    wrong = looked_at_all_ways(page, "sign-in-provider")
    page.get_by_role("link", name="Aldmoor Group").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in.")
    wrong += looked_at_all_ways(page, "not-let-in")
    context.close()

    assert wrong == []


def test_who_was_invited_comes_in_without_scripts(
    chromium: Browser, address: str, provider: Provider
) -> None:
    provider.who["email"] = "ana@aldmoor.example"
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/sign-in/")
    page.get_by_role("link", name="Aldmoor Group").click()

    expect(page).to_have_url(address + "/")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    context.close()
