"""What makes the values of a column groups to compare, and not words of their own."""

from __future__ import annotations

from typing import Final

MOST_GROUPS: Final = 60
# Words are all different, groups are not: with so many values each is of hardly more than one project.
_FEW: Final = 5
_ALL_DIFFERENT: Final = 0.8


def are_groups(values: int, rows: int) -> bool:
    """Whether so many different values, stated by so many projects (or items), are groups of them."""
    return values <= min(MOST_GROUPS, max(_FEW, _ALL_DIFFERENT * rows))
