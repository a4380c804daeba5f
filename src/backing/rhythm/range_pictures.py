"""A verdict's range as a picture, for whoever reads a line sooner than two numbers (RULE-11).

It shows what the word rests on: whether the whole range lies on one side of no change, and whether it
reaches as far as was agreed to be worth having.
"""

from __future__ import annotations

from typing import Final

from backing.rhythm.models import LoggedVerdict
from backing.rhythm.told import moved, span
from boardpaper.chart import Axis, Chart, Mark, Scale, Series
from boardpaper.claim import Claim

_ROOM: Final = 0.15
_SCALES: Final[dict[str, Scale]] = {"ratio": "share", "share": "share", "days": "days"}


def range_picture(verdict: LoggedVerdict) -> Chart | None:
    """The effect with its range, and beside it what was agreed; None where there is no range."""
    said = verdict.content
    value, low, high, unit = (said[name] for name in ("value", "low", "high", "unit"))
    if value is None or low is None or high is None:
        return None
    lower_is_good = said["direction"] == "lower"
    wanted = said["agreed_effect"] * (-1 if lower_is_good else 1)
    seen = Mark(label="What was seen", x=value, low=low, high=high, note=moved(value, unit))
    agreed = Mark(label="Worth having", x=wanted, note=moved(wanted, unit))
    return Chart(
        kind="intervals",
        finding=Claim("What was seen, with its range"),
        series=(
            Series(name="", marks=(seen,)),
            Series(name="", marks=(agreed,), emphasis="muted"),
        ),
        axis=_axis([low, high, wanted, 0.0], _SCALES.get(unit, "count"), good_first=lower_is_good),
        caption=(
            "The dot is what was seen; the line is how far chance may have moved it. A line that crosses no "
            "change leaves both ways open. The grey dot is what was agreed to be worth having."
        ),
        alternative=f"What was seen is {moved(value, unit)}, {span(low, high, unit)}.",
    )


def _axis(points: list[float], scale: Scale, *, good_first: bool) -> Axis:
    first, last = min(points), max(points)
    room = _ROOM * ((last - first) or 1.0)
    low, high = first - room, last + room
    ways = ("better", "worse") if good_first else ("worse", "better")
    # At the ends, so that no line through the picture looks like a mark to be reached.
    ticks = ((low, f"← {ways[0]}"), (0.0, "no change"), (high, f"{ways[1]} →"))
    return Axis(scale=scale, low=low, high=high, ticks=ticks, reference=0.0)
