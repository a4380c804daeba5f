"""Signed links by which somebody answers without an account, on a phone.

A link may be answered again until it expires; the last answer stands.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.db import models, transaction
from django.db.models import F, Q

from backing.people.models import Account, BearerLink, Person

LASTS: Final = timedelta(days=30)


class AnswerLink(BearerLink):
    """What every such link has; each kind says what it asks somebody about."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(  # here somebody always asks
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="a_%(class)s_opens_before_it_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"Link {self.pk} for {self.person}"

    @classmethod
    @transaction.atomic
    def ask(cls, of: Person, *, by: Account, now: datetime, **about: Any) -> str:
        """A new link for a person: what it must carry.  One sent before about the same opens no more.

        about: what the kind of link asks about, as its fields have it.
        """
        cls.close(person=of, now=now, **about)
        _, token = cls.make(by=by, now=now, lasts=LASTS, person=of, **about)
        return token

    @classmethod
    def close(cls, *, now: datetime, **about: Any) -> int:
        """Those that were sent about this open no more; gives their number."""
        return cls._default_manager.filter(withdrawn_at=None, **about).update(withdrawn_at=now)

    @classmethod
    def open_to(cls, *, now: datetime, **about: Any) -> set[int]:
        """The people who hold one that opens, by key."""
        opening = cls._default_manager.filter(withdrawn_at=None, expires_at__gt=now, **about)
        return set(opening.values_list("person_id", flat=True))
