"""What an engine handed back for one quantity and one group, ready for statistics."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[Any]  # int64 or float64

# Why a quantity is undefined; the place in the list is the code an engine hands back.
REASONS: Final = (
    "defined",
    "missing",
    "nonpositive_baseline",
    "nonpositive_duration",
    "unit_mismatch",
    "not_started",
    "scale_changed",
    "too_few",
)


class Sample:
    """The defined values of a quantity, in any order, and how many are missing, by reason.

    value, base, kind: one each for every project or item whose quantity is defined.
    confirmed, corrected: how many of these their owners confirmed or corrected.
    """

    def __init__(
        self,
        value: Numbers,
        base: Numbers | None = None,
        kind: NDArray[np.int8] | None = None,
        *,
        missing: Mapping[str, int],
        confirmed: int = 0,
        corrected: int = 0,
    ) -> None:
        self.confirmed, self.corrected = confirmed, corrected
        self.value, self._base, self._kind = value, base, kind
        self.missing = dict(missing)

    @property
    def base(self) -> Numbers:
        """What each value is set against."""
        assert self._base is not None, "this quantity is set against nothing"
        return self._base

    @property
    def kind(self) -> NDArray[np.int8]:
        """Which kind each value is of."""
        assert self._kind is not None, "this quantity has no kinds"
        return self._kind

    def part(self, rows: NDArray[np.bool_]) -> Sample:
        """The values of some rows; nothing is missing from a part."""
        base = None if self._base is None else self._base[rows]
        kind = None if self._kind is None else self._kind[rows]
        return Sample(self.value[rows], base, kind, missing={})

    @property
    def n(self) -> int:
        """How many values there are."""
        return int(self.value.size)

    @cached_property
    def ordered(self) -> Numbers:
        """The values, ascending."""
        ascending: Numbers = np.sort(self.value)
        return ascending

    @cached_property
    def ratios(self) -> NDArray[np.float64]:
        """value / base, ascending."""
        return np.sort(self.value / self.base)

    @property
    def reason(self) -> str:
        """Why nothing can be said where n is 0: the commonest reason, the first of equals."""
        return max(REASONS[1:], key=lambda reason: self.missing.get(reason, 0))
