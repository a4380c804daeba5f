"""What other people's projects say, and what we will repeat of it.

The case rests on the organisation's own history.  No external statistic is built in (X10): a user
may add a `Benchmark`, and then it says who measured whom, when, and who brought it.  The one public
table here is the Green Book's guidance on optimism bias, which is a rule for adjusting an estimate,
not a claim about anyone's projects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from trackrecord.errors import EvidenceError, UnknownName

Aspect = Literal["duration", "capital", "operating"]


class BenchmarkError(EvidenceError):
    """A benchmark without its provenance, which would be a rumour with a decimal point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A statistic from outside, brought by a user, with everything a reader needs to doubt it.

    statement: what it says of which measure.  value, unit: as published.  source: who measured it
    and where it is published.  year: of publication.  population: whose projects, how many.
    reported_by: who brought it here.  Raises BenchmarkError where any of these is blank.
    """

    statement: str
    value: float
    unit: str
    source: str
    year: int
    population: str
    reported_by: str

    def __post_init__(self) -> None:
        for name in ("statement", "unit", "source", "population", "reported_by"):
            if not getattr(self, name).strip():
                raise BenchmarkError(
                    f"The benchmark {self.statement or self.source!r} has no {name.replace('_', ' ')}. "
                    "State it, or leave the benchmark out."
                )
        if not 1900 <= self.year <= 2200:
            raise BenchmarkError(f"The benchmark {self.statement!r} has no year of publication.")


class Bounds(NamedTuple):
    """Optimism bias as shares of the estimate: where to start (upper), and how far it may fall.

    Upper is no maximum and lower no minimum: projects lay beyond both.
    """

    upper: float
    lower: float


# Mott MacDonald (2002), Review of Large Public Procurement in the UK: 50 projects over GBP 40m;
# HM Treasury supplementary Green Book guidance, table 1.  Duration is that of the works.
GREEN_BOOK: Final[Mapping[str, Mapping[Aspect, Bounds]]] = {
    "non-standard buildings": {"duration": Bounds(0.39, 0.02), "capital": Bounds(0.51, 0.04)},
    "standard buildings": {"duration": Bounds(0.04, 0.01), "capital": Bounds(0.24, 0.02)},
    "non-standard civil engineering": {
        "duration": Bounds(0.25, 0.03),
        "capital": Bounds(0.66, 0.06),
    },
    "standard civil engineering": {"duration": Bounds(0.20, 0.01), "capital": Bounds(0.44, 0.03)},
    "equipment and development": {"duration": Bounds(0.54, 0.10), "capital": Bounds(2.00, 0.10)},
    "outsourcing": {"operating": Bounds(0.41, 0.00)},
}


def optimism_bias(shares: Mapping[str, float], aspect: Aspect) -> Bounds:
    """The Green Book's bounds for a project of one or several asset types, weighted by share.

    shares: asset type (a name in GREEN_BOOK) to its share of the project; they sum to 1.
    Raises UnknownName for another type, EvidenceError for other sums or a type without that aspect.
    """
    if not shares or min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > 1e-9:
        raise EvidenceError("The shares of a project's asset types must sum to 1.")
    for asset in shares:
        if asset not in GREEN_BOOK:
            raise UnknownName(kind="asset type", name=asset, known=list(GREEN_BOOK))
        if aspect not in GREEN_BOOK[asset]:
            raise EvidenceError(
                f"The Green Book states no {aspect} bias for {asset}. Leave it out."
            )
    bounds = [(share, GREEN_BOOK[asset][aspect]) for asset, share in shares.items()]
    return Bounds(
        sum(share * bound.upper for share, bound in bounds),
        sum(share * bound.lower for share, bound in bounds),
    )


def mitigated(upper: float, mitigation: float) -> float:
    """What remains of an upper bound once a share of its contributory factors is managed.

    `upper x (1 - mitigation)`, as in the published worked example; not a walk from upper to lower.
    """
    if not 0 <= mitigation <= 1:
        raise EvidenceError(f"A mitigation of {mitigation} is not a share. Give one from 0 to 1.")
    return upper * (1 - mitigation)
