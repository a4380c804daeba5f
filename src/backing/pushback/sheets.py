"""What of this app stands in the workbook: objections, answers, and what went to somebody above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from backing.people.workbook.declared import Sheet
from backing.pushback.models import (
    AreaLink,
    Escalation,
    FollowLink,
    PageLink,
    Pushback,
    PushbackResponse,
    SayLink,
)

SHEETS: Final = (
    Sheet(
        model=Pushback,
        title="Pushback",
        holds="An objection, in the words of whoever raised it.",
        without={"once": "keeps a form that is sent twice from counting twice"},
        heads={"text": "What they said"},
        never=("text", "instead", "condition", "known_as", "in_confidence", "received_at"),
    ),
    Sheet(
        model=PushbackResponse,
        title="Answers to pushback",
        holds="An answer that was given, and what whoever raised it says to it.",
        heads={"text": "Answer"},
        stands="An answer that was given stands. Give another on the page of the objection.",
    ),
    Sheet(
        model=Escalation,
        title="Escalations",
        holds="A problem that was taken to somebody with authority.",
        heads={"to": "Taken to", "by": "Needed by"},
        stands_once=("decided_on",),
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    SayLink: "lets somebody object; only a digest is kept",
    PageLink: "lets a project manager see their page; only a digest is kept",
    AreaLink: "lets the head of a unit see what a change means there; only a digest is kept",
    FollowLink: "lets whoever objected follow it; only a digest is kept",
}
