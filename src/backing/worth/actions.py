"""What changes across the records of cost and return."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from backing.people.access import Role
from backing.people.models import Account
from backing.worth.models import BenefitValuation, FinanceWord, KeptApart


class NotForFinance(Exception):
    """Finance cannot say that now; the text says why."""


@transaction.atomic
def say(
    valuation: BenefitValuation,
    word: str,
    *,
    reason: str = "",
    by: Account,
    now: datetime,
    today: date,
) -> FinanceWord:
    """Finance validates or rejects a valuation as it stands, or comments on it.

    Raises PermissionError for anybody else, NotForFinance where there is nothing to be said yet.
    """
    if by.role != Role.FINANCE:
        raise PermissionError("Only finance validates.")
    if valuation.withdrawn_on is not None:
        raise NotForFinance("It was withdrawn; there is nothing to validate.")
    if word == FinanceWord.Word.VALIDATED and not valuation.is_over(today):
        raise NotForFinance(
            "Its quarter is not over yet: what is not earned yet cannot be validated."
        )
    if word != FinanceWord.Word.VALIDATED and not reason.strip():
        raise NotForFinance("Say why, in a sentence: the office has to be able to put it right.")
    return FinanceWord.objects.create(
        valuation=valuation,
        word=word,
        reason=reason.strip(),
        by=by,
        at=now,
        digest=valuation.digest,
        said_to=valuation.content,
    )


@transaction.atomic
def keep_apart(
    one: BenefitValuation, other: BenefitValuation, *, why: str, by: Account, on: date
) -> KeptApart:
    """Say why two valuations do not count the same money; said again, the later reason holds."""
    older, younger = sorted((one, other), key=lambda each: each.pk)
    found = KeptApart.objects.filter(one=older, other=younger).first()
    kept = found or KeptApart(one=older, other=younger)
    kept.why, kept.by, kept.on = why, by, on
    kept.save()
    return kept
