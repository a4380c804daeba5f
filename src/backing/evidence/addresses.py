"""Where a figure has its page: the same address in every edition."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from trackrecord.figure import Figure


def address(figure: Figure, page: str = "figure") -> str:
    """The address of a figure's backing, or of another page about it: its rows, their CSV."""
    return named(page, figure.measure, figure.baseline, figure.by, figure.group)


def named(
    page: str,
    measure: str,
    baseline: str | None = None,
    by: str | None = None,
    group: str | None = None,
) -> str:
    """The same from a figure's name."""
    asked = {"against": baseline, "by": by, "group": group}
    query = urlencode({name: value for name, value in asked.items() if value})
    to = _path(page, measure)
    return f"{to}?{query}" if query else to


@lru_cache(maxsize=1_024)
def _path(page: str, measure: str) -> str:
    """A page of figures asks hundreds of times for the same few."""
    return reverse(page, args=[measure])


def asked_for(query: QueryDict) -> dict[str, str]:
    """Which figure of a measure an address asks for, as StoredFigure keeps it."""
    return {
        "baseline": query.get("against", ""),
        "by": query.get("by", ""),
        "group": query.get("group", ""),
    }
