"""What other parts of the office may know of cost and return: values, for a viewer."""

from __future__ import annotations

from datetime import date

from backing.people.models import Account
from backing.worth.costing import CostLine, FullCost
from backing.worth.gate import NotYet, Return, Valued
from backing.worth.standing import Standing, cost_figure, cost_of_a_year, standing
from backing.worth.stopping import Stops, stops
from trackrecord.figure import Figure

__all__ = [
    "CostLine",
    "FullCost",
    "NotYet",
    "Return",
    "Standing",
    "Stops",
    "Valued",
    "cost_a_year",
    "standing",
    "stops",
]


def cost_a_year(viewer: Account, *, today: date) -> Figure | None:
    """The full cost of the office a year; None while some of it is not recorded."""
    year = cost_of_a_year(viewer, today=today)
    return cost_figure(year) if year is not None and year.is_full else None
