"""A small company with an office, two neighbours of it, and somebody who looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from backing.people.access import Role
from backing.people.models import Account, OrgUnit, Person
from backing.scope.models import Activity, OurUnit

TODAY = date(2026, 5, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    office: OrgUnit
    procurement: OrgUnit
    finance: OrgUnit
    head: Account

    def does(self, unit: OrgUnit, name: str, **more: object) -> Activity:
        """An activity of a unit, known for a year."""
        return Activity.objects.create(
            org_unit=unit, name=name, **{"noted_on": date(2025, 5, 4), **more}
        )

    def account(self, name: str, role: Role, unit: OrgUnit | None = None) -> Account:
        person = Person.objects.create(full_name=name, org_unit=unit)
        return Account.objects.create(person=person, role=role)


@pytest.fixture
def company(db: None) -> Company:
    office = OrgUnit.objects.create(name="Project office", kind=OrgUnit.Kind.TEAM)
    chief = Person.objects.create(full_name="Petra Lindqvist", org_unit=office)
    buyer = Person.objects.create(full_name="Marcus Odell", email="marcus@example.org")
    payer = Person.objects.create(full_name="Ines Duarte", email="ines@example.org")
    procurement = OrgUnit.objects.create(name="Procurement", head=buyer)
    finance = OrgUnit.objects.create(name="Finance", head=payer)
    for person, unit in ((buyer, procurement), (payer, finance)):
        person.org_unit = unit
        person.save()
    OurUnit.objects.create(pk=1, unit=office)
    return Company(
        office=office,
        procurement=procurement,
        finance=finance,
        head=Account.objects.create(person=chief, role=Role.PMO_HEAD),
    )
