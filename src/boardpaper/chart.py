"""A Chart as a value: what to draw, never how.

Three drawers read it (boardpaper.render): SVG for page and PDF (x in per cent, y in pixels, so text
stays readable and dots stay round at any width), a native chart for the deck (in the template's
theme colours, with its data), and a table for screen readers and CSV.

Axis positions are plain floats in the unit of the axis: shares are fractions (0.18 is worded
"+18%"), days are days, money is in major units, dates are ordinals (`date.toordinal`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from boardpaper.claim import Claim

Kind = Literal["dots", "intervals", "pareto", "funnel", "run", "xmr", "bars"]
Scale = Literal["share", "days", "money", "count", "ratio", "date"]
Emphasis = Literal["accent", "muted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing drawn: a project's dot, a bar, a unit's row, a month's point.

    label: direct label or row name, "" for none.  x: position on the value axis.
    y: second axis where the chart has one (the y of a run or XmR chart), else None.
    low, high: an interval drawn with the mark, or None.
    note: words printed at the mark ("+18%, range 11 to 23"), "" for none.
    source: file and row it came from, for "says who?", "" for none.
    n: how many projects or items stand behind it, where that matters (funnel, bars).
    """

    x: float
    y: float | None = None
    label: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""
    source: str = ""
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Marks that belong together and are named once, beside them, never in a legend box.

    summary: the mark of their median or total, drawn as a bar with a tick, or None.
    """

    name: str
    marks: tuple[Mark, ...]
    detail: str = ""
    summary: Mark | None = None
    emphasis: Emphasis = "accent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The value axis.  ticks: (position, words); reference: the rule for "as approved", or None.

    low, high: the ends drawn; marks beyond them stand at the end and are labelled with their value.
    """

    scale: Scale
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    reference: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with a finding.

    finding: the title, a claim.  series: what is drawn.  axis: the value axis; second_axis: the other
    one, where the kind has two (run, xmr, funnel: time or size along, value up).
    caption: how to read it, one or two sentences (what a dot is, what the bar is, what is missing).
    alternative: the finding in words for those who cannot see the picture.
    limits: named horizontal or vertical lines (XmR limits, funnel limits): (words, position).
    """

    kind: Kind
    finding: Claim
    series: tuple[Series, ...]
    axis: Axis
    alternative: str
    caption: str = ""
    second_axis: Axis | None = None
    limits: tuple[tuple[str, float], ...] = ()
