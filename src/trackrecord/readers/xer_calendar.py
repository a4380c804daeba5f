"""How long a working day is, from Primavera's nested calendar text.

A calendar is a tree written as `(0||name(attributes)(children))`; its `DaysOfWeek` holds days 1
(Sunday) to 7, and each day its spells of work, `s|08:00|f|12:00` in either order.  Exceptions and
shifts are not needed for a typical day and are walked over.
"""

from __future__ import annotations

import re
from typing import Final

_BLANKS: Final = re.compile(r"[\s\x7f]+")
_NODE: Final = re.compile(r"\(\d*\|\|([^()|]*)\(([^()]*)\)\(|(\)\))")
_SPELL: Final = re.compile(
    r"^(?:s\|(?P<s1>\d+:\d\d)\|f\|(?P<f1>\d+:\d\d)|f\|(?P<f2>\d+:\d\d)\|s\|(?P<s2>\d+:\d\d))$"
)
_DAYS: Final = "DaysOfWeek"
# Where a spell of work stands: calendar, days of the week, day, spell.
_SPELL_DEPTH: Final = 4


def hours_per_day(text: str) -> float | None:
    """Mean hours of the days of the week that have work; None where no day has.

    Raises ValueError where the text is no whole calendar.
    """
    worked: dict[str, float] = {}
    path: list[str] = []
    text = _BLANKS.sub("", text)
    at = 0
    while at < len(text):
        node = _NODE.match(text, at)
        if node is None or (at and not path):
            raise ValueError(f"the calendar breaks off at character {at + 1}")
        at = node.end()
        if node[3]:
            path.pop()
            continue
        path.append(node[1])
        if len(path) == _SPELL_DEPTH and path[1] == _DAYS:
            worked[path[2]] = worked.get(path[2], 0.0) + _hours(node[2])
    if path:
        raise ValueError("the calendar ends before it is complete")
    working = [hours for hours in worked.values() if hours > 0]
    return sum(working) / len(working) if working else None


def _hours(spell: str) -> float:
    found = _SPELL.match(spell)
    if found is None:
        raise ValueError(f"{spell!r} is no spell of work")
    start, finish = (_clock(found[name + "1"] or found[name + "2"]) for name in ("s", "f"))
    # A spell to midnight is written as ending at 00:00.
    return finish - start if finish > start else finish + 24 - start


def _clock(text: str) -> float:
    hours, minutes = text.split(":")
    return int(hours) + int(minutes) / 60
