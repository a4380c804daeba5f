"""What of this app stands in the workbook: what people decided, and the measures they keep.

What comes from registers and schedules stands in their files, and in the Record that is made of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import models

from backing.evidence.models import (
    Coding,
    Decision,
    DroppedFile,
    Edition,
    Import,
    Likeness,
    Measure,
    MeasureBaseline,
    MeasureReading,
    MirroredNarrative,
    MirroredProject,
    OwnCause,
    Ownership,
    Reading,
    Renewal,
    RowLink,
    SavedMapping,
    SettledCoding,
    StoredFigure,
)
from backing.people.models import Account
from backing.people.workbook.declared import Sheet

_REGISTER: Final = {"register": "Register", "key": "Project key"}


def _typed(rows: Any, viewer: Account) -> Any:
    """Readings that the Record gives are computed anew from it."""
    del viewer
    return rows.exclude(origin=MeasureReading.Origin.COMPUTED)


SHEETS: Final = (
    Sheet(
        model=Decision,
        title="Evidence decisions",
        holds="What somebody decided about a row of a register: the same project, a correction, a cause.",
        heads=_REGISTER | {"line": "As the Record reads it"},
        stands="A decision stands with whoever made it and when. It is withdrawn on its page.",
    ),
    Sheet(
        model=Ownership,
        title="Project owners",
        holds="Who answers for a project, and what it is called in shared documents.",
        heads=_REGISTER,
    ),
    Sheet(
        model=Coding,
        title="Cause codings",
        holds="What one person made of why a project went as it did.",
        heads=_REGISTER | {"evidence": "Words it rests on"},
        stands="What a coder said stands. They say otherwise on the page of causes.",
    ),
    Sheet(
        model=SettledCoding,
        title="Causes agreed",
        holds="The causes of a project, once coders had agreed.",
        heads=_REGISTER,
        stands="What was agreed stands with who agreed it. It is settled anew on the page of causes.",
    ),
    Sheet(model=OwnCause, title="Own causes", holds="A cause that the office added to the list."),
    Sheet(
        model=Measure,
        title="Measures",
        holds="A quantity that is watched, and the decision it feeds.",
        heads={"figure": "Computed from", "plan": "Against the plan"},
    ),
    Sheet(
        model=MeasureBaseline,
        title="Baselines",
        holds="What a measure stood at before anything was changed, fixed in writing.",
        stands="A baseline is fixed in writing: fix another, the old one stands.",
    ),
    Sheet(
        model=MeasureReading,
        title="Readings",
        holds="One dated value of a measure that somebody typed or brought in.",
        heads={"at": "On", "n": "Cases"},
        shown=_typed,
        stands_once=("withdrawn_at",),
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    RowLink: "lets an owner confirm a row; only a digest is kept",
    Edition: "made of the registers and the decisions",
    StoredFigure: "computed from an edition",
    MirroredProject: "mirrors the Record",
    MirroredNarrative: "mirrors the Record",
    Reading: "the work of reading files",
    DroppedFile: "a file that was dropped: drop it again",
    Import: "the work of bringing files in",
    Renewal: "the work of making an edition",
    SavedMapping: "learned from a file: it is asked again",
    Likeness: "computed; what was decided of it is a decision",
}
