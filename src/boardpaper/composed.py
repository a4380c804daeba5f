"""Reads a composition back into the document it was written from.

The other half of `boardpaper.composition`.  Only what a document is made of is ever built: a name that is
none of these is refused, so a composition that somebody altered can do no more than fail.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from boardpaper import blocks, chart
from boardpaper.claim import Claim, Name, Person
from boardpaper.composition import VERSION
from trackrecord.errors import EvidenceError
from trackrecord.figure import Figure

_PARTS: Final[dict[str, Callable[..., Any]]] = {
    part.__name__: part
    for part in (
        blocks.Ask,
        blocks.ChartBlock,
        blocks.Checklist,
        blocks.Column,
        blocks.Diagram,
        blocks.DiagramPart,
        blocks.Document,
        blocks.Quotation,
        blocks.Section,
        blocks.Statement,
        blocks.Table,
        chart.Axis,
        chart.Chart,
        chart.Mark,
        chart.Series,
        Figure,
        Name,
    )
}
# What is shown for a person whom nobody names any more.
SOMEONE: Final = "someone"


class NotAComposition(EvidenceError):
    """Text that no Backing wrote as a composition, or a later one did."""


def document_from(text: bytes, *, people: Mapping[str, str] | None = None) -> blocks.Document:
    """The document that `composition` wrote.

    people: the words to show for each person's id today; whoever is not in it is "someone".
    Raises NotAComposition for anything else.
    """
    try:
        content = json.loads(text)
        version = content["composition"]
        if version != VERSION:
            raise NotAComposition(
                f"This document was composed in form {version}; this Backing reads form {VERSION}. "
                "Open it with the newer one."
            )
        document = _made(content["document"], people or {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAComposition("This is no composition of a document, or it is damaged.") from error
    if not isinstance(document, blocks.Document):
        raise NotAComposition("This is a part of a composition, not a document.")
    return document


def _made(value: Any, people: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return tuple(_made(part, people) for part in value)
    if not isinstance(value, dict):
        return value
    content = dict(value)
    match content.pop("is"):
        case "Person":
            return Person(content["id"], people.get(content["id"], SOMEONE))
        case "Claim":
            slots = _made(content["slots"], people)
            klass = content.get("klass", "OPEN")
            return Claim(content["text"], state=content["state"], klass=klass, **slots)
        case "moment":
            return datetime.fromisoformat(content["at"])
        case "day":
            return date.fromisoformat(content["on"])
        case "map":
            return {name: _made(part, people) for name, part in content["of"].items()}
        case name:
            parts = {part: _made(inner, people) for part, inner in content.items()}
            return _PARTS[name](**parts)
