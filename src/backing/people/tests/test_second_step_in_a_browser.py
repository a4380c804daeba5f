"""S01, X7: a code is set up and given in a real browser, by light and dark, wide and on a phone, without scripts too."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from backing.conftest import Office
from backing.people.tests.conftest import PASSWORD
from backing.site.tests.browser import looked_at_all_ways


@pytest.fixture(scope="module")
def address(chromium: Browser, shared_office: Office) -> str:
    """Of an office whose head has a password."""
    shared_office.python(
        "from pathlib import Path\n"
        "from django.conf import settings\n"
        "from backing.people import key\n"
        "answer = bool(key.make(Path(settings.BACKING_KEY_FILE)))"
    )
    link = shared_office.serve()
    page = chromium.new_page()
    page.goto(link)
    page.goto(page.url + "password/")
    page.get_by_label("E-mail").fill("ana@aldmoor.example")
    page.get_by_label("Your name").fill("Ana Ruiz")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set it").click()
    page.close()
    return link[: link.index("/enter/")]


def give_password(page: Page, address: str) -> None:
    page.goto(address + "/sign-in/")
    page.get_by_label("E-mail").fill("ana@aldmoor.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def set_up(page: Page, address: str) -> Iterator[tuple[str, list[str]]]:
    """Goes from page to page; gives the name of each, and at last the recovery codes."""
    give_password(page, address)
    page.goto(address + "/security/")
    yield "none", []
    page.get_by_role("button", name="Set up an app").click()
    letters = page.locator("main code").inner_text().replace(" ", "")
    seen = page.locator("main svg").bounding_box()
    assert seen is not None
    assert seen["x"] + seen["width"] <= page.viewport_size["width"]  # type: ignore[index]  # it was set
    page.get_by_label("The code").fill("12345")
    page.get_by_role("button", name="Take it into use").click()
    yield "drawn", []
    app = TOTP(base64.b32decode(letters), 6, SHA1(), 30)  # no app knows another
    page.get_by_label("The code").fill(app.generate(int(time.time())).decode())
    page.get_by_role("button", name="Take it into use").click()
    codes = page.locator("main ol code")
    codes.first.wait_for()
    page.wait_for_load_state()
    yield "recovery-codes", codes.all_inner_texts()


def come_in(page: Page, address: str, code: str) -> Iterator[str]:
    """From the sign-in to the end of the app; gives the name of each page."""
    page.get_by_role("link", name="I have them").click()
    page.goto(address + "/people/")
    yield "people"
    page.get_by_role("button", name="Sign out").click()
    give_password(page, address)
    page.get_by_role("textbox", name="Code").fill("wrong")
    page.get_by_role("button", name="Come in").click()
    yield "second-step"
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name="Come in").click()
    expect(page).to_have_url(address + "/")
    page.goto(address + "/security/")
    yield "in-use"


def test_x7_phone_and_desk_every_page_on_the_way_is_clean_and_fits(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(bypass_csp=True)
    page, wrong, codes = context.new_page(), [], [""]
    for name, found in set_up(page, address):
        wrong += looked_at_all_ways(page, f"code-{name}")
        codes = found
    for name in come_in(page, address, codes[0]):
        wrong += looked_at_all_ways(page, f"code-{name}")
    page.get_by_role("textbox", name="Code").fill(codes[1])
    page.get_by_role("button", name="Take the app out of use").click()
    context.close()

    assert wrong == []


def test_without_scripts_and_within_the_policy_the_whole_way(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    codes = [found for _, found in set_up(page, address)][-1]
    assert [*come_in(page, address, codes[0])] == ["people", "second-step", "in-use"]
    page.get_by_role("textbox", name="Code").fill(codes[1])
    page.get_by_role("button", name="Take the app out of use").click()

    expect(page.get_by_role("button", name="Set up an app")).to_be_visible()
    assert [word for word in said if "Content Security Policy" in word] == []
    context.close()
