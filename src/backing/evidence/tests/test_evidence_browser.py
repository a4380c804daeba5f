"""The evidence pages in a real browser: clean and fitting, by keyboard, and without JavaScript (X7)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from backing.conftest import Office
from backing.evidence.tests.finished_register import FILE, REGISTER
from backing.site.tests.browser import looked_at_all_ways

PAGES = {
    "findings": "",
    "side-by-side": "compared/",
    "causes": "why/",
    "reports": "reports/",
    "missing": "quality/",
    "projects": "projects/",
    "project": f"project/?of={REGISTER}/P-010",
    "figure": "figures/cost_overrun_median/?against=original",
    "rows": "figures/cost_overrun_median/rows/?against=original",
}


@pytest.fixture(scope="module")
def link(shared_office: Office, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("register")
    shared_office.python(
        "from pathlib import Path\n"
        "from backing.evidence.tests.finished_register import make_evidence\n"
        f"answer = make_evidence(Path({str(folder)!r})).projects"
    )
    return shared_office.serve()


@pytest.fixture(scope="module")
def evidence(link: str) -> str:
    return f"{link[: link.index('/enter/')]}/evidence/"


def opened(chromium: Browser, session: dict[str, Any], **settings: Any) -> BrowserContext:
    context = chromium.new_context(storage_state=session, **settings)  # type: ignore[arg-type]
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


def ask(page: Page) -> None:
    """Select the first figure of the headline, and wait for what stands behind it."""
    page.locator("h1 a.fig").first.click()
    page.wait_for_selector("#says-who dl")


def test_x7_phone_and_desk_every_page_is_clean_and_fits(
    chromium: Browser, session: dict[str, Any], evidence: str
) -> None:
    context = opened(chromium, session, bypass_csp=True)
    page = context.new_page()
    wrong = []
    for name, path in PAGES.items():
        page.goto(evidence + path)
        wrong += looked_at_all_ways(page, f"evidence-{name}")
    page.goto(evidence)
    ask(page)
    wrong += looked_at_all_ways(page, "evidence-says-who")
    context.close()

    assert wrong == []


def test_by_keyboard_a_figure_says_who_and_gives_the_focus_back(
    chromium: Browser, session: dict[str, Any], evidence: str
) -> None:
    context = opened(chromium, session)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(evidence)
    page.locator("h1 a.fig").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#says-who dl")

    assert page.evaluate("document.activeElement.textContent") == "Says who?"
    assert f"{FILE}, row 40" in page.inner_text("#says-who")
    page.keyboard.press("Escape")
    assert page.inner_html("#says-who") == ""
    assert page.evaluate("document.activeElement.matches('h1 a.fig')")
    assert page.url == evidence
    assert said == []
    context.close()


def test_a_sentence_is_copied_with_its_source(
    chromium: Browser, session: dict[str, Any], evidence: str
) -> None:
    context = opened(chromium, session)
    page = context.new_page()
    page.goto(evidence)
    ask(page)
    page.get_by_role("button", name="Copy the sentence").click()
    expect(page.locator(".copies [role=status]")).not_to_be_empty()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Cost overrun, median")
    assert "n 39 of 40" in copied
    context.close()


def test_without_javascript_a_figure_is_a_link_to_its_backing(
    chromium: Browser, session: dict[str, Any], evidence: str, tmp_path: Path
) -> None:
    context = opened(chromium, session, java_script_enabled=False)
    page = context.new_page()
    page.goto(evidence)
    page.locator("h1 a.fig").first.click()

    expect(page).to_have_url(re.compile("/evidence/figures/cost_overrun_median/"))
    page.wait_for_load_state()
    expect(page.get_by_role("button", name="Copy the sentence")).to_be_hidden()
    page.get_by_role("link", name="All 39 rows").click()
    expect(page.locator("tbody tr")).to_have_count(39)
    with page.expect_download() as coming:
        page.get_by_role("link", name="All of them as CSV").click()
    coming.value.save_as(tmp_path / "rows.csv")
    assert len((tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()) == 40
    context.close()
