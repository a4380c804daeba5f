"""`backing worth`: what the office costs, what it would have to save, and how likely that is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from trackrecord.worth import Spread, Worth, estimate, read

SIGNIFICANT_DIGITS = 12


def run(options: argparse.Namespace) -> int:
    """Print the estimate; returns the exit code."""
    found = estimate(read(options.file))
    if options.json:
        sys.stdout.write(json.dumps(_settled(_contract(found)), indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    return 0


def _contract(found: Worth) -> dict[str, Any]:
    """The JSON contract: money in major units, chances and shares as fractions."""
    return {
        "currency": found.currency,
        "cost_a_year": found.cost_a_year,
        "addressable_a_year": dict(found.addressable_a_year),
        "saved_a_year": dict(found.saved_a_year),
        "break_even_share": found.break_even_share,
        "break_even_effect": found.break_even_effect,
        "npv": _spread(found.capped),
        "npv_uncapped": _spread(found.uncapped),
        "tornado": [asdict(swing) for swing in found.swings],
        "assumptions": list(found.assumptions),
        "draws": found.draws,
        "seed": found.seed,
    }


def _spread(spread: Spread) -> dict[str, float]:
    return {
        "p10": spread.p10,
        "p50": spread.p50,
        "p90": spread.p90,
        "mean": spread.mean,
        "p50_error": spread.p50_error,
        "p_roi_positive": spread.pays,
        "p_roi_positive_error": spread.pays_error,
        "p_payback_24_months": spread.pays_soon,
        "expected_regret": spread.regret,
    }


def _settled(value: Any) -> Any:
    """Floats to as many digits as every machine agrees on."""
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS - 1}e}")
    if isinstance(value, dict):
        return {name: _settled(each) for name, each in value.items()}
    return [_settled(each) for each in value] if isinstance(value, list) else value


def _lines(found: Worth) -> Iterator[str]:
    def money(amount: float) -> str:
        return f"{found.currency} {amount:,.0f}"

    yield f"The office costs {money(found.cost_a_year)} a year, set-up and the time of others included."
    lost = found.addressable_a_year
    yield (
        f"Past losses it works on: {money(lost['cashable'])} a year that can be cashed, "
        f"{money(lost['non-cashable'])} that cannot, {money(lost['avoided risk'])} of avoided risk."
    )
    if found.break_even_share is None:
        yield "No loss that can be cashed is named, so nothing could pay for it."
    else:
        yield f"It breaks even at {found.break_even_share:.0%} of the cashable loss, every year."
    if found.break_even_effect is None:
        yield "Even if every effect took the whole loss away, it would not pay within the years given."
    else:
        yield f"With this adoption, every effect would have to be {found.break_even_effect:.1%}."
    yield ""
    yield from _of("Net present value, large losses capped", found.capped, money)
    yield from _of("Net present value, losses as they were", found.uncapped, money)
    if found.swings:
        yield "What it hangs on most (value at the input's 10th and 90th percentile):"
        yield from (
            f"  {swing.name}: {money(swing.low)} to {money(swing.high)}"
            for swing in found.swings[:5]
        )
        yield ""
    yield "It rests on:"
    yield from (f"  {assumption}" for assumption in found.assumptions)
    yield f"{found.draws:,} draws, seed {found.seed}. Cashable savings only; no return is claimed here."


def _of(title: str, spread: Spread, money: Callable[[float], str]) -> Iterator[str]:
    yield (
        f"{title}: {money(spread.p50)} (80% range {money(spread.p10)} to {money(spread.p90)}; "
        f"error of the draws {money(spread.p50_error)})."
    )
    yield (
        f"  It pays in {spread.pays:.0%} of the draws (error {spread.pays_error:.1%}), within two years "
        f"in {spread.pays_soon:.0%}; expected regret {money(spread.regret)}."
    )
    yield ""
