"""The sponsor's update: what it said, what it asked, and the link by which it is answered (D5)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import BearerLink
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.sponsor.models.sponsors import SponsorAssignment
from backing.sponsor.models.wins import Win


class SponsorUpdate(Audited):
    """One update as the head wrote it.  number: one measure against its baseline, in words."""

    confidentiality: ClassVar = Confidentiality.PMO

    assignment = models.ForeignKey(
        SponsorAssignment, on_delete=models.PROTECT, related_name="updates"
    )
    headline = models.CharField(max_length=140)
    number = models.CharField(max_length=240, blank=True)
    win = models.ForeignKey(Win, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    bad = models.CharField(max_length=300)
    next = models.CharField(max_length=200, blank=True)
    made_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = AuditedQuerySet["SponsorUpdate"].as_manager()

    class Meta:
        ordering: ClassVar = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.headline


class UpdateAsk(Audited):
    """One thing asked of the sponsor, with what we suggest; at most three in an update."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        TALK = "talk", "Talk to me"

    confidentiality: ClassVar = Confidentiality.PMO

    update_of = models.ForeignKey(SponsorUpdate, on_delete=models.CASCADE, related_name="asks")
    place = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=140)
    suggested = models.CharField(max_length=140)
    by = models.DateField()
    answer = models.CharField(max_length=4, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = AuditedQuerySet["UpdateAsk"].as_manager()

    class Meta:
        ordering: ClassVar = ["update_of", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["update_of", "place"], name="an_ask_has_its_own_place"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=3), name="an_update_asks_three_things_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.question


class UpdateLink(BearerLink):
    """Whoever bears it reads one update and answers what it asks."""

    PURPOSE: ClassVar = "sponsor.update"
    confidentiality: ClassVar = Confidentiality.PMO

    update_of = models.ForeignKey(SponsorUpdate, on_delete=models.CASCADE, related_name="links")

    objects = GatedQuerySet["UpdateLink"].as_manager()

    class Meta(BearerLink.Meta):
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Link {self.pk} to update {self.update_of_id}"
