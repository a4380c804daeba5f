"""The composition of a document: its canonical text, and the hash that its footer prints.

The composition is what was claimed and on what figures, before any renderer words or draws it.  Two
documents that say the same on the same figures have the same hash, on any machine and at any time.  A
person stands in it by id alone, so that erasing a name changes no hash.  `boardpaper.composed` reads it
back; it is JSON, so that keeping and reading it runs no code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final

from boardpaper.blocks import Diagram, Document
from boardpaper.claim import Claim, Person, strictest
from trackrecord.figure import Figure

# Goes up when a composition is written in another way; readers keep what they could read.
VERSION: Final = 1
# What came to be said later: where it says nothing it is left out, so older compositions keep their hash.
_LATER: Final[Mapping[type, frozenset[str]]] = {
    Diagram: frozenset({"whole_page", "slides"}),
    Figure: frozenset({"from_memory", "valid_until"}),
}


def composition(document: Document) -> bytes:
    """The document as canonical JSON: sorted names, no spaces, UTF-8."""
    return json.dumps(
        {"composition": VERSION, "document": _plain(document)},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode()


def composition_hash(document: Document) -> str:
    """The SHA-256 of the composition, in hexadecimal."""
    return hashlib.sha256(composition(document)).hexdigest()


def _plain(value: Any) -> Any:
    """A value as JSON knows it; what else it is, stands in its "is"."""
    if isinstance(value, Person):
        return {"is": "Person", "id": value.id}
    if isinstance(value, Claim):
        return {
            "is": "Claim",
            "text": value.text,
            "state": value.state,
            "slots": _plain(value.slots),
            # Only where the words are stricter than their figures: other compositions keep their hash.
            **(
                {}
                if value.klass == strictest(figure.klass for figure in value.figures)
                else {"klass": value.klass}
            ),
        }
    if isinstance(value, datetime):
        return {"is": "moment", "at": value.isoformat()}
    if isinstance(value, date):
        return {"is": "day", "on": value.isoformat()}
    if isinstance(value, Mapping):
        return {"is": "map", "of": {str(name): _plain(part) for name, part in value.items()}}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        later = _LATER.get(type(value), frozenset())
        parts = {name: part for name, part in parts.items() if part or name not in later}
        return {"is": type(value).__name__, **parts}
    return value
