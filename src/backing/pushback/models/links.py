"""Links to say what is wrong, to follow what became of it, and to one's own page: as a project manager, or as
the head of a unit that a change touches."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from backing.evidence.models import RowLink
from backing.mandate.models import ChangeProposal, Impact
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


class PageLink(BearerLink):
    """Opens the page of one project manager: what is asked of them, their rows, how to object.

    Nothing tells whether it was used, so that an objection in confidence stays one.  rows: the links to
    rows that were opened from the page; they close with it.
    """

    PURPOSE: ClassVar = "pushback.page"
    confidentiality: ClassVar = Confidentiality.PMO

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(  # here somebody always sends it
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    rows: Any = models.ManyToManyField(RowLink, related_name="+")

    objects = GatedQuerySet["PageLink"].as_manager()

    class Meta(BearerLink.Meta):
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Link {self.pk} to the page of {self.person}"


class AreaLink(BearerLink):
    """Opens what one change means for one unit, to whoever heads it and as long as they do.

    Nothing tells whether it was used, so that an objection in confidence stays one.
    """

    PURPOSE: ClassVar = "pushback.area"
    confidentiality: ClassVar = Confidentiality.PMO

    impact = models.ForeignKey(Impact, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(  # here somebody always sends it
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )

    objects = GatedQuerySet["AreaLink"].as_manager()

    class Meta(BearerLink.Meta):
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Link {self.pk} to {self.impact}"
