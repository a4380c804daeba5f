"""Which column of a list means what: guessed from its header, or said by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

# By field, what it is called on the page, and headers it goes by.
Fields = Mapping[str, tuple[str, str]]


def guess(header: Sequence[str], fields: Fields) -> dict[str, int]:
    """By field, the place of its column; the first that fits is taken, and a column means one thing only."""
    said = [_plain(each) for each in header]
    found: dict[str, int] = {}
    for name, (_, pattern) in fields.items():
        for place, words in enumerate(said):
            if place not in found.values() and re.fullmatch(pattern, words):
                found[name] = place
                break
    return found


def chosen(data: Any, fields: Fields, header: Sequence[str]) -> dict[str, int]:
    """By field, the place of its column as a posted form says; what is no place is left out."""
    return {
        field: int(said)
        for field in fields
        if (said := data.get(f"column-{field}", "")).isdigit() and int(said) < len(header)
    }


def shown(fields: Fields, places: Mapping[str, int]) -> list[tuple[str, str, int | None]]:
    """Each field with what it is called and where it stands, for the page."""
    return [(field, label, places.get(field)) for field, (label, _) in fields.items()]


def _plain(header: str) -> str:
    """A header as words: "parentId" and "Parent_ID" are both "parent id"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[^a-z0-9-]+", " ", apart.lower()).split())
