"""Promises, by the office to a leader or by a leader to the office (S27-b)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from backing.leaders.models import Commitment, Touchpoint
from backing.mandate.models import ChangeProposal
from backing.people.models import Person


def promise(
    *,
    by: Person,
    to: Person,
    what: str,
    due: date,
    touchpoint: Touchpoint | None = None,
    change: ChangeProposal | None = None,
) -> Commitment:
    """change: the one it is about, if it is about one."""
    return Commitment.objects.create(
        promised_by=by, promised_to=to, what=what, due=due, touchpoint=touchpoint, change=change
    )


def keep(commitment: Commitment, *, on: date) -> None:
    commitment.status, commitment.kept_on = Commitment.Status.KEPT, on
    commitment.save()


def break_off(commitment: Commitment) -> None:
    """It was not kept, and will not be."""
    commitment.status = Commitment.Status.BROKEN
    commitment.save()


@transaction.atomic
def renegotiate(commitment: Commitment, *, due: date) -> Commitment:
    """Both agreed on another day: the promise as it was ends, and a new one is open."""
    commitment.status = Commitment.Status.RENEGOTIATED
    commitment.save()
    return promise(
        by=commitment.promised_by,
        to=commitment.promised_to,
        what=commitment.what,
        due=due,
        touchpoint=commitment.touchpoint,
        change=commitment.change,
    )
