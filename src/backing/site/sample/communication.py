"""The invented company's communication plan."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from backing.demo.communication import PLAN
from backing.people import actions as people
from backing.people.models import Organisation
from backing.people.named import person_named
from backing.rhythm.models import CommunicationPlanItem


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in the plan, once; nothing in an office that is not invented."""
    if not Organisation.ours().invented or CommunicationPlanItem.objects.exists():
        return
    today, head = timezone.localdate(now), people.head().person
    for told in PLAN:
        item = CommunicationPlanItem(
            audience=told.audience,
            message=told.message,
            channel=told.channel,
            every_days=told.every,
            owner=person_named(told.by) if told.by else head,
            begins_on=today - timedelta(days=365) if told.last else today + timedelta(days=12),
            last_sent=today - timedelta(days=told.last) if told.last else None,
        )
        item.full_clean()
        item.save()
