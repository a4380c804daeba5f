"""Who stands under whom, as a list says it: posts, whether or not anybody's name stands at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Chart:
    """above: by row number the row it reports to, None where it names none or nobody that is there.

    unknown: rows that name somebody who is not on the list.
    """

    above: Mapping[int, int | None]
    unknown: frozenset[int]

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """Rows that report to nobody."""
        return tuple(
            row for row, above in self.above.items() if above is None and row not in self.unknown
        )

    @cached_property
    def orphans(self) -> tuple[int, ...]:
        """Rows whose superior is not on the list, and rows that run in a ring."""
        return tuple(
            row
            for row in self.above
            if row in self.unknown or (self.path(row)[-1] == row and self.above[row])
        )

    @cached_property
    def spans(self) -> Counter[int]:
        """How many report to each row that anybody reports to."""
        return Counter(above for above in self.above.values() if above is not None)

    def path(self, row: int) -> list[int]:
        """The rows above one, nearest first, from itself; ends at a root, or where a ring closes."""
        found = [row]
        above = self.above[row]
        while above is not None and above not in found:
            found.append(above)
            above = self.above[above]
        return [*found, above] if above is not None else found

    @cached_property
    def depth(self) -> int:
        """How many levels there are."""
        return max((len(self.path(row)) for row in self.above), default=0)
