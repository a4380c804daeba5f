"""What happened with the mandate: who asked for the office, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from backing.mandate.public import decided, origin
from backing.people.happenings import Happened
from backing.people.models import Account


def happened(viewer: Account) -> Iterator[Happened]:
    told = origin(viewer)
    if told is not None:
        yield Happened(
            on=told.on,
            kind="The beginning",
            what=f"{_and(told.commissioned_by) or 'Somebody'} asked for the office",
            words=f"“{told.in_their_words}”",
            way=reverse("why"),
        )
    for each in decided(viewer):
        yield Happened(
            on=each.decided_on,
            kind="Decision",
            what=each.question,
            words=each.outcome,
            way=reverse("decision", args=[each.pk]) if viewer.is_office else "",
        )


def _and(names: tuple[str, ...]) -> str:
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last
