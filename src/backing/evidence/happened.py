"""When the registers that count were taken in; the files of one day stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone

from backing.evidence.models import Import
from backing.people.happenings import Happened
from backing.people.models import Account


def happened(viewer: Account) -> Iterator[Happened]:
    if not viewer.is_office:
        return
    files, rows = Counter[date](), Counter[date]()
    taken = Import.objects.visible_to(viewer).counting().order_by().exclude(ended_at=None)
    for at, count, total in taken.annotate(
        count=Count("reading__files"), taken=Sum("reading__files__rows_taken")
    ).values_list("ended_at", "count", "taken"):
        files[timezone.localdate(at)] += count
        rows[timezone.localdate(at)] += total or 0
    for on, count in files.items():
        yield Happened(
            on=on,
            kind="Evidence",
            what=f"{count} file{'s' if count != 1 else ''} taken in, {rows[on]:,} rows",
            way=reverse("imports"),
        )
