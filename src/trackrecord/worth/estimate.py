"""What an office would have to save to pay for itself, and how likely that is (methods.md 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from trackrecord.errors import EvidenceError
from trackrecord.worth.model import KINDS, Kind, Model, benefit, flows, payback, present_value
from trackrecord.worth.quantity import MOST_RESAMPLED, Numbers, PastLosses, resampled

SOON: Final = 2.0  # years
_BATCHES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """What one input does to the net present value, the others at their middle.

    low, high: the value at its 10th and its 90th percentile.  rank_correlation: with the value, over all draws.
    """

    name: str
    low: float
    high: float
    rank_correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The net present value over all draws: percentiles, mean, and chances (0-1) with the error of the
    draws themselves (one standard error)."""

    p10: float
    p50: float
    p90: float
    mean: float
    p50_error: float
    pays: float
    pays_error: float
    pays_soon: float
    regret: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The answer, in major units of `currency`.

    cost_a_year: full, set-up spread over the years.  addressable_a_year: by kind, after the haircut.
    break_even_share: the share of the cashable loss that must be saved each year; None where no loss is known.
    break_even_effect: the smallest effect, the same for all, at which the value is 0; None where none is.
    capped, uncapped: with each past project's loss capped at the 95th percentile, and as it was.
    saved_a_year: by kind, in the last year, at the middle of every input.
    """

    currency: str
    cost_a_year: float
    addressable_a_year: Mapping[Kind, float]
    break_even_share: float | None
    break_even_effect: float | None
    capped: Spread
    uncapped: Spread
    swings: tuple[Swing, ...]
    saved_a_year: Mapping[Kind, float]
    assumptions: tuple[str, ...]
    draws: int
    seed: int


def estimate(model: Model) -> Worth:
    """Works the model out.  The headline counts cashable savings only.

    Raises EvidenceError for a model that names no cost: there is nothing to pay for.
    """
    capped = model.capped()
    middle = _at(capped, 0.5)
    yearly = _cost_a_year(capped, middle)
    if yearly <= 0:
        raise EvidenceError("The model names no cost. Give `run`, `setup` or `hours` under [cost].")
    addressable = {kind: _addressable(capped, middle, kind) for kind in KINDS}
    values, as_it_was = _drawn(capped, model)
    flow = flows(capped, values)
    spread = _spread(capped, flow)
    return Worth(
        currency=model.currency,
        cost_a_year=yearly,
        addressable_a_year=addressable,
        break_even_share=yearly / addressable["cashable"] if addressable["cashable"] else None,
        break_even_effect=_break_even_effect(capped, middle),
        capped=spread,
        uncapped=_spread(model, flows(model, as_it_was)) if model != capped else spread,
        swings=_swings(capped, middle, values, present_value(flow, capped.discount_rate)),
        saved_a_year={
            kind: float(benefit(capped, middle, model.years, kind=kind)[0]) for kind in KINDS
        },
        assumptions=tuple(
            f"{effect.name} on {loss.cause}: {effect.says}"
            for loss in model.losses
            for effect in loss.effects
        ),
        draws=model.draws,
        seed=model.seed,
    )


def _at(model: Model, share: float) -> dict[str, Numbers]:
    """Every input at one percentile."""
    return {name: quantity.at(np.array([share])) for name, quantity in model.inputs.items()}


def _drawn(capped: Model, model: Model) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    """Draws of every input of both; effects go with adoption, through a Gaussian copula.

    The two differ in what past projects lost, so all else is drawn once.
    """
    from scipy.special import ndtr

    # A stream for each input, so that another input, or a cap, does not change its draws.
    streams = {
        name: np.random.default_rng([model.seed, number])
        for number, name in enumerate(model.inputs)
    }
    adopted = streams["adoption"].standard_normal(model.draws)
    alone = np.sqrt(1 - model.correlation**2)
    found, as_it_was = dict[str, Numbers](), dict[str, Numbers]()
    uncapped = model.inputs
    for name, quantity in capped.inputs.items():
        other = uncapped[name]
        if isinstance(quantity, PastLosses) and isinstance(other, PastLosses):
            if len(quantity.losses) <= MOST_RESAMPLED:
                both = resampled((quantity, other), streams[name], model.draws)
                found[name], as_it_was[name] = both
                continue
        normal = adopted if name == "adoption" else streams[name].standard_normal(model.draws)
        if name.startswith("effect: "):
            normal = model.correlation * adopted + alone * normal
        share = ndtr(normal)
        found[name] = quantity.at(share)
        as_it_was[name] = found[name] if other is quantity else other.at(share)
    return found, as_it_was


def _cost_a_year(model: Model, values: Mapping[str, Numbers]) -> float:
    run = values["running cost a year"] + (
        values["hours asked of others a year"] * values["cost of an hour"]
    )
    return float(run[0] + values["set-up cost"][0] / model.years)


def _addressable(model: Model, values: Mapping[str, Numbers], kind: Kind) -> float:
    return float(
        sum(
            values[f"yearly loss: {loss.cause}"][0] * (1 - loss.haircut)
            for loss in model.losses
            if loss.kind == kind
        )
    )


def _break_even_effect(model: Model, middle: Mapping[str, Numbers]) -> float | None:
    from scipy.optimize import brentq

    def value(share: float) -> float:
        alike = {
            name: np.array([share]) if name.startswith("effect: ") else at
            for name, at in middle.items()
        }
        return float(present_value(flows(model, alike), model.discount_rate)[0])

    if value(1.0) < 0:
        return None
    return float(brentq(value, 0.0, 1.0, xtol=1e-12))


def _spread(model: Model, flow: Numbers) -> Spread:
    value = present_value(flow, model.discount_rate)
    p10, p50, p90 = (float(each) for each in np.quantile(value, (0.1, 0.5, 0.9)))
    pays = float((value > 0).mean())
    middles = [float(np.median(batch)) for batch in np.array_split(value, _BATCHES)]
    return Spread(
        p10=p10,
        p50=p50,
        p90=p90,
        mean=float(value.mean()),
        p50_error=float(np.std(middles, ddof=1) / np.sqrt(_BATCHES)),
        pays=pays,
        pays_error=float(np.sqrt(pays * (1 - pays) / len(value))),
        pays_soon=float((payback(flow) <= SOON).mean()),
        regret=float(np.maximum(0, -value).mean()),
    )


def _swings(
    model: Model, middle: Mapping[str, Numbers], values: Mapping[str, Numbers], drawn: Numbers
) -> tuple[Swing, ...]:
    """The widest first.  drawn: the present value of each draw."""
    ranks = _ranks(drawn)
    swings = []
    for name, quantity in model.inputs.items():
        if quantity.is_certain:
            continue
        ends = [
            float(present_value(flows(model, {**middle, name: at}), model.discount_rate)[0])
            for at in (quantity.at(np.array([0.1])), quantity.at(np.array([0.9])))
        ]
        swings.append(
            Swing(
                name=name,
                low=ends[0],
                high=ends[1],
                rank_correlation=float(np.corrcoef(_ranks(values[name]), ranks)[0, 1]),
            )
        )
    return tuple(sorted(swings, key=lambda swing: (-abs(swing.high - swing.low), swing.name)))


def _ranks(values: Numbers) -> Numbers:
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return ranks
