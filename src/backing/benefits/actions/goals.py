"""Writing down the goals that others have set."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import transaction

from backing.benefits.models import Sight, StrategyGoal

_BULLET: Final = re.compile(r"^\s*(?:[-–—•*·▪●]|\(?\d{1,2}[.)]|[a-z][.)])\s*")
_SHORTEST: Final = 8  # letters; less is a page number or a stray word
LONGEST: Final = 120


def proposed_from(text: str) -> list[str]:
    """What may be goals on a page that was pasted: one a line, without bullets, each once."""
    lines = (" ".join(_BULLET.sub("", line).split()).rstrip(".;,") for line in text.splitlines())
    return list(dict.fromkeys(line[:LONGEST] for line in lines if len(line) >= _SHORTEST))


@transaction.atomic
def note_goals(names: Iterable[str], *, source: str, on: date) -> list[StrategyGoal]:
    """Goals as the document has them; gives those that are new."""
    Sight.hold(on=on)
    known = {goal.name.casefold() for goal in StrategyGoal.objects.all()}
    new = []
    for name in names:
        if name.casefold() not in known:
            known.add(name.casefold())
            new.append(StrategyGoal.objects.create(name=name, source=source, noted_on=on))
    return new
