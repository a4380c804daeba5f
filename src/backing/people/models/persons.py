"""People, as far as the office needs to know them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet


class PersonQuerySet(AuditedQuerySet["Person"]):
    def in_post(self, *, on: date) -> Self:
        return self.filter(
            Q(in_post_from=None) | Q(in_post_from__lte=on),
            Q(in_post_to=None) | Q(in_post_to__gt=on),
        )


class Person(Audited):
    confidentiality: ClassVar = Confidentiality.MGMT

    # What the Record and the erasure list know a person by: it says nothing about them.
    opaque_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField("name", max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    org_unit = models.ForeignKey(
        "people.OrgUnit", on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    reports_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    email = models.EmailField(
        "e-mail", null=True, blank=True, unique=True
    )  # duplicates merge on it
    phone = models.CharField(max_length=40, blank=True)
    in_post_from = models.DateField(null=True, blank=True)
    in_post_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="predecessors"
    )
    privacy_notice_sent_at = models.DateField(null=True, blank=True)
    objection_at = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)  # a stub since then

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["full_name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(in_post_from=None)
                | Q(in_post_to=None)
                | Q(in_post_to__gte=F("in_post_from")),
                name="a_post_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(reports_to=None) | ~Q(reports_to=F("id")),
                name="nobody_reports_to_themselves",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
