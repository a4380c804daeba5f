"""Benefits, scope and charter of the invented company in a real browser: every page (X7), and week six (4.3)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from backing.conftest import Office, wait_until
from backing.site.tests.browser import WIDTHS, looked_at_all_ways

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
    *("scope/charter/", "scope/charter/words/", "pushback/pages/"),
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


def test_x7_phone_and_desk_every_page_of_benefits_scope_and_charter_is_clean_and_fits(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    office = link[: link.index("/enter/")]
    context = chromium.new_context(
        storage_state=session,  # type: ignore[arg-type]
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
        wrong += looked_at_all_ways(page, name)
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


@pytest.fixture(scope="module")
def nadias(chromium: Browser, session: dict[str, Any], link: str) -> str:
    """The link to the page of a project manager, as the letter has it, once her rows are read."""
    office = link[: link.index("/enter/")]
    context = chromium.new_context(storage_state=session)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{office}/pushback/pages/")
    page.get_by_role("button", name="Write the letter to Nadia Selwyn").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("then send it to Nadia Selwyn")
    found = re.search(r"http://\S+/pushback/for/[^\s<]+", page.content())
    assert found
    row = page.get_by_role("button", name="Look at it: Laptop renewal")
    wait_until(lambda: page.goto(found[0]) and row.count(), patience=300)
    context.close()
    return found[0]


class Thumb:
    """Counts what is tapped on a slow phone, and what came over the line."""

    def __init__(self, page: Page) -> None:
        self.taps, self.came = 0, 0
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        slow = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
        line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
        line.on("Network.loadingFinished", self._arrived)

    def _arrived(self, said: dict[str, Any]) -> None:
        self.came += int(said["encodedDataLength"])

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()


def test_s12_x3_on_a_phone_two_taps_object_and_two_confirm_a_row(
    chromium: Browser, nadias: str
) -> None:
    """4.8: without script, on a slow line, in under fifty kilobytes the first time."""
    context = chromium.new_context(
        viewport={"width": WIDTHS["phone"], "height": 700}, java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(120_000)
    thumb = Thumb(page)
    page.goto(nadias, wait_until="networkidle")
    came = thumb.came

    asked = page.get_by_role("listitem").filter(has_text="Weekly rating, red, amber or green")
    thumb.tap(asked.get_by_text("Object to it"))
    thumb.tap(asked.get_by_role("button", name="It is of no use"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Answer due")
    objecting, thumb.taps = thumb.taps, 0

    page.goto(nadias)
    thumb.tap(page.get_by_role("button", name="Look at it: Laptop renewal"))
    thumb.tap(page.get_by_role("button", name="This is right", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    page.goto(nadias)
    expect(page.get_by_role("heading", name="What you raised")).to_be_visible()
    expect(page.get_by_role("button", name="Look at it: Laptop renewal")).to_have_count(0)
    context.close()

    assert (objecting, thumb.taps) == (2, 2)
    assert 5_000 < came < 50_000


def test_x7_phone_and_desk_the_page_of_a_project_manager_is_clean_and_fits(
    chromium: Browser, nadias: str
) -> None:
    context = chromium.new_context(bypass_csp=True)  # for axe alone
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(nadias)
    wrong = looked_at_all_ways(page, "manager")
    for opened in page.locator("summary").all():
        opened.click()
    wrong += looked_at_all_ways(page, "manager-opened")
    context.close()

    assert wrong == []


@pytest.mark.long
def test_week_six_from_evidence_to_an_issued_case_whose_every_number_has_its_rows(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    """4.3, D1, D2, D3: as the head walks it before a mandate meeting."""
    office = link[: link.index("/enter/")]
    context = chromium.new_context(storage_state=session)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(120_000)
    heading = page.get_by_role("heading", level=1)

    # A number of the evidence, and the rows it is made of.
    ready = page.get_by_role("button", name="Issue it")
    wait_until(lambda: page.goto(f"{office}/documents/D1/") and ready.count(), patience=300)
    page.goto(f"{office}/evidence/")
    page.locator("main a.fig").first.click()
    expect(
        page.get_by_role("rowheader").filter(has_text="aldmoor-project-register").first
    ).to_be_visible(timeout=120_000)

    # One cause less has nobody against it.
    page.goto(f"{office}/scope/matrix/")
    expect(heading).to_have_text("Five causes have nobody against them.", timeout=120_000)
    page.get_by_role("link", name="poor risk and issue handling", exact=True).first.click()
    page.get_by_label("Risks that several projects share", exact=True).check()
    page.get_by_label("What it does about it").last.fill("A risk of one is heard by all")
    page.get_by_role("button", name="Keep it").click()
    expect(heading).to_have_text("Four causes have nobody against them.", timeout=120_000)

    # What will be asked, and who has not heard it alone.
    # A row that its owner has just confirmed makes other figures; a page of the moment between has none.
    known = page.get_by_text("“How do you know?”")
    wait_until(lambda: page.goto(f"{office}/documents/rehearsal/") and known.count(), patience=300)
    expect(page.get_by_text("“Does it pay?”")).to_be_visible(timeout=120_000)
    expect(page.get_by_text("Not spoken with alone: Godfrey Thorne")).to_be_visible(timeout=120_000)

    # The charter is put before leaders as proposed; the map and the case are issued.
    page.goto(f"{office}/scope/charter/")
    page.get_by_role("button", name="Propose version 3").click()
    expect(heading).to_have_text("Version 3 is proposed.", timeout=120_000)
    for code, title in (("D3", "Line of sight"), ("D1", "The case for the PMO")):
        page.goto(f"{office}/documents/{code}/")
        page.get_by_role("button", name="Issue it").click()
        expect(page.get_by_role("heading", name=f"{title}, issue 1")).to_be_visible(timeout=120_000)

    # Every number of the case: one click to see them all, one to the rows of each.
    page.get_by_text("each with its rows").click()
    expect(page.locator("details a.fig").first).to_be_visible(timeout=120_000)
    traced = page.locator("details tbody tr").evaluate_all(
        "rows => rows.map(row => [row.innerText, row.querySelector('a.fig')?.href ?? ''])"
    )
    assert len(traced) > 50
    assert [words for words, address in traced if not address] == []
    without_rows = []
    for address in {address for _, address in traced}:
        answer = context.request.get(address, timeout=120_000)
        if answer.status != 200 or "<tbody" not in answer.text():
            without_rows.append(address)
    context.close()

    assert without_rows == []
