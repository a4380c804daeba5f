"""Which column of a list of activities means what, guessed from its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# By field, what it is called on the page, and headers it goes by; the first that fits is taken.
FIELDS: Final = {
    "name": (
        "Activity",
        r"(activity|task|process|service|function|duty|work)( ?(name|title|description))?|what( we do)?|name|title",
    ),
    "unit": (
        "Unit",
        r"(org(anisation(al)?)? ?)?(unit|department|dept|division|team|owner)( name)?",
    ),
    "code": ("Kind of work", r"(kind|type|category)( of work)?|code|taxonomy"),
    "hours": ("Hours a month", r"hours?( (a|per) month)?|effort|h ?/? ?month|monthly hours"),
    "from": ("First day", r"(valid )?(from|since)|start( ?date)?|begins?|first day"),
    "to": ("Last day", r"(valid )?(to|until)|end( ?date)?|ends?|last day"),
}


def label(field: str) -> str:
    return FIELDS[field][0]


def guess(header: Sequence[str]) -> dict[str, int]:
    """By field, the place of its column; a column means one thing only."""
    said = [" ".join(re.sub(r"[^a-z0-9/-]+", " ", each.lower()).split()) for each in header]
    found: dict[str, int] = {}
    for name, (_, pattern) in FIELDS.items():
        for place, words in enumerate(said):
            if place not in found.values() and re.fullmatch(pattern, words):
                found[name] = place
                break
    return found
