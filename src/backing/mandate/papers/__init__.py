"""The documents of this app: the card that says why the office was needed, and the mandate review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backing.documents.desk import Compose
from backing.mandate.papers.card import why_it_was_needed
from backing.mandate.papers.review import mandate_review

__all__ = ["COMPOSES", "why_it_was_needed"]

# What the studio composes.
COMPOSES: Final[Mapping[str, Compose]] = {"D8": mandate_review}
