"""Owners and coders in a real browser: on a phone without JavaScript, by keyboard, clean and fitting (X7)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from backing.conftest import Office
from backing.site.tests.browser import looked_at_all_ways

TOLD = (
    "The supplier missed nine weeks of milestones and the estimate left out the training of users"
)
REGISTER = "\n".join(
    [
        (
            "Project no.,Project name,Unit,Project manager,Original budget (£),Actual cost (£),"
            "Original finish,Actual finish,Status,What happened"
        ),
        *(
            f"P{n},Depot {n},Logistics,Owen Ashe,{n}000,{n}500,2024-0{n}-15,2024-0{n}-28,Finished,"
            f"{TOLD} of depot {n}."
            for n in range(1, 8)
        ),
    ]
)


@pytest.fixture(scope="module")
def link(shared_office: Office, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An office that holds a register of seven projects, all of one manager."""
    register = tmp_path_factory.mktemp("register") / "closed-2024.csv"
    register.write_text(REGISTER, "utf-8")
    done = shared_office.run("import", str(register))
    assert done.returncode == 0, done.stdout + done.stderr
    return shared_office.serve()


@pytest.fixture(scope="module")
def office(link: str) -> str:
    return f"{link[: link.index('/enter/')]}/evidence"


@pytest.fixture(scope="module")
def links(chromium: Browser, session: dict[str, Any], office: str) -> list[str]:
    """What the office would send to the owner of all seven."""
    page = chromium.new_context(storage_state=session).new_page()  # type: ignore[arg-type]
    page.goto(f"{office}/owners/")
    page.get_by_role("button", name="Make owner: Owen Ashe").click()
    page.get_by_role("button", name="Ask Owen Ashe").click()
    found = re.findall(r"http\S+/row/\S+", page.inner_text("pre.message"))
    assert len(found) == 7
    return found


def test_an_owner_corrects_their_row_on_a_phone_without_javascript(
    chromium: Browser, links: list[str]
) -> None:
    phone = chromium.new_context(
        viewport={"width": 360, "height": 780}, java_script_enabled=False
    ).new_page()
    phone.goto(links[0])
    phone.get_by_text("Something is wrong").click()
    phone.get_by_label("What it cost").fill("1.8k")
    phone.get_by_role("button", name="Send my corrections").click()

    said = phone.inner_text("main")
    assert "Thank you" in said
    assert "GBP 1,800" in said
    assert "the register says GBP 1,500" in said
    assert "you can change your answer" in said


def test_x7_the_owners_page_is_clean_before_and_after_and_where_something_was_wrong(
    chromium: Browser, links: list[str]
) -> None:
    page = chromium.new_context(bypass_csp=True).new_page()
    page.goto(links[1])
    wrong = looked_at_all_ways(page, "row")
    page.get_by_text("Something is wrong").click()
    page.get_by_label("What it cost").fill("a lot")
    page.get_by_role("button", name="Send my corrections").click()
    assert "Write one number" in page.inner_text("main")
    wrong += looked_at_all_ways(page, "row-wrong")
    page.get_by_role("button", name="This is right").click()
    assert "Thank you" in page.inner_text("h1")
    wrong += looked_at_all_ways(page, "row-answered")

    assert wrong == []


def test_x7_the_pages_of_the_office_are_clean_and_fit(
    chromium: Browser, session: dict[str, Any], office: str, links: list[str]
) -> None:
    assert links
    context = chromium.new_context(storage_state=session, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    wrong = []
    for path in ("owners/", "corrections/", "coding/", "coding/comparison/"):
        page.goto(f"{office}/{path}")
        wrong += looked_at_all_ways(page, path.strip("/").replace("/", "-"))
    page.goto(f"{office}/owners/")
    page.get_by_role("button", name=re.compile("Ask|Remind")).first.click()
    wrong += looked_at_all_ways(page, "owner-message")
    context.close()

    assert wrong == []


def test_causes_are_coded_by_keyboard_alone_and_the_policy_holds(
    chromium: Browser, session: dict[str, Any], office: str
) -> None:
    page = chromium.new_context(storage_state=session).new_page()  # type: ignore[arg-type]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{office}/coding/")
    first = page.inner_text("h1")
    page.keyboard.press("n")
    expect(page.locator("h1")).not_to_have_text(first)
    read = page.inner_text("h1")
    page.keyboard.press("9")
    page.keyboard.press("Shift+Digit2")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")

    assert "Saved: supplier performance" in page.inner_text("[role=status]")
    assert page.inner_text("h1") not in (first, read)
    assert said == []


def test_keys_can_be_switched_off_and_every_cause_has_a_button(
    chromium: Browser, session: dict[str, Any], office: str
) -> None:
    page = chromium.new_context(storage_state=session).new_page()  # type: ignore[arg-type]
    page.goto(f"{office}/coding/")
    page.get_by_label("keys on").uncheck()
    page.keyboard.press("9")
    assert page.locator("input[name=main]:checked").count() == 0

    page.get_by_label("Main cause: skills").check()
    page.get_by_role("button", name="Save", exact=True).click()
    assert "Saved: skills" in page.inner_text("[role=status]")
