"""What a formula answers when there is no number: a reason, never 0, infinity or NaN.

Undefined is not zero (methods.md 1.4): it leaves sums and means, and is counted beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal[
    "missing",
    "not_started",
    "nonpositive_baseline",
    "nonpositive_duration",
    "unit_mismatch",
    "price_base_mismatch",
    "withheld",
    "scale_changed",
    "budget_exhausted",
    "too_few",
]


@dataclass(frozen=True, slots=True)
class Undefined:
    """No number, and why."""

    reason: Reason


Defined: TypeAlias = float | Undefined
