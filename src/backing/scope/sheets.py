"""What of this app stands in the workbook: activities, services, the scope, the charter, hand-overs, asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import models

from backing.people.access import Role
from backing.people.models import Account
from backing.people.workbook.declared import Sheet
from backing.scope.models import (
    Acknowledgement,
    Activity,
    ActivityList,
    CauseCoverage,
    CauseLeft,
    Charter,
    CharterLink,
    DataRequest,
    HandOver,
    HandOverItem,
    HandOverLink,
    OurUnit,
    OverlapTalk,
    RaciAssignment,
    ScopeItem,
    Service,
)


def _spoken_of(rows: Any, viewer: Account) -> Any:
    """Before the other unit was spoken with, an overlap is the head's alone."""
    return rows if viewer.role == Role.PMO_HEAD else rows.exclude(spoken_on=None)


SHEETS: Final = (
    Sheet(model=OurUnit, title="Our unit", holds="Which unit the office itself is: one row."),
    Sheet(model=Activity, title="Activities", holds="Work that the office or another unit does."),
    Sheet(model=Service, title="Services", holds="What the office offers, and to whom."),
    Sheet(
        model=ScopeItem,
        title="Scope",
        holds="What the office will do, will not do, or will not do yet.",
    ),
    Sheet(
        model=CauseCoverage,
        title="Causes addressed",
        holds="An activity that is aimed at a cause.",
    ),
    Sheet(
        model=CauseLeft,
        title="Causes left alone",
        holds="A cause that the office leaves alone on purpose.",
    ),
    Sheet(
        model=RaciAssignment,
        title="Who does what",
        holds="One party's part in an activity, from a first to a last day.",
    ),
    Sheet(
        model=HandOver,
        title="Hand-overs",
        holds="An activity that goes from one unit to another.",
        theirs=(
            *("giver_accepted_on", "giver_accepted_by", "giver_said"),
            *("receiver_accepted_on", "receiver_accepted_by", "receiver_said"),
        ),
    ),
    Sheet(
        model=HandOverItem,
        title="Hand-over checklist",
        holds="One thing that is handed over.",
        theirs=("accepted_on",),
    ),
    Sheet(
        model=DataRequest,
        title="What we ask",
        holds="What the office asks of others, and what it costs them.",
    ),
    Sheet(
        model=OverlapTalk,
        title="Overlaps",
        holds="What was said about work that two units may both do.",
        shown=_spoken_of,
    ),
    Sheet(
        model=Charter,
        title="Charters",
        holds="One version of the charter.",
        stands_once=("proposed_on",),
    ),
    Sheet(
        model=Acknowledgement,
        title="Charter answers",
        holds="What one leader answered to one version of the charter.",
        stands="It is the leader's own word. They answer anew by their link.",
        theirs=("answered_on",),
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    ActivityList: "a list that was brought in; what came of it are activities",
    CharterLink: "lets a leader answer; only a digest is kept",
    HandOverLink: "lets a side answer; only a digest is kept",
}
