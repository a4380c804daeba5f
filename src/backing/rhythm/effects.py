"""An effect as a figure, for a table of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trackrecord.figure import Figure

if TYPE_CHECKING:
    from backing.rhythm.public import Claimed


def effect_of(claim: Claimed) -> tuple[Figure | str, Figure | str]:
    """The effect and its range, as the two cells of a row; words where there is none."""
    if claim.verdict is None:
        return "not known", ""
    said = claim.verdict.content
    if said["value"] is None:
        return "not known", ""
    unit, scale = said["unit"], 1.0
    if unit == "ratio":
        unit = "share"
    elif unit == "share":
        unit, scale = "percentage points", 100.0
    ends = [None if said[end] is None else said[end] * scale for end in ("low", "high")]
    figure = Figure(
        measure="effect",
        version=1,
        definition=f"{claim.measure}: after the start against before, of “{claim.what_was_done}”.",
        unit=unit,
        direction="up_good" if said["direction"] == "higher" else "down_good",
        value=said["value"] * scale,
        low=ends[0],
        high=ends[1],
        level=said["level"] if ends[0] is not None else None,
        n=said["n_before"] + said["n_after"],
        by="improvement",
        group=claim.what_was_done,
        as_at=claim.verdict.as_at,
        basis=claim.verdict.basis,
    )
    return figure, figure
