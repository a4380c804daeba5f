"""What of this app stands in the workbook: the sponsor, what was agreed, updates and wins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from backing.people.workbook.declared import Sheet
from backing.sponsor.models import (
    Override,
    SharedWin,
    SponsorAgreement,
    SponsorAssignment,
    SponsorCandidate,
    SponsorRequest,
    SponsorUpdate,
    UpdateAsk,
    UpdateLink,
    Win,
    WinShare,
)

SHEETS: Final = (
    Sheet(
        model=SponsorAssignment,
        title="Sponsor",
        holds="Who is the sponsor, from when to when.",
    ),
    Sheet(
        model=SponsorRequest,
        title="Sponsor requests",
        holds="Somebody was asked to be the sponsor.",
        heads={"to": "Asked of"},
    ),
    Sheet(
        model=SponsorAgreement,
        title="Sponsor agreements",
        holds="What the sponsor and the office agreed.",
    ),
    Sheet(model=Override, title="Overrides", holds="Somebody waived a request of the office."),
    Sheet(
        model=Win,
        title="Wins",
        holds="A result that can be seen, and whose it is.",
        without={"source": "where this office found it; another finds its own"},
    ),
    Sheet(
        model=SharedWin,
        title="Wins shared",
        holds="A win as it was shared.",
        stands="What was shared stands as it was shared.",
    ),
    Sheet(
        model=WinShare,
        title="Who told of a win",
        holds="Somebody told others of a win.",
        stands="What was told stands. Add what was told since.",
    ),
    Sheet(
        model=SponsorUpdate,
        title="Sponsor updates",
        holds="An update to the sponsor.",
        stands_once=("sent_at",),
    ),
    Sheet(
        model=UpdateAsk,
        title="Asks in updates",
        holds="One thing asked of the sponsor in an update, and the answer.",
        heads={"update_of": "Update", "by": "By when"},
        stands_once=("answered_at",),
        theirs=("answer", "answered_at"),
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    SponsorCandidate: "about a person: it leaves by its one door, for whom it is about",
    UpdateLink: "lets the sponsor answer; only a digest is kept",
}
