"""What was given out: every issue that readers may hold."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from backing.documents.models import Issue
from backing.documents.public import FOR_LEADERS
from backing.people.happenings import Happened
from backing.people.models import Account


def happened(viewer: Account) -> Iterator[Happened]:
    issued = Issue.objects.visible_to(viewer).issued().order_by("issued_at", "pk")
    for pk, code, number, title, at in issued.values_list(
        "pk", "code", "number", "title", "issued_at"
    ):
        yield Happened(
            on=timezone.localdate(at),
            kind="Document",
            what=f"{title}, issue {number}",
            way=reverse("issue", args=[pk]),
            reached_leaders=code in FOR_LEADERS,
        )
