"""The studio in a real browser: from a register to an issue, clean by light and dark, wide and narrow (X7)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from backing.conftest import Office
from backing.documents.tests.conftest import Computed, fill
from backing.site.tests.browser import looked_at, looked_at_all_ways
from boardpaper.render import docx
from boardpaper.tests import sample

STUDIO = ("", "D1/", "D1/what-went-wrong-cost/", "D1/page/", "D1/slides/", "templates/")


@pytest.fixture(scope="module")
def link(shared_office: Office, computed: Computed) -> str:
    """An office that holds the demo's figures; gives its one-time link."""
    fill(shared_office, computed)
    return shared_office.serve()


def test_from_evidence_to_an_issue_and_its_files(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    home = link[: link.index("/enter/")]
    context = chromium.new_context(storage_state=session)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(home + "/")
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="Open it in the studio (The case for the PMO)").click()
    page.get_by_role("link", name="Add your own words: What went wrong · cost").click()
    page.get_by_label("In your own words").fill("We lost 40 million.")
    page.get_by_role("button", name="Save").click()
    refused = page.inner_text(".gate.stops")
    page.get_by_label("In your own words").fill("We lost {cost_of_failure_gross}.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Issue it").click()
    page.get_by_role("heading", name="The case for the PMO, issue 1").wait_for(timeout=60_000)
    shown = {
        row.split("\t")[0]: row.split("\t")[-1] for row in page.inner_text("table").split("\n")[1:]
    }
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Paper (PDF)").click()
    paper = Path(downloading.value.path()).read_bytes()
    context.close()

    assert "“40” has no figure behind it" in refused
    assert hashlib.sha256(paper).hexdigest() in shown.values()
    # Chromium says in the console that an answer was a 422; nothing else is said.
    assert [text for text in said if "422" not in text] == []


def test_a_template_is_tried_when_it_comes(
    chromium: Browser, session: dict[str, Any], link: str, tmp_path: Path
) -> None:
    home = link[: link.index("/enter/")]
    (tmp_path / "ours.pptx").write_bytes(b"no deck at all")
    (tmp_path / "ours.docx").write_bytes(docx.render(sample.document()))
    context = chromium.new_context(storage_state=session, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(home + "/documents/templates/")
    page.get_by_label("PowerPoint or Word file").set_input_files(tmp_path / "ours.pptx")
    page.get_by_role("button", name="Try it").click()
    refused = page.inner_text(".field .wrong")
    wrong = looked_at(page, "template-refused-desk-light")
    page.get_by_label("PowerPoint or Word file").set_input_files(tmp_path / "ours.docx")
    page.get_by_role("button", name="Try it").click()
    told = page.inner_text("[role=status]")
    page.goto(home + "/documents/D1/")
    page.get_by_label("Word text on").select_option(label="ours.docx")
    page.get_by_role("button", name="Save").click()
    beside = page.inner_text("main > header .note")
    context.close()

    assert "ours.pptx: this is not a PowerPoint presentation." in refused
    assert "ours.docx can serve." in told
    assert "ours.docx" in beside
    assert wrong == []


def test_x7_phone_and_desk_every_page_is_clean_and_fits(
    chromium: Browser, session: dict[str, Any], link: str
) -> None:
    home = link[: link.index("/enter/")]
    context = chromium.new_context(
        storage_state=session,  # type: ignore[arg-type]
        bypass_csp=True,  # for axe alone
    )
    page = context.new_page()
    wrong = []
    for path in (*STUDIO, "issues/1/"):
        page.goto(f"{home}/documents/{path}")
        wrong += looked_at_all_ways(page, path.strip("/").replace("/", "-") or "all")
    context.close()

    assert wrong == []
