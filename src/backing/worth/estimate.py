"""How likely it is that the office pays: drawn from what it costs, what is at stake, and the house assumption.

It is no return and no claim of one (methods.md 4): as long as nothing was measured, the effect is the house
assumption, wide on purpose, and the page says so.  It takes half a second, so it needs no worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from backing.worth.standing import Standing

if TYPE_CHECKING:
    from trackrecord.worth import Worth

YEARS: Final = 5
_OF_WHAT: Final = "what the office is aimed at"
# Names of `trackrecord.worth`, as a reader of the page knows them.
_INPUTS: Final = {
    f"yearly loss: {_OF_WHAT}": "The yearly loss that its work is aimed at",
    f"effect: the office on {_OF_WHAT}": "The share of that loss that it takes away",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """worth: the answer, in major units.  swings: by input, in words, what it does to the value."""

    worth: Worth
    swings: tuple[tuple[str, float, float], ...]


def estimated(found: Standing) -> Estimate | None:
    """None while cost or value at stake is not known, or they are in two currencies."""
    cost, stake = found.cost, found.at_stake
    if cost is None or not cost.value or stake is None or not stake.value:
        return None
    if cost.unit != stake.unit:
        return None
    value = float(stake.value)
    low, high = (value if end is None else float(end) for end in (stake.low, stake.high))
    worth = _estimated(found.currency, float(cost.value), (low, value, high))
    return Estimate(
        worth=worth,
        swings=tuple(
            (_INPUTS.get(each.name, each.name), each.low, each.high) for each in worth.swings
        ),
    )


@lru_cache(maxsize=4)
def _estimated(currency: str, cost: float, loss: tuple[float, float, float]) -> Worth:
    from trackrecord.worth import Adoption, Certain, Cost, Effect, Loss, Model, Pert, estimate

    return estimate(
        Model(
            currency=currency,
            cost=Cost(run=Certain(cost)),
            losses=(
                Loss(cause=_OF_WHAT, a_year=Pert(*loss), effects=(Effect(name="the office"),)),
            ),
            adoption=Adoption(by_year=(1.0,)),
            years=YEARS,
        )
    )
