"""Two links: one to say what is wrong, one to follow what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from backing.mandate.models import ChangeProposal
from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import BearerLink


class SayLink(BearerLink):
    """Sent to all who are affected: whoever bears it may object, with their name or in confidence.

    It is not made for one person, so that what comes by it says of nobody that it was they.  about: what
    it is about where that is not a change.
    """

    PURPOSE: ClassVar = "pushback.say"
    confidentiality: ClassVar = Confidentiality.PMO

    change = models.ForeignKey(
        ChangeProposal, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    about = models.CharField(max_length=120, blank=True)

    objects = GatedQuerySet["SayLink"].as_manager()

    class Meta(BearerLink.Meta):
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.about or str(self.change or "Anything that the project office does or asks")


class FollowLink(BearerLink):
    """Whoever bears it sees what became of one objection, and says whether it was dealt with."""

    PURPOSE: ClassVar = "pushback.follow"
    confidentiality: ClassVar = Confidentiality.PMO

    pushback = models.ForeignKey(
        "pushback.Pushback", on_delete=models.CASCADE, related_name="follow_links"
    )

    objects = GatedQuerySet["FollowLink"].as_manager()

    class Meta(BearerLink.Meta):
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Link {self.pk} to follow {self.pushback_id}"
