"""What of this app stands in the workbook: goals, benefits, and the line that leads to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import models

from backing.benefits.actions.lines import NotInTheBusiness, closes_a_ring, refuse_the_office
from backing.benefits.models import (
    BenefitProfile,
    BusinessChange,
    Capability,
    ContributionLink,
    GoalList,
    Outcome,
    Output,
    Sight,
    StrategyGoal,
)
from backing.people.workbook.declared import Sheet


def _owned_in_the_business(record: Any, today: date) -> str:
    del today
    try:
        refuse_the_office(record.owner)
    except NotInTheBusiness as refused:
        return str(refused)
    return ""


def _leads_onwards(link: Any, today: date) -> str:
    Sight.hold(on=today)
    if closes_a_ring(link):
        return "This link leads back to where it begins. Take out one of the links between them."
    return ""


SHEETS: Final = (
    Sheet(
        model=StrategyGoal,
        title="Goals",
        holds="What the organisation aims for, and in which document it stands.",
    ),
    Sheet(model=Output, title="Outputs", holds="What an activity produces."),
    Sheet(model=Capability, title="Capabilities", holds="What an output makes possible."),
    Sheet(
        model=BusinessChange,
        title="Business changes",
        holds="A new way of working in the business, with its owner there.",
        check=_owned_in_the_business,
    ),
    Sheet(
        model=Outcome, title="Outcomes", holds="The new state, once the business works otherwise."
    ),
    Sheet(
        model=BenefitProfile,
        title="Benefits",
        holds="A benefit, or a cost that is accepted for one.",
        check=_owned_in_the_business,
    ),
    Sheet(
        model=ContributionLink,
        title="Line of sight",
        holds="One step leads to another: one column From and one column To are filled.",
        heads={
            **{
                f"source_{name}": f"From {said}"
                for name, said in (
                    ("activity", "activity"),
                    ("output", "output"),
                    ("capability", "capability"),
                    ("change", "business change"),
                    ("outcome", "outcome"),
                    ("benefit", "benefit"),
                )
            },
            **{
                f"target_{name}": f"To {said}"
                for name, said in (
                    ("output", "output"),
                    ("capability", "capability"),
                    ("change", "business change"),
                    ("outcome", "outcome"),
                    ("benefit", "benefit"),
                    ("goal", "goal"),
                )
            },
        },
        check=_leads_onwards,
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    GoalList: "a list that was brought in; what came of it are goals",
    Sight: "noted by the first goal or link",
}
