"""The invented company, in a workspace of its own and marked as invented on every page (X9)."""

from __future__ import annotations

from django.db import transaction

from backing.people.models import Organisation, OrgUnit

UNITS = ("Customer Service", "Finance and HR", "Group IT", "Logistics", "Property", "Wholesale")


@transaction.atomic
def fill() -> None:
    """Fill the workspace, unless it is filled already."""
    if Organisation.objects.exists():
        return
    Organisation(name="Aldmoor Group", invented=True, currency="GBP", fiscal_year_starts=4).save()
    for name in UNITS:
        OrgUnit(name=name).save()
