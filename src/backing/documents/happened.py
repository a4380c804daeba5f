"""What was given out: every issue that readers may hold, and what was printed for leaders."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from backing.documents.models import Issue, Printed
from backing.documents.models.codes import Code
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
    printed = Printed.objects.visible_to(viewer).filter(code__in=FOR_LEADERS)
    for code, at in printed.order_by("printed_at", "pk").values_list("code", "printed_at"):
        yield Happened(
            on=timezone.localdate(at),
            kind="Document",
            what=f"{Code(code).label}, printed",
            reached_leaders=True,
        )
