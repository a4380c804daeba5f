"""How advice about a leader is put together; it is about a person, so it bears their class."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from backing.leaders.advice.seen import Seen
from backing.people.access import Confidentiality
from backing.people.advising import Advice


def advice(rule: str, one: Seen, **said: Any) -> Advice:
    return Advice(
        rule=rule,
        subject=f"leader-{one.leader}",
        confidentiality=Confidentiality.RELATIONSHIP,
        href=reverse("leader", args=[one.leader]),
        **said,
    )


def working_days_between(first: date, last: date) -> int:
    """Working days after the first, up to the last."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(each.weekday() < 5 for each in days)  # before Saturday
