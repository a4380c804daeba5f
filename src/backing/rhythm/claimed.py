"""A registered improvement as other parts of the office may know it, and its effect as figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backing.rhythm.models import LoggedVerdict
from trackrecord.figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One registered improvement with the verdict said today, if the worker has looked."""

    pk: int
    measure_pk: int
    measure: str
    what_was_done: str
    start: date | None
    registered_on: date
    rival_causes: tuple[str, ...]
    contribution: str
    word: str
    claimable_on: date | None
    verdict: LoggedVerdict | None


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
