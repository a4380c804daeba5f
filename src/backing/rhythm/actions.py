"""Putting off what a rule found, and setting the numbers that rules rest on."""

from __future__ import annotations

from datetime import date

from backing.people.advising import Advice, Threshold
from backing.people.models import Account
from backing.rhythm.models import PutOff, SetThreshold


def put_off(advice: Advice, *, reason: str, until: date | None, on: date, by: Account) -> PutOff:
    """Not before a day; `until` None: not at all.

    Raises django.core.exceptions.ValidationError for a day that is over, or too far away.
    """
    made = PutOff(
        rule=advice.rule, subject=advice.subject, reason=reason, until=until, on=on, by=by
    )
    made.full_clean()
    made.save()
    return made


def set_threshold(threshold: Threshold, value: float, *, why: str) -> None:
    """Set a threshold; to its default, and it is as if nobody had set it."""
    found = SetThreshold.objects.filter(key=threshold.key).first()
    if value == threshold.default:
        if found is not None:
            found.delete()
        return
    found = found or SetThreshold(key=threshold.key)
    found.value, found.why = value, why
    found.save()
