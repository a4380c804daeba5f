"""How much of what was lost the office's activities are aimed at, and what it must prevent to pay (RULE-15).

What a project lost to several causes cannot be told apart, so the share keeps the three bounds of the
Pareto: the money divided among causes, at least what was lost to these causes alone, at most all that
projects lost which carry one of them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from backing.evidence.public import Figures
from trackrecord.figure import Figure
from trackrecord.values.currencies import minor_units

_LOST: Final = "cost_of_failure_gross"
_BOUNDS: Final = ("exclusive", "fractional", "touched")
KEPT: Final = "the office as kept"


def addressed_share(figures: Figures, causes: Collection[str]) -> Figure | None:
    """The share of all that was lost which lies behind these causes.

    None where no cause has money behind it, or the money is in several currencies.
    """
    shares = {bound: _shares(figures, bound) for bound in _BOUNDS}
    any_of = next(iter(shares["fractional"].values()), None)
    if any_of is None or figures.known(_LOST, "original") is None:
        return None
    least, divided, most = (
        sum(float(figure.value or 0) for cause, figure in shares[bound].items() if cause in causes)
        for bound in _BOUNDS
    )
    value = min(divided, 1.0)
    return Figure(
        measure="addressed_share",
        version=1,
        definition="Share of all money over plan or written off that was lost to causes which an activity of "
        "the office is aimed at, each project’s divided among its causes. Range: from what was lost to these "
        "causes alone to all that projects lost which carry one of them.",
        unit="share",
        value=value,
        low=min(least, value),
        high=max(min(most, 1.0), value),
        n=any_of.n,
        missing=any_of.missing,
        as_at=any_of.as_at,
        basis=any_of.basis,
    )


def addressable_a_year(figures: Figures, share: Figure | None, years: int) -> Figure | None:
    """That share of the loss, for each of the years in which the projects ended."""
    lost = figures.known(_LOST, "original")
    if share is None or lost is None or years < 1:
        return None
    a_year = float(lost.value or 0) / years
    value, low, high = (
        round(a_year * float(part or 0), 2) for part in (share.value, share.low, share.high)
    )
    return Figure(
        measure="addressable_a_year",
        version=1,
        definition="Money over plan or written off that was lost to causes which an activity of the office is "
        f"aimed at, divided by the {years} years in which the projects ended.",
        unit=lost.unit,
        value=value,
        low=low,
        high=high,
        n=lost.n,
        missing=lost.missing,
        as_at=lost.as_at,
        basis=lost.basis,
    )


def cost_a_year(minor: int, currency: str) -> Figure:
    """What the office costs a year, as it is recorded; in minor units of the currency."""
    return Figure(
        measure="office_cost_a_year",
        version=1,
        definition="What the office costs a year, as it is recorded.",
        unit=currency,
        value=minor / minor_units(currency),
        n=1,
        basis=KEPT,
    )


def break_even(cost: Figure | None, addressable: Figure | None) -> Figure | None:
    """The share of the yearly loss that the office would have to prevent to pay for itself.

    None where one is not known, nothing was lost, or they are in different currencies.
    """
    if cost is None or addressable is None or not addressable.value or cost.value is None:
        return None
    if cost.unit != addressable.unit:
        return None
    value = cost.value / addressable.value
    return Figure(
        measure="break_even_share",
        version=1,
        definition="Cost of the office a year, divided by the yearly loss that its activities are aimed at.",
        unit="share",
        value=value,
        low=cost.value / addressable.high if addressable.high else None,
        high=cost.value / addressable.low if addressable.low else None,
        n=addressable.n,
        missing=addressable.missing,
        as_at=addressable.as_at,
        basis=addressable.basis,
    )


def _shares(figures: Figures, bound: str) -> dict[str, Figure]:
    found = figures.groups(f"cause_share_{bound}", "original", by="cause")
    return {str(each.group): each for each in found if each.value is not None}
