"""What a report says of the pulses that closed in its period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from backing.people.models import Account
from backing.rhythm.models import Report
from backing.rhythm.pulse_told import told
from backing.rhythm.pulses import said_in_pulses
from boardpaper.blocks import Section
from boardpaper.claim import Claim


def pulse_section(viewer: Account, report: Report) -> Iterator[Section]:
    """One section where a pulse closed in the period, none otherwise."""
    said = said_in_pulses(
        viewer,
        today=report.last_day + timedelta(days=1),
        since=report.first_day,
        until=report.last_day,
    )
    if said:
        yield Section(
            kicker="The pulse",
            lead=Claim("What those who work with us said, without their names"),
            blocks=tuple(told(said)),
        )
