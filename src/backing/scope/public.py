"""What other parts of the office may know of the scope: values, for a viewer.

The matrix of causes and activities is in `matrix.py`; what it says in money is read from there.
"""

from __future__ import annotations

from backing.scope.changing_hands import ChangingHands, Line, SideOf, hand_overs
from backing.scope.doubling import SameWork, same_work
from backing.scope.told import (
    AskedFor,
    CharterInForce,
    Done,
    Item,
    Offered,
    Parts,
    activities,
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
    "AskedFor",
    "ChangingHands",
    "CharterInForce",
    "Done",
    "Item",
    "Line",
    "Offered",
    "Parts",
    "SameWork",
    "SideOf",
    "activities",
    "asks",
    "burden",
    "burden_of_a_project_manager",
    "charter",
    "hand_overs",
    "our_unit",
    "parts",
    "same_work",
    "scope_items",
    "services",
]
