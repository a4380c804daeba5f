"""When each leader was met, and what was heard: two years, drawn from a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backing.demo.leaders import Leader

_KINDS: Final = ("one_to_one", "one_to_one", "meeting", "briefing")


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact, days ago.  heard: empty where nothing was noted."""

    ago: int
    kind: str
    heard: str = ""


def contacts(leader: Leader, seed: int) -> Iterator[Contact]:
    """From the first to the last; the last is one to one, and those declined come after."""
    met = leader.met
    if met is None:
        return
    draw = random.Random(f"{seed} {leader.name}")
    ago, count = met.since, 0
    while ago > met.last + met.every * 0.6:
        heard = leader.said[count // 2 % len(leader.said)] if leader.said and count % 2 else ""
        yield Contact(ago, draw.choice(_KINDS), heard)
        ago -= round(met.every * draw.uniform(0.7, 1.4))
        count += 1
    yield Contact(met.last, "one_to_one", leader.said[-1] if leader.said else "")
    yield from (Contact(day, "declined") for day in met.declined)
