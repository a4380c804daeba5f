"""What happened with sponsors and wins: who began and left, what was told, and what was waived."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from backing.people.happenings import Happened
from backing.people.models import Account
from backing.sponsor.models import Override, SharedWin, SponsorAssignment, SponsorUpdate


def happened(viewer: Account) -> Iterator[Happened]:
    yield from _sponsors(viewer)
    for told in SharedWin.objects.visible_to(viewer):
        yield Happened(
            on=told.shared_on,
            kind="Win told",
            what=told.headline,
            words=f"“{told.message}”",
            way=reverse("win", args=[told.win_id]) if viewer.is_office else "",
            reached_leaders=True,
        )
    for sent in SponsorUpdate.objects.visible_to(viewer).exclude(sent_at=None):
        yield Happened(
            on=timezone.localdate(sent.sent_at),
            kind="Sponsor told",
            what=sent.headline,
            words=f"Not going well: {sent.bad}" if sent.bad else "",
            way=reverse("sponsor-update", args=[sent.pk]) if viewer.is_office else "",
            reached_leaders=True,
        )
    for waived in Override.objects.visible_to(viewer).select_related("waived_by"):
        yield Happened(
            on=waived.on,
            kind="Override",
            what=f"{waived.waived_by} waived: {waived.request}",
            words=waived.reason,
            way=reverse("sponsor"),
        )


def _sponsors(viewer: Account) -> Iterator[Happened]:
    way = reverse("sponsor")
    for each in SponsorAssignment.objects.visible_to(viewer).select_related("person"):
        yield Happened(on=each.since, kind="Sponsor", what=f"{each.person} became sponsor", way=way)
        if each.until is not None:
            yield Happened(
                on=each.until, kind="Sponsor", what=f"{each.person} was sponsor until here", way=way
            )
