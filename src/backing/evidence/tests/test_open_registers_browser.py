"""Every open register goes the whole way in a real browser, and the page says the known answer (issue 3, S21).

They are dropped, understood, taken in, looked at wide by day and narrow by night, and taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from backing.conftest import PATIENCE, Office
from backing.evidence.tests.test_import_browser import look
from backing.site.tests.conftest import DATA

PATIENT = PATIENCE * 1000  # milliseconds
PAGES = ("", "compared/", "why/", "reports/", "quality/", "projects/")
LOOKED_AT = ("", "compared/")  # the others look alike with any register: test_evidence_browser.py

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the open registers are not beside this checkout (../shared/data)"
)


@dataclass(frozen=True)
class Known:
    """A register, and what the pages must say of it: rows, headline, projects (SOURCE.md beside the files)."""

    files: str
    rows: int
    headline: str
    projects: str


KNOWN = {
    "canada": Known(
        "canada-it-projects/gc-it-projects-20*.csv",
        1356,
        "In 166 of 186 projects",
        "1,126 projects",
    ),
    "gmpp": Known("gmpp-2019-2023/*.csv", 788, "23 of 232 projects Red", "342 projects"),
    "nyc": Known("nyc-capital-projects/*.csv", 2259, "In 211 of 309 projects", "378 projects"),
    "kitchenham": Known(
        "kitchenham-promise/kitchenham.arff", 145, "53 of 142 projects", "145 projects"
    ),
    "sip": Known("sip/Sip-task-info.csv.gz", 12_299, "of 10,100 estimates", "20 projects"),
    "melbourne": Known("melbourne-water-stages/*.csv", 445, "445 projects", "445 projects"),
    "jira": Known("jira-cycle-agile/jira.csv", 4123, "took 5 days or less", "2 projects"),
}


@pytest.fixture(scope="module")
def link(shared_office: Office) -> str:
    return shared_office.serve()


@pytest.fixture(scope="module")
def session(chromium: Browser, link: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(bypass_csp=True)
    context.new_page().goto(link)
    yield context
    context.close()


@pytest.mark.parametrize("name", KNOWN)
def test_s21_an_open_register_becomes_figures_and_can_be_taken_back(
    session: BrowserContext, link: str, name: str
) -> None:
    known = KNOWN[name]
    evidence = f"{link[: link.index('/enter/')]}/evidence/"
    page = session.new_page()
    page.goto(f"{evidence}import/")
    page.get_by_label("Registers, schedules").set_input_files(sorted(DATA.glob(known.files)))
    page.get_by_role("button", name="Read these files").click()
    page.get_by_role("button", name=f"Take in {known.rows:,} rows").click(timeout=PATIENT)
    page.get_by_text("The figures are there").wait_for(timeout=PATIENT)

    said: dict[str, Any] = {}
    wrong = []
    for path in PAGES:
        page.goto(evidence + path)
        said[path] = " ".join(page.inner_text("h1").split())
        if path in LOOKED_AT:
            wrong += look(page, f"{name}-{path.strip('/') or 'findings'}")
    page.goto(f"{evidence}import/")
    page.get_by_role("link", name=_first_file(known)).first.click()
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text(f"Its {known.rows:,} rows no longer count").wait_for(timeout=PATIENT)
    page.close()

    assert wrong == []
    assert known.headline in said[""]
    assert said["projects/"] == known.projects
    assert said["quality/"].startswith(f"Every one of the {known.rows:,} rows")


def _first_file(known: Known) -> re.Pattern[str]:
    return re.compile(re.escape(min(DATA.glob(known.files)).name))
