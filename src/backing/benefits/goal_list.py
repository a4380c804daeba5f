"""What the rows of a list of goals say, taking them in, and undoing that.

The cells are read as those of a list of people are (people.rosters.cells).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from backing.benefits.models import GoalList, Sight, StrategyGoal
from backing.people.named import SeveralOfThatName, person_named

LONGEST: Final = 120
# By field, what it is called on the page, and headers it goes by; the first that fits is taken.
FIELDS: Final = {
    "name": (
        "Goal",
        r"(strategic )?(goal|objective|aim|priority|target)( ?(name|title))?|name|title",
    ),
    "owner": ("Owner", r"(goal )?owner|leader|sponsor|responsible|accountable"),
    "wanted": ("How much, by when", r"wanted|measure( of success)?|kpi|how much.*|value|success"),
    "period": ("Period", r"period|year|horizon|by when|due"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row.  leaves_out: why it gives no new goal; "" where it does."""

    row: int
    name: str
    owner: str = ""
    wanted: str = ""
    period: str = ""
    leaves_out: str = ""
    problem: str = ""


def understand(found: GoalList) -> tuple[Line, ...]:
    """Every row, in the order of the file."""
    known = {goal.name.casefold() for goal in StrategyGoal.objects.all()}
    seen: dict[str, int] = {}
    lines = []
    for row, cells in found.rows:
        said = {
            name: " ".join(cells[place].split()) if place < len(cells) else ""
            for name, place in found.columns.items()
        }
        name = said.get("name", "")
        short = name[:LONGEST].rstrip()
        leaves_out = ""
        if not name:
            leaves_out = "No goal is named."
        elif short.casefold() in known:
            leaves_out = "It is a goal here already."
        elif short.casefold() in seen:
            leaves_out = f"Row {seen[short.casefold()]} says the same."
        else:
            seen[short.casefold()] = row
        lines.append(
            Line(
                row=row,
                name=short,
                owner=said.get("owner", "")[:120],
                wanted=said.get("wanted", "")[:80],
                period=said.get("period", "")[:40],
                leaves_out=leaves_out,
                problem=f"The name is cut to {LONGEST} characters." if short != name else "",
            )
        )
    return tuple(lines)


@transaction.atomic
def take_in(found: GoalList, *, now: datetime) -> int:
    """Make of every row that counts a goal; gives how many.  Its cells are not kept any longer."""
    locked = GoalList.objects.select_for_update().get(pk=found.pk)
    if locked.taken_at is not None:
        return 0
    on = timezone.localdate(now)
    Sight.hold(on=on)
    for line in understand(locked):
        if line.leaves_out:
            continue
        goal = StrategyGoal(
            name=line.name,
            wanted=line.wanted,
            period=line.period,
            source=locked.source,
            noted_on=on,
        )
        try:
            goal.owner = person_named(line.owner) if line.owner else None
        except SeveralOfThatName:
            goal.owner = None  # left for somebody to choose
        goal.save()
        locked.made.append(goal.pk)
    locked.taken_at, locked.rows = now, []
    locked.save()
    return len(locked.made)


@transaction.atomic
def undo(found: GoalList, *, now: datetime) -> tuple[int, int]:
    """Take its goals out again but those with a link or a change since; gives how many went and stayed."""
    locked = GoalList.objects.select_for_update().get(pk=found.pk)
    if locked.taken_at is None or locked.undone_at is not None:
        return 0, 0
    gone = kept = 0
    for goal in StrategyGoal.objects.filter(pk__in=locked.made):
        if goal.comes_from.exists() or goal.history.filter(history_type="~").exists():
            kept += 1
        else:
            goal.delete()
            gone += 1
    locked.undone_at, locked.made = now, []
    locked.save()
    return gone, kept
