"""What of this app stands in the workbook: why the office is there, and what it proposes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from backing.mandate.models import (
    BlockPlan,
    ChangeProposal,
    Expected,
    Impact,
    ImpactCorrection,
    MandateDecision,
    MandateOrigin,
)
from backing.people.workbook.declared import Sheet

SHEETS: Final = (
    Sheet(
        model=MandateOrigin,
        title="Why the office",
        holds="Who asked for the office, when, in what words: one row.",
    ),
    Sheet(
        model=Expected,
        title="Expected at the start",
        holds="Something that was expected of the office when it began, and what became of it.",
    ),
    Sheet(
        model=ChangeProposal,
        title="Changes",
        holds="A change that the office proposes.",
        heads={"required": "Whose word is needed"},
    ),
    Sheet(
        model=Impact,
        title="Impact",
        holds="What a change means for one unit.",
        theirs=("confirmed_by_head_on",),
    ),
    Sheet(
        model=ImpactCorrection,
        title="Corrections of impact",
        holds="What the head of a unit says a change means there, and what we answered.",
        without={"once": "keeps a form that is sent twice from counting twice"},
        heads={"words": "What they said", "said_at": "When they said it"},
        stands_once=("answered_at",),
        never=("words", "said_at"),
    ),
    Sheet(model=BlockPlan, title="Blocks", holds="What is done where a change may be held up."),
    Sheet(
        model=MandateDecision,
        title="Mandate decisions",
        holds="A question put to management, and what was decided.",
        stands_once=("decided_on",),
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {}
