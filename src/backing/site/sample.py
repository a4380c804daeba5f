"""The invented company, in a workspace of its own and marked as invented on every page (X9).

Its registers are dropped as a user would drop them, and the worker takes them in: what the demo shows has
come the way that everything comes.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.db import transaction

from backing import demo
from backing.evidence import actions as evidence
from backing.evidence.uploads import OnDisk
from backing.people import actions as people
from backing.people.models import Organisation, OrgUnit

UNITS = ("Customer Service", "Finance and HR", "Group IT", "Logistics", "Property", "Wholesale")


def fill(*, now: datetime) -> None:
    """Fill the workspace, unless it is filled already; figures follow as soon as the worker has run."""
    if Organisation.objects.exists():
        return
    with tempfile.TemporaryDirectory(prefix="backing-demo-") as folder, transaction.atomic():
        Organisation(
            name=demo.ORGANISATION, invented=True, currency="GBP", fiscal_year_starts=4
        ).save()
        for name in UNITS:
            OrgUnit(name=name).save()
        registers = [OnDisk(path) for path in demo.write(Path(folder))]
        evidence.drop(registers, by=people.head(), now=now, at_once=True)
