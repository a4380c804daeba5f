"""A small company with an office, a business, and a line from the one to a goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from backing.benefits.actions.goals import note_goals
from backing.benefits.actions.lines import Typed, draw_line
from backing.benefits.models import ContributionLink
from backing.people.access import Role
from backing.people.models import Account, OrgUnit, Person
from backing.scope.models import Activity, OurUnit

TODAY = date(2026, 5, 4)
LONG_AGO = date(2026, 3, 2)
WHOLE = Typed(
    activity="Stage check before commitment",
    output="Checked business cases",
    change="Only checked cases are funded",
    owner="Ines Duarte",
    outcome="Wrong work stops early",
    benefit="Less slip on new projects",
    goal="Keep our promises to customers",
    rationale="The board funds what passed.",
    confidence="plausible",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    office: OrgUnit
    finance: OrgUnit
    owner: Person
    head: Account

    def goal(self, name: str = "Keep our promises to customers", on: date = LONG_AGO) -> Any:
        return note_goals([name], source="Strategy 2028, page 4", on=on)[0]

    def line(self, typed: Typed = WHOLE) -> list[ContributionLink]:
        return draw_line(typed, on=LONG_AGO, source="Strategy 2028, page 4")

    def does(self, name: str, **more: object) -> Activity:
        return Activity.objects.create(
            org_unit=self.office, name=name, **{"noted_on": LONG_AGO, **more}
        )


@pytest.fixture
def company(db: None) -> Company:
    office = OrgUnit.objects.create(name="Project office", kind=OrgUnit.Kind.TEAM)
    finance = OrgUnit.objects.create(name="Finance")
    chief = Person.objects.create(full_name="Petra Lindqvist", org_unit=office)
    owner = Person.objects.create(
        full_name="Ines Duarte", job_title="Head of Finance", org_unit=finance
    )
    OurUnit.objects.create(pk=1, unit=office)
    head = Account.objects.create(person=chief, role=Role.PMO_HEAD)
    return Company(office=office, finance=finance, owner=owner, head=head)
