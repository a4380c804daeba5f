"""When the part "Sponsor" is done: there is one, with an agreement, and wins have been told (S23, S24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backing.people.models import Account
from backing.people.steps import Step
from backing.sponsor.models import SponsorAgreement, SponsorAssignment
from backing.sponsor.public import last_win_shared, sponsor_now


def steps(viewer: Account, today: date) -> Iterator[Step]:
    now = sponsor_now(viewer, today=today)
    current = SponsorAssignment.objects.visible_to(viewer).current(on=today)
    missing = []
    if now.status != "assigned":
        missing.append("no sponsor is assigned")
    elif not SponsorAgreement.objects.filter(assignment__in=current).exists():
        missing.append("nothing is agreed with the sponsor")
    if last_win_shared(viewer) is None:
        missing.append("no win has been told")
    has = "a sponsor" if now.status == "assigned" else ""
    yield Step(part="sponsor", has=has, missing=tuple(missing))
