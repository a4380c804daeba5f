"""What belongs to somebody: a leader sees what they own, or people of their area."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import Q

from backing.people.access import Role
from backing.people.models import Account
from backing.people.models.audited import AuditedQuerySet

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class OwnedQuerySet(AuditedQuerySet[M_co]):
    """Records with an `owner`, a person."""

    def own_to(self, viewer: Account) -> OwnedQuerySet[M_co]:
        if viewer.role != Role.LEADER:
            return self.none()
        return self.filter(
            Q(owner=viewer.person)
            | Q(owner__org_unit__head=viewer.person)
            | Q(owner__org_unit=viewer.person.org_unit_id or 0)
        )

    def editable_as_own_by(self, viewer: Account) -> OwnedQuerySet[M_co]:
        del viewer
        return self.none()
