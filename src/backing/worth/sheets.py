"""What of this app stands in the workbook: costs, rates, valuations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from backing.people.workbook.declared import Sheet
from backing.worth.models import (
    BenefitValuation,
    CostItem,
    FinanceWord,
    HourlyRate,
    KeptApart,
)

SHEETS: Final = (
    Sheet(model=CostItem, title="Costs", holds="What the office costs over a period."),
    Sheet(model=HourlyRate, title="Hourly rates", holds="What an hour of somebody costs."),
    Sheet(
        model=BenefitValuation,
        title="Valuations",
        holds="A benefit in money, as far as the office claims it. A change waits for finance again.",
        stands_once=("withdrawn_on",),
    ),
    Sheet(
        model=KeptApart,
        title="Kept apart",
        holds="Why two valuations do not count the same money.",
        heads={"one": "One", "other": "The other"},
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    FinanceWord: "the word of finance, which finance alone gives, here",
}
