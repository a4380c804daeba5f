"""The pages in a real browser: no fault that axe can find, by light and dark, wide and narrow (X7)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from backing.conftest import Office
from backing.site.parts import PARTS
from backing.site.tests.browser import WIDTHS, looked_at, looked_at_all_ways

PASSWORD = "a stage check before the money"

SIGNED_IN = (
    "/",
    *(f"/{part.slug}/" for part in PARTS),
    "/documents/",
    "/benefits/wanted/",
    "/why/changes/2/",
    "/settings/",
    "/workbooks/",
    "/people/",
    "/password/",
    "/security/",
    "/nowhere/at/all/",
)


@pytest.fixture(scope="module")
def link(shared_office: Office) -> str:
    return shared_office.serve("--demo")


@pytest.fixture(scope="module")
def session(chromium: Browser, link: str) -> dict[str, Any]:
    """What a browser holds after the one-time link; its office has a password and one invitation."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(link)
    page.goto(page.url + "password/")
    page.get_by_label("E-mail").fill("ana@aldmoor.example")
    page.get_by_label("Your name").fill("Ana Ruiz")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set it").click()
    held: dict[str, Any] = dict(context.storage_state())
    context.close()
    return held


def test_x7_phone_and_desk_every_page_is_clean_and_fits(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    address = link[: link.index("/enter/")]
    context = chromium.new_context(
        storage_state=session,  # type: ignore[arg-type]
        bypass_csp=True,  # for axe alone; that the pages obey their policy is another test's claim
    )
    page = context.new_page()
    wrong = []
    for path in SIGNED_IN:
        page.goto(address + path)
        wrong += looked_at_all_ways(page, path.strip("/").replace("/", "-") or "home")
    page.goto(address + "/settings/")
    page.evaluate("document.querySelector('[name=currency]').removeAttribute('maxlength')")
    page.get_by_label("Currency").fill("pounds")
    page.get_by_role("button", name="Save").click()
    wrong += looked_at_all_ways(page, "settings-wrong")
    context.clear_cookies()
    for path in ("/sign-in/", "/why/"):
        page.goto(address + path)
        wrong += looked_at_all_ways(page, f"stranger-{path.strip('/')}")
    context.close()

    assert wrong == []


def test_the_pages_obey_their_own_policy_and_ask_no_other_host(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    address = link[: link.index("/enter/")]
    context = chromium.new_context(storage_state=session)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.add(request.url[: len(address)]))
    for path in SIGNED_IN[:-1]:
        page.goto(address + path)
    loaded = page.evaluate("typeof htmx")
    context.close()

    assert (loaded, said, asked) == ("object", [], {address})


def test_by_keyboard_alone_from_the_first_key_to_a_saved_setting(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    address = link[: link.index("/enter/")]
    context = chromium.new_context(storage_state=session)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + "/settings/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("Aldmoor Group")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")

    assert "Saved." in page.inner_text("[role=status]")
    context.close()


def test_axe_sees_a_fault_where_there_is_one(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<img src=x><p style='color: #ccc; background: #fff'>pale</p>")

    found = {wrong.split(": ")[1] for wrong in looked_at(page, "faulty")}
    assert found >= {"image-alt", "color-contrast"}


def test_axe_sees_what_only_the_night_or_a_phone_brings(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(
        "<!doctype html><style>p { color: #000; background: #fff } div { min-width: 600px }"
        "@media (prefers-color-scheme: dark) { p { color: #333; background: #000 } }</style>"
        "<p>pale by night</p><div>wide</div>"
    )

    found = {tuple(wrong.split(": ")[:2]) for wrong in looked_at_all_ways(page, "it")}
    pale = {where for where, what in found if what == "color-contrast"}
    wide = {where for where, what in found if what == "wider than the screen"}
    assert pale == {"it-desk-dark", "it-phone-dark"}
    assert wide == {"it-phone-light", "it-phone-dark"}


def test_x1_inviting_a_second_person_and_their_coming_in(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    address = link[: link.index("/enter/")]
    head, other = (
        chromium.new_context(storage_state=session, bypass_csp=True),  # type: ignore[arg-type]
        chromium.new_context(bypass_csp=True, viewport={"width": 360, "height": 780}),
    )
    page = head.new_page()
    page.goto(address + "/people/")
    page.get_by_label("Name").fill("Ben Okoro")
    page.get_by_label("E-mail").fill("ben@aldmoor.example")
    page.get_by_label("Role").select_option("Member of the PMO")
    page.get_by_role("button", name="Only a link, to hand over").click()
    invitation = page.inner_text(".link-to-send")
    wrong = looked_at(page, "link-desk-light")
    page.goto(address + "/people/")
    wrong += looked_at(page, "people-two-desk-light")

    theirs = other.new_page()
    theirs.goto(invitation)
    wrong += looked_at(theirs, "first-password-phone-light")
    theirs.get_by_label("New password").fill(PASSWORD)
    theirs.get_by_role("button", name="Set it and come in").click()
    said = theirs.inner_text(".masthead")
    head.close()
    other.close()

    assert wrong == []
    assert "Aldmoor Group" in said


def test_round_trip_on_a_phone(
    chromium: Browser, session: dict[str, Any], link: str, tmp_path: Path
) -> None:
    """The workbook is taken out, changed, looked through, put right and taken in."""
    address = link[: link.index("/enter/")]
    context = chromium.new_context(
        storage_state=session,  # type: ignore[arg-type]
        viewport={"width": WIDTHS["phone"], "height": 800},
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{address}/workbooks/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Write the workbook").click()
    file = tmp_path / "office.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    book["Units"].append([None, "Estates"])
    book["Costs"]["D2"] = "next spring"
    book.save(file)

    def drop() -> str:
        page.goto(f"{address}/workbooks/")
        page.get_by_label("A workbook of this office").set_input_files(file)
        page.get_by_role("button", name="Look through").click()
        return page.inner_text("h1")

    assert drop().startswith("1 thing to put right")
    wrong = looked_at(page, "workbook-wrong-phone-light")
    expect(page.get_by_role("button", name="Take in")).to_have_count(0)
    del book["Costs"]
    book.save(file)
    assert drop().startswith("1 row would be new, and 0 changed")
    wrong += looked_at(page, "workbook-phone-light")
    page.get_by_role("button", name="Take in 1 row").click()
    assert page.inner_text("h1").startswith("1 row is new")
    wrong += looked_at(page, "workbook-done-phone-light")
    page.goto(f"{address}/people/units/")
    expect(page.get_by_text("Estates").first).to_be_visible()
    context.close()

    assert wrong == []
