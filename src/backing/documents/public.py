"""What other parts of the office may know of documents: values, for a viewer."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import timezone

from backing.documents.models import Issue, Printed
from backing.documents.models.codes import Code
from backing.people.models import Account

# What leaders read; the others are for the office, for one person or for a unit.
FOR_LEADERS: Final = (
    *(Code.CASE, Code.CHARTER, Code.LINE_OF_SIGHT, Code.SPONSOR_UPDATE, Code.WIN, Code.REPORT),
    *(Code.REVIEW, Code.NEW_LEADER, Code.WHY_NEEDED),
)
WITH_THE_ORIGIN: Final = (Code.NEW_LEADER, Code.WHY_NEEDED)


def last_given(viewer: Account, codes: tuple[Code, ...]) -> date | None:
    """When one of these documents was last issued or printed; None where none ever was."""
    issued = Issue.objects.visible_to(viewer).issued().filter(code__in=codes)
    printed = Printed.objects.visible_to(viewer).filter(code__in=codes)
    moments = [
        *issued.order_by("-issued_at").values_list("issued_at", flat=True)[:1],
        *printed.order_by("-printed_at").values_list("printed_at", flat=True)[:1],
    ]
    return timezone.localdate(max(moments)) if moments else None


def issued_with(viewer: Account, code: str, measure: str, *, since: date) -> bool:
    """Whether an issue of the document since a day states this figure."""
    issued = Issue.objects.visible_to(viewer).issued().filter(code=code)
    return issued.filter(issued_at__date__gte=since, composition__contains=f'"{measure}"').exists()
