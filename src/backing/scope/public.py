"""What other parts of the office may know of the scope: values, for a viewer."""

from __future__ import annotations

from backing.scope.addressable import break_even, cost_a_year
from backing.scope.burden_over_time import BurdenOverTime, burden_chart
from backing.scope.burden_over_time import of_a_project_manager as burden_over_time
from backing.scope.changing_hands import ChangingHands, Line, SideOf, hand_overs, hand_overs_of
from backing.scope.doubling import SameWork, same_work
from backing.scope.for_managers import ForManagers, Offer, for_a_manager, offers_against
from backing.scope.matrix import MATERIAL, CauseMatrix, cause_matrix
from backing.scope.told import (
    AskedFor,
    AskedOver,
    CharterInForce,
    Done,
    Item,
    Offered,
    Parts,
    activities,
    asked_over,
    asks,
    burden,
    burden_of_a_project_manager,
    charter,
    our_unit,
    parts,
    scope_items,
    services,
)

__all__ = [
    "MATERIAL",
    "AskedFor",
    "AskedOver",
    "BurdenOverTime",
    "CauseMatrix",
    "ChangingHands",
    "CharterInForce",
    "Done",
    "ForManagers",
    "Item",
    "Line",
    "Offer",
    "Offered",
    "Parts",
    "SameWork",
    "SideOf",
    "activities",
    "asked_over",
    "asks",
    "break_even",
    "burden",
    "burden_chart",
    "burden_of_a_project_manager",
    "burden_over_time",
    "cause_matrix",
    "charter",
    "cost_a_year",
    "for_a_manager",
    "hand_overs",
    "hand_overs_of",
    "offers_against",
    "our_unit",
    "parts",
    "same_work",
    "scope_items",
    "services",
]
