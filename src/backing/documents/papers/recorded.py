"""What the office has recorded for its case: why it exists, what it will do, what should improve, what it costs.

A paper made from files alone knows none of it; one made in the office knows some.  Each part of the case
is composed from what is here, and says in a sentence what is still missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from boardpaper.blocks import Diagram
from trackrecord.figure import Figure

Kind = Literal["will", "wont", "not_yet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asked for the office, when and in what words.  problem: which one, in a sentence."""

    words: str
    said_by: str
    on: date
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """The decision that the case asks for.

    otherwise: what follows from no decision.  by: when it is needed; overdue: when it was, and was not taken.
    """

    question: str
    recommendation: str
    otherwise: str
    by: date | None
    of: tuple[str, ...]
    overdue: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing the office will do, won't do, or does not do yet.

    instead: who does what it won't, "" where nobody does.  since: from when, of what it does not do yet.
    """

    kind: Kind
    statement: str
    reason: str
    instead: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One cause and what is done about it.  wont: why nothing is, where that was decided."""

    cause: str
    share: Figure | None
    activities: tuple[str, ...]
    wont: str = ""

    @property
    def is_open(self) -> bool:
        """Nobody addresses it, and nobody has said why not."""
        return not self.activities and not self.wont


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Causes against activities.  addressed: the share of the loss that what we will do is aimed at.

    idle: activities that are aimed at no cause and at no goal.
    """

    causes: tuple[Covered, ...] = ()
    addressed: Figure | None = None
    idle: tuple[str, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether any cause has something against it."""
        return any(cause.activities for cause in self.causes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One improvement target.  baseline: None where none is fixed yet; now: None without a reading since."""

    measure: str
    baseline: Figure | None
    now: Figure | None
    target: Figure
    by: date
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A goal, and through which business change something the office does reaches it."""

    activity: str
    change: str
    owner: str
    goal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A day on which management looks again, and at what."""

    on: date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """All of it.  cost: of the office, a year.  addressable: the yearly loss that its work is aimed at.

    break_even: the share of that loss it would have to prevent.  stop_if: the exit test.
    """

    origin: Origin | None = None
    decision: ToDecide | None = None
    items: tuple[Item, ...] = ()
    matrix: Matrix = Matrix()
    targets: tuple[Target, ...] = ()
    lines: tuple[Line, ...] = ()
    line_of_sight: Diagram | None = None
    cost: Figure | None = None
    addressable: Figure | None = None
    break_even: Figure | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    stop_if: tuple[str, ...] = ()

    def figures(self) -> tuple[Figure, ...]:
        """The figures of the office's own records in it; the others are the Record's."""
        of_targets = (figure for each in self.targets for figure in (each.baseline, each.target))
        alone = (self.matrix.addressed, self.cost, self.addressable, self.break_even)
        return tuple(figure for figure in (*of_targets, *alone) if figure is not None)

    def of(self, *kinds: Kind) -> tuple[Item, ...]:
        """The items of these kinds, in their order."""
        return tuple(item for item in self.items if item.kind in kinds)


NOTHING: Final = Recorded()
