"""The invented company, in a workspace of its own and marked as invented on every page (X9).

Its registers are dropped as a user would drop them, and the worker takes them in: what the demo shows has
come the way that everything comes.  Its leaders, with what passed between them and the office in two years,
are filled in once there is a key.
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

GROUP = demo.ORGANISATION
UNITS = ("Digital", "Finance", "Group IT", "Logistics", "Property", "Retail", "Wholesale")


def fill(*, now: datetime) -> None:
    """Fill the workspace, unless it is filled already; figures follow as soon as the worker has run."""
    if Organisation.objects.exists():
        return
    with tempfile.TemporaryDirectory(prefix="backing-demo-") as folder, transaction.atomic():
        Organisation(
            pk=1, name=demo.ORGANISATION, invented=True, currency="GBP", fiscal_year_starts=4
        ).save()
        group = OrgUnit.objects.create(name=GROUP, kind=OrgUnit.Kind.DIVISION)
        for name in UNITS:
            OrgUnit.objects.create(name=name, parent=group)
        registers = [OnDisk(path) for path in demo.write(Path(folder))]
        evidence.drop(registers, by=people.head(), now=now, at_once=True)
