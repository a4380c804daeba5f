"""The records of the app, one subject a module."""

from backing.worth.models.costs import CostItem, HourlyRate
from backing.worth.models.valuations import (
    BenefitValuation,
    FinanceWord,
    KeptApart,
)

__all__ = [
    "BenefitValuation",
    "CostItem",
    "FinanceWord",
    "HourlyRate",
    "KeptApart",
]
