"""Week six, walked in a browser: from evidence to an issued case and a proposed charter (4.3).

Evidence, the scope's sentences and the leaders are there; the matrix, the rehearsal, the charter and the case
are done by hand, as before a mandate meeting.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backing.conftest import Office
from backing.documents.tests.conftest import Computed, fill

# The fixture that computes the invented company's figures once.
from backing.documents.tests.conftest import computed as computed  # noqa: PLC0414

BUSY = 120_000.0  # milliseconds; other work may run on the machine

BEFORE = """
from datetime import date, timedelta
from django.utils import timezone
from backing.evidence.models import Edition, MirroredProject
from backing.leaders.actions.listing import put_on_the_list
from backing.mandate.actions import tell_origin
from backing.mandate.models import MandateDecision
from backing.people import actions as people
from backing.people.models import OrgUnit, Person
from backing.scope.models import Activity, OurUnit, ScopeItem
today = timezone.localdate()
head = people.head()
MirroredProject.objects.bulk_create(
    MirroredProject(project=f"r/{year}", register="r", key=str(year), finished=date(year, 6, 1))
    for year in (2023, 2024, 2025)
)
Edition.objects.filter(is_current=True).update(rows_taken=137)
unit = OrgUnit.objects.create(name="Project office")
OurUnit(pk=1, unit=unit).save()
ines = Person.objects.create(full_name="Ines Calloway")
put_on_the_list(ines, owner=head, on=today)
tell_origin(
    commissioned_by=[ines], on=today, in_their_words="Tell me before it is late.",
    problem="Late news", budget_minor=42000000, currency="GBP",
)
check = Activity.objects.create(name="Stage check", org_unit=unit, noted_on=today)
will = ScopeItem.objects.create(kind="will", statement="Check each stage", reason="Scope grows")
will.activities.add(check)
ScopeItem.objects.create(
    kind="wont", statement="Keep timesheets", reason="No decision needs them", nobody_instead=True
)
decision = MandateDecision.objects.create(
    kind="mandate", question="Shall the office run the stage check?", options=["Yes", "No"],
    recommendation="Yes, for a year", if_not_decided="it goes on as before",
    needed_by=today + timedelta(days=9),
)
decision.deciders.add(ines)
answer = None
"""


@pytest.fixture
def page(chromium: Browser, shared_office: Office, computed: Computed) -> Iterator[Page]:
    fill(shared_office, computed)
    shared_office.python(BEFORE)
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(BUSY)
    page.goto(shared_office.serve())
    yield page
    page.close()


def test_from_evidence_to_an_issued_case_and_a_proposed_charter(page: Page) -> None:
    home = page.url.split("/", 3)
    office = "/".join(home[:3])

    # The matrix: the cause with the most behind it gets an activity.
    page.goto(f"{office}/scope/matrix/")
    assert "have nobody against them" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="uncontrolled scope change", exact=True).first.click()
    page.get_by_label("Stage check", exact=True).check()
    page.get_by_label("What it does about it").fill("No stage begins before its scope is agreed")
    page.get_by_role("button", name="Keep it").click()
    assert "What we do is aimed at 15% of the money" in page.locator("header .lead").inner_text()

    # A number is traced to its rows in two clicks.
    page.goto(f"{office}/evidence/")
    page.goto(f"{office}{page.locator('main a.fig').first.get_attribute('href')}")
    assert "aldmoor-project-register" in page.locator("main").inner_text()

    # The rehearsal knows who has not heard it, and what will be asked.
    page.goto(f"{office}/documents/rehearsal/")
    asked = page.locator("main").inner_text()
    assert "“Does it pay?”" in asked
    assert "If you don’t, who does? (Keep timesheets)" in asked
    assert "Ines Calloway" in asked

    # The charter is put before leaders, and says that it is proposed.
    page.goto(f"{office}/scope/charter/")
    page.get_by_role("button", name="Begin the charter").click()
    page.get_by_label("What the office is for").fill("To tell management early, and truly.")
    page.get_by_label("Stop us if …").fill("no stage was checked in a quarter")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Propose version 1").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Version 1 is proposed."

    # The case says all five parts, and is issued.
    page.goto(f"{office}/documents/D1/")
    said = page.locator("main").text_content() or ""
    assert "Shall the office run the stage check?" in said
    assert "The office costs £420,000 a year, and pays for itself if it prevents" in said
    assert "Stop us if no stage was checked in a quarter." in said
    page.get_by_role("button", name="Issue it").click()
    written = page.get_by_role("heading", name="The case for the PMO, issue 1")
    expect(page.get_by_text("Writing issue 1").or_(written).first).to_be_visible()
