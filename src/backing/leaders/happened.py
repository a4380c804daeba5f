"""How many talks there were, month by month; with whom, and what was said, stays with each leader."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone

from backing.leaders.models import Touchpoint
from backing.people.happenings import Happened
from backing.people.models import Account


def happened(viewer: Account) -> Iterator[Happened]:
    if not viewer.is_office:
        return
    months = (
        Touchpoint.objects.visible_to(viewer)
        .order_by()
        .annotate(month=TruncMonth("at"))
        .values("month")
        .annotate(n=Count("pk", distinct=True), last=Max("at"))
    )
    for each in months.values_list("n", "last"):
        talks, last = each
        yield Happened(
            on=timezone.localdate(last),
            kind="Talks",
            what=f"{talks} talk{'s' if talks != 1 else ''} or message{'s' if talks != 1 else ''} this month",
            way=reverse("leaders"),
        )
