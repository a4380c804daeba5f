"""The records of the app, one subject a module."""

from backing.benefits.models.goals import GoalList, StrategyGoal
from backing.benefits.models.lines import ContributionLink, Sight
from backing.benefits.models.profiles import BenefitProfile
from backing.benefits.models.steps import BusinessChange, Capability, Outcome, Output

__all__ = [
    "BenefitProfile",
    "BusinessChange",
    "Capability",
    "ContributionLink",
    "GoalList",
    "Outcome",
    "Output",
    "Sight",
    "StrategyGoal",
]
