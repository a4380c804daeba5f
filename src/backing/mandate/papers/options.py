"""Continue, change, shrink or stop: what follows from each, what it costs, and who does what (D8)."""

from __future__ import annotations

from decimal import Decimal

from backing.mandate.papers.arguments import Facts
from backing.people.models import Account
from backing.scope import public as scope
from backing.worth.public import Stops
from boardpaper.blocks import Cell
from boardpaper.claim import Claim
from trackrecord.figure import Figure


def options(viewer: Account, facts: Facts) -> tuple[tuple[Cell, ...], ...]:
    """Four rows: the option, what follows, its cost a year, and who takes which activity."""
    matrix = scope.cause_matrix(viewer)
    cost: Cell = facts.worth.cost or "not recorded"
    kept = [each for each in facts.stops if each.for_whom or each.required]
    let_go = [each for each in facts.stops if each not in kept]
    required = [each for each in facts.stops if each.required]
    return (
        (
            "Continue",
            "All goes on as it is, with what failed as well.",
            cost,
            "As today.",
        ),
        (
            "Change",
            f"The scope is chosen anew. {_unaddressed(matrix)}",
            cost,
            f"Idle today: {_named([each.name for each in matrix.idle])}.",
        ),
        (
            "Shrink",
            f"It keeps what somebody is named for or a rule requires: {_names(kept)}.",
            _smaller(facts, kept),
            f"Ends or goes elsewhere: {_names(let_go)}.",
        ),
        (
            "Stop",
            f"This ends: {_names([each for each in facts.stops if not each.required])}.",
            Claim("Nothing, in time"),
            f"{_names(required)}: nobody is named yet."
            if required
            else "Nobody has to take anything.",
        ),
    )


def _unaddressed(matrix: scope.CauseMatrix) -> str:
    """What nobody works on, as far as causes are known at all."""
    if not matrix.is_grounded:
        return "Which causes cost the most is not known yet."
    if not matrix.open_causes:
        return "Every cause that is known has somebody working on it today."
    return f"Nobody works on {_named([row.cause for row in matrix.open_causes])}."


def _smaller(facts: Facts, kept: list[Stops]) -> Cell:
    """The cost by the hours of what is kept; words where hours or cost are not known."""
    cost = facts.worth.cost
    hours = sum((each.hours for each in facts.stops), Decimal(0))
    if cost is None or cost.value is None or not hours:
        return "not known: hours or cost are not recorded"
    share = sum((each.hours for each in kept), Decimal(0)) / hours
    return Figure(
        measure="office_cost_a_year",
        version=2,
        definition="Cost of the office a year, times the share of its hours that go into what it would keep.",
        unit=cost.unit,
        direction="down_good",
        value=round(float(cost.value) * float(share), 2),
        n=len(kept),
        basis=cost.basis,
    )


def _names(things: list[Stops]) -> str:
    return _named([each.what for each in things])


def _named(names: list[str]) -> str:
    """The first few, and how many more."""
    few, more = names[:_FEW], len(names) - _FEW
    said = ", ".join(few) or "nothing"
    return f"{said} and {more} more" if more > 0 else said


_FEW = 3
