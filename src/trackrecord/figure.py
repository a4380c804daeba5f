"""A number that never travels alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from trackrecord.errors import EvidenceError

Direction = Literal["up_good", "down_good"]
Baseline = Literal["original", "current"]
Confidentiality = Literal["OPEN", "MGMT", "PMO", "RELATIONSHIP"]

SIGNIFICANT_DIGITS = 12


def settled(value: float | int) -> float | int:
    """The value as every engine must agree on it: integers as they are, floats to 12 digits.

    Float sums differ in their last digits with the order of addition; twelve significant digits
    are far more than any figure shows and far fewer than any engine disagrees on.
    """
    if isinstance(value, int):
        return value
    return float(f"{value:.{SIGNIFICANT_DIGITS - 1}e}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that is fit to be shown: with its range, its n, what is missing, and where from.

    measure, version: what was computed, by which definition ("cost_overrun_median", 1).
    value: None when undefined; `reason` then says why (methods.md 1.4).
    low, high, level: the interval in the unit of value, and its coverage; None for counts and sums.
    n: projects (or items) behind the value.  missing: how many more should have been, by reason.
    unit: "share", "days", "hours", "ratio", "projects", "items", or a currency code; money is in
    major units.
    direction: which way is good; None where neither is.
    baseline: which one the value is against; None where no baseline is involved.
    by, group: the column broken down by and the value of it; None for the overall figure.
    basis: the edition of the Record, or "the office as kept on <instant>".
    confirmed, corrected: how many of the n were confirmed or corrected by their owners.
    klass: the strictest confidentiality class of what it was made from.
    from_memory: whoever stated it remembers it; nothing was kept at the time.
    valid_until: the last day on which what it rests on may be relied on; None where none was said.
    """

    measure: str
    version: int
    definition: str
    unit: str
    direction: Direction | None = None
    value: float | int | None
    reason: str | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    n: int
    missing: Mapping[str, int] = field(default_factory=dict)
    baseline: Baseline | None = None
    by: str | None = None
    group: str | None = None
    as_at: date | None = None
    basis: str = ""
    confirmed: int = 0
    corrected: int = 0
    owner: str | None = None
    klass: Confidentiality = "MGMT"
    from_memory: bool = False
    valid_until: date | None = None

    def __post_init__(self) -> None:
        for name in ("value", "low", "high"):
            number = getattr(self, name)
            if number is not None:
                if number != number or number in (float("inf"), float("-inf")):
                    raise EvidenceError(f"{self.measure}: {name} is {number}; it must be undefined")
                object.__setattr__(self, name, settled(number))
        if self.value is None and not self.reason:
            raise EvidenceError(f"{self.measure}: an undefined figure must say why")
        if self.value is not None and self.low is not None and self.high is not None:
            if not self.low <= self.value <= self.high:
                raise EvidenceError(
                    f"{self.measure}: {self.value} lies outside [{self.low}, {self.high}]"
                )

    @property
    def missing_total(self) -> int:
        """How many values are missing, whatever the reason."""
        return sum(self.missing.values())

    @property
    def total(self) -> int:
        """n and missing together: the "of N" in "n of N"."""
        return self.n + self.missing_total
