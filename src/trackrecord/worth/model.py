"""What an office costs and could save: the model that `estimate` draws from.

All amounts are in major units of one currency, in today's prices; years count from the start (0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from trackrecord.worth.quantity import Certain, Numbers, PastLosses, Pert, Quantity

Kind = Literal["cashable", "non-cashable", "avoided risk"]
KINDS: Final[tuple[Kind, ...]] = ("cashable", "non-cashable", "avoided risk")

HOUSE_PRIOR: Final = Pert(0.0, 0.05, 0.20)
"""The share of a loss that an office takes away where it is adopted, as long as nothing was measured.

A house assumption, wide on purpose: no credible effect size of a PMO is known (methods.md 4)."""
HOUSE_PRIOR_SAYS: Final = (
    "house assumption, wide on purpose; replace it by your own measured effect"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What takes a share of a loss away where it is adopted.  says: where the share comes from."""

    name: str
    share: Quantity = HOUSE_PRIOR
    says: str = HOUSE_PRIOR_SAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A loss that comes again each year, and what takes from it; effects on one loss overlap.

    a_year: the yearly loss.  haircut: share (0-1) of it that would have gone by itself (regression to
    the mean).  volume: per year, planned spend against the past's.  realisation: share of what is saved
    that is really released.
    """

    cause: str
    a_year: Quantity
    effects: tuple[Effect, ...]
    kind: Kind = "cashable"
    haircut: float = 0.0
    volume: tuple[float, ...] = (1.0,)
    realisation: float = 1.0

    def volume_in(self, year: int) -> float:
        """The volume of a year counted from 1; the last one given holds on."""
        return self.volume[min(year, len(self.volume)) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """Which share of the projects uses it in each year: declared, or on an S-curve."""

    limit: Quantity = field(default_factory=lambda: Certain(1.0))
    by_year: tuple[float, ...] = ()
    midpoint: float = 1.0  # years
    steepness: float = 2.0

    def shape(self, year: int) -> float:
        """The share of the limit that is reached in a year counted from 1."""
        if self.by_year:
            return self.by_year[min(year, len(self.by_year)) - 1]
        return float(1 / (1 + np.exp(-self.steepness * (year - self.midpoint))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The full cost.  setup: once, at the start.  run: a year.  hours: a year, asked of others, at a
    rate an hour."""

    setup: Quantity = field(default_factory=lambda: Certain(0.0))
    run: Quantity = field(default_factory=lambda: Certain(0.0))
    hours: Quantity = field(default_factory=lambda: Certain(0.0))
    rate: Quantity = field(default_factory=lambda: Certain(0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything that an estimate rests on.

    years: how long it is looked at.  discount_rate: real, a year.  correlation: of effects with
    adoption (Gaussian copula).  seed: of the draws.
    """

    currency: str
    cost: Cost
    losses: tuple[Loss, ...]
    adoption: Adoption = field(default_factory=Adoption)
    years: int = 5
    discount_rate: float = 0.035
    correlation: float = 0.3
    draws: int = 20_000
    seed: int = 0

    @property
    def inputs(self) -> dict[str, Quantity]:
        """Every input by a name a reader knows it by."""
        named: dict[str, Quantity] = {
            "set-up cost": self.cost.setup,
            "running cost a year": self.cost.run,
            "hours asked of others a year": self.cost.hours,
            "cost of an hour": self.cost.rate,
            "adoption": self.adoption.limit,
        }
        for loss in self.losses:
            named[f"yearly loss: {loss.cause}"] = loss.a_year
            for effect in loss.effects:
                named[f"effect: {effect.name} on {loss.cause}"] = effect.share
        return named

    def capped(self) -> Model:
        """With what each past project lost capped at the 95th percentile."""
        from dataclasses import replace

        losses = tuple(
            replace(loss, a_year=loss.a_year.capped())
            if isinstance(loss.a_year, PastLosses)
            else loss
            for loss in self.losses
        )
        return replace(self, losses=losses)


def flows(model: Model, values: Mapping[str, Numbers], *, kind: Kind = "cashable") -> Numbers:
    """Benefit less cost of each year, draws x (years + 1), for values of the inputs."""
    yearly = (
        values["running cost a year"]
        + values["hours asked of others a year"] * values["cost of an hour"]
    )
    found = np.tile(-yearly, (model.years + 1, 1))
    found[0] = -values["set-up cost"]
    for year in range(1, model.years + 1):
        found[year] += benefit(model, values, year, kind=kind)
    return found.T


def benefit(
    model: Model, values: Mapping[str, Numbers], year: int, *, kind: Kind = "cashable"
) -> Numbers:
    """What is saved in a year, of losses of one kind; effects on one loss never save it twice."""
    adopted = np.clip(values["adoption"] * model.adoption.shape(year), 0, 1)
    found = np.zeros_like(adopted)
    for loss in model.losses:
        if loss.kind != kind:
            continue
        left = np.ones_like(adopted)
        for effect in loss.effects:
            left *= 1 - values[f"effect: {effect.name} on {loss.cause}"] * adopted
        avoidable = values[f"yearly loss: {loss.cause}"] * (1 - loss.haircut)
        found += avoidable * np.clip(1 - left, 0, 1) * loss.volume_in(year) * loss.realisation
    return found


def present_value(flow: Numbers, rate: float) -> Numbers:
    """The sum of flows (... x years + 1, from year 0) discounted at a yearly rate."""
    years = np.arange(flow.shape[-1])
    found: Numbers = (flow / (1 + rate) ** years).sum(axis=-1)
    return found


def payback(flow: Numbers) -> Numbers:
    """Years until the undiscounted sum of flows (... x years + 1) is back at 0 for good, linear within a
    year; 0 where it is never below, infinite where it ends below."""
    so_far = np.cumsum(flow, axis=-1)
    below = so_far < 0
    last = flow.shape[-1] - 1
    year = np.where(below.any(axis=-1), last + 1 - np.argmax(below[..., ::-1], axis=-1), 0)
    ends_below = year > last
    year = np.minimum(year, last)
    before = np.take_along_axis(so_far, np.maximum(year - 1, 0)[..., None], -1)[..., 0]
    within = np.take_along_axis(flow, year[..., None], -1)[..., 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(year > 0, year - 1 - before / within, 0.0)
    return np.where(ends_below, np.inf, found)
