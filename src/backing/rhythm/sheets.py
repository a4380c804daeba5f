"""What of this app stands in the workbook: improvements, targets, the communication plan, reports, thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from backing.evidence.models import Measure
from backing.people.workbook.declared import Sheet
from backing.rhythm.models import (
    CalendarLink,
    CommunicationPlanItem,
    Improvement,
    ImprovementTarget,
    LoggedVerdict,
    Look,
    Pulse,
    PulseGroup,
    PulseTicket,
    PutOff,
    Report,
    SetThreshold,
    WeeklyDigest,
)

SHEETS: Final = (
    Sheet(
        model=Improvement,
        title="Improvements",
        holds="A claim about one measure, registered before the data were looked at.",
        stands="What was registered stands. Give it up on its page, and register another there.",
        only_here=(
            "A registration is believed where it was made: it is never added by a workbook. Register it on "
            "its page; a backup moves it with its date."
        ),
    ),
    Sheet(
        model=ImprovementTarget,
        title="Targets",
        holds="What a measure is to reach, by when, and who answers for it.",
    ),
    Sheet(
        model=CommunicationPlanItem,
        title="Communication plan",
        holds="Who is told what, how, how often, and by whom.",
    ),
    Sheet(
        model=Report,
        title="Reports",
        holds="What was written into the report on one period.",
        labels={"explanations": Measure},
    ),
    Sheet(
        model=SetThreshold,
        title="Thresholds",
        holds="A threshold that the office set otherwise.",
        heads={"key": "Threshold"},
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    LoggedVerdict: "judged by the office from the evidence, and logged for good",
    Look: "the work of looking at the evidence",
    CalendarLink: "lets a calendar read the dates; only a digest is kept",
    WeeklyDigest: "a wish about one's own mail, which each account makes itself",
    Pulse: "answered without names, once; a workbook could add answers that nobody gave",
    PulseGroup: "counts of a pulse, which stay where they were counted",
    PulseTicket: "lets one answer in; only a digest is kept",
    PutOff: "a choice about the advice of one day; advice is found anew",
}
