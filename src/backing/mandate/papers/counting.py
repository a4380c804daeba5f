"""Counts of the office's own records, as the review states them."""

from __future__ import annotations

from trackrecord.figure import Figure


def count(name: str, value: int, unit: str) -> Figure:
    """name: what was counted, in a few words."""
    return Figure(
        measure=f"review_{name.replace(' ', '_')}",
        version=1,
        definition=f"Counted for this review in the office’s records: {name}.",
        unit=unit,
        value=value,
        n=value,
        basis="the office as kept",
    )
