"""What was objected to and how it ended; who raised it is not told."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from backing.people.happenings import Happened
from backing.people.models import Account
from backing.pushback.models import Escalation, Pushback


def happened(viewer: Account) -> Iterator[Happened]:
    objections = Pushback.objects.visible_to(viewer).select_related("change")
    for each in objections.prefetch_related("responses"):
        yield Happened(
            on=each.received,
            kind="Pushback",
            what=each.subject,
            words=each.status.label,
            way=reverse("pushback", args=[each.pk]) if viewer.is_office else "",
        )
    settled = Escalation.objects.visible_to(viewer).exclude(decided_on=None)
    for ended in settled.select_related("pushback__change", "block", "to"):
        assert ended.decided_on is not None  # asked for
        yield Happened(
            on=ended.decided_on,
            kind="Escalation",
            what=f"{ended.to} settled: {ended.subject}",
            words=ended.outcome,
            way=reverse("escalation", args=[ended.pk]) if viewer.is_office else "",
        )
