"""Benefits, scope and charter of the invented company in a real browser, every page of them (X7)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from backing.conftest import Office
from backing.site.tests.browser import WIDTHS, looked_at

PAGES = (
    *("benefits/", "benefits/goals/", "benefits/goal-lists/", "benefits/line/"),
    *(
        "benefits/profiles/",
        "benefits/goals/1/",
        "benefits/profiles/1/",
        "benefits/steps/change/1/",
    ),
    *("benefits/links/1/", "benefits/?node=goal-1"),
    *(
        "scope/",
        "scope/activities/",
        "scope/activities/1/",
        "scope/services/",
        "scope/will-and-wont/",
    ),
    *(
        "scope/lists/",
        "scope/matrix/",
        "scope/who-does-what/",
        "scope/hand-overs/",
        "scope/hand-overs/1/",
    ),
    *("scope/asks/", "scope/asks/1/", "scope/overlaps/", "scope/overlaps/mark/"),
    *("scope/charter/", "scope/charter/words/"),
)


@pytest.fixture(scope="module")
def link(shared_office: Office) -> str:
    return shared_office.serve("--demo")


@pytest.fixture(scope="module")
def session(chromium: Browser, link: str) -> dict[str, Any]:
    """What a browser holds after the one-time link, once the next version of the charter is begun."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(link)
    page.goto(f"{link[: link.index('/enter/')]}/scope/charter/")
    page.get_by_role("button", name="Begin the next version").click()
    held: dict[str, Any] = dict(context.storage_state())
    context.close()
    return held


@pytest.mark.parametrize(("width", "light"), [("desk", "light"), ("phone", "dark")])
def test_x7_every_page_of_benefits_scope_and_charter_is_clean_and_fits(
    chromium: Browser, session: dict[str, Any], link: str, light: Any, width: str
) -> None:
    office = link[: link.index("/enter/")]
    context = chromium.new_context(
        storage_state=session,  # type: ignore[arg-type]
        color_scheme=light,
        viewport={"width": WIDTHS[width], "height": 800},
        bypass_csp=True,  # for axe alone
    )
    page = context.new_page()
    page.set_default_timeout(120_000)
    wrong = []
    for path in PAGES:
        answer = page.goto(f"{office}/{path}")
        name = path.strip("/").replace("/", "-").replace("?", "")
        if answer is None or answer.status != 200:
            wrong.append(f"{name}: not there")
        wrong += looked_at(page, f"{name}-{width}-{light}")
    context.close()

    assert wrong == []


def test_without_scripts_a_step_is_chosen_and_a_version_is_read(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    office = link[: link.index("/enter/")]
    context = chromium.new_context(storage_state=session, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{office}/benefits/")
    page.locator("svg a").last.click()
    chosen = page.locator("#sight").inner_text()
    page.goto(f"{office}/scope/charter/")
    page.get_by_role("link", name="Write on").click()
    page.get_by_label("What the office is for").fill("To tell it early.")
    page.get_by_role("button", name="Keep it").click()
    said = page.locator("main").inner_text()
    context.close()

    assert "What reaches it:" in chosen
    assert "To tell it early." in said
