"""What of this app stands in the workbook: who is on the list, and what passed between us.

What is thought about a leader is sealed and leaves by its one door alone (requirements.md 3.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from backing.leaders.models import (
    Ask,
    AskSent,
    Assessment,
    Commitment,
    Expectation,
    Heard,
    InfluenceLink,
    Interest,
    Leader,
    LeaderCandidate,
    Position,
    StanceAssessment,
    StatedPosition,
    SupportAct,
    Touchpoint,
)
from backing.people.workbook.declared import Sheet

_SEALED: Final = "about a person: it leaves by its one door, for whom it is about"

SHEETS: Final = (
    Sheet(
        model=Leader,
        title="Leaders",
        holds="A leader the office works with; not what is thought of them.",
        heads={"focus": "In focus", "owner": "Looked after by"},
    ),
    Sheet(
        model=LeaderCandidate,
        title="Leader candidates",
        holds="Somebody who may belong on the list, and what was made of it.",
        without={
            "reasons": "the office finds them in its own records",
            "dismissed_with": "the office finds them in its own records",
        },
    ),
    Sheet(model=Interest, title="Interests", holds="What a leader cares about, in their words."),
    Sheet(model=Expectation, title="Expectations", holds="What a leader expects of the office."),
    Sheet(
        model=StatedPosition,
        title="Positions on record",
        holds="Where a leader stands on a change, said by them for the record.",
        stands="What a leader said for the record stands. Add what they said since.",
    ),
    Sheet(
        model=Touchpoint,
        title="Contacts",
        holds="A contact with people; what was heard is not in here.",
        heads={"at": "When", "by": "Noted by", "people": "With", "issue": "Document"},
    ),
    Sheet(
        model=Commitment,
        title="Promises",
        holds="A promise by the office, or to it.",
        stands_once=("kept_on",),
    ),
    Sheet(model=SupportAct, title="Acts of support", holds="What a leader did for the office."),
    Sheet(
        model=Ask,
        title="Asks in draft",
        holds="What the office will ask of somebody.",
        heads={"of": "Asked of", "by": "By when"},
    ),
    Sheet(
        model=AskSent,
        title="Asks sent",
        holds="An ask as it was sent, and what came of it.",
        heads={"of": "Asked of", "by": "By when"},
        stands="What was sent stands as it was sent. What came of it is noted on its page.",
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = dict.fromkeys(
    (Assessment, StanceAssessment, InfluenceLink, Position, Heard), _SEALED
)
