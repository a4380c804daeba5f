"""How long what is kept about people is kept, unless somebody sets another time (3.12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Final

from django.apps import apps
from django.db import transaction

from backing.people.advising import Office, Threshold
from backing.people.held import Due, offered

RULE: Final = "RULE-25"

HEARD: Final = Threshold(
    rule=RULE,
    name="days that what was heard is kept",
    default=730,
    unit="days",
    why="What somebody said two years ago no longer tells where they stand.",
    least=30,
)
LEFT: Final = Threshold(
    rule=RULE,
    name="days that notes are kept after somebody leaves the role",
    default=90,
    unit="days",
    why="Time enough to hand over; after that the notes serve nobody.",
    most=365,
)
LOGS: Final = Threshold(
    rule=RULE,
    name="days that the access log is kept",
    default=730,
    unit="days",
    why="As long as what it speaks of.",
    least=365,
)

LETTERS: Final = Threshold(
    rule=RULE,
    name="days that the words of a letter are kept after it left",
    default=90,
    unit="days",
    why="Long enough to look up what was said; the links in it have closed by then.",
    least=7,
    most=730,
)


def review_list(office: Office, today: date) -> list[Due]:
    """All whose time is over, the oldest first."""
    found: Iterator[Due] = (each for module in offered("due") for each in module.due(office, today))
    return sorted(found, key=lambda each: (each.since, each.key))


@transaction.atomic
def forget(chosen: list[Due], office: Office, today: date) -> int:
    """Take these out for good; gives how many records are gone."""
    return sum(
        import_module(f"{apps.get_app_config(each.app).name}.privacy").forget(each, office, today)
        for each in chosen
    )
