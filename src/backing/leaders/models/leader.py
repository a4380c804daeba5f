"""Who is on the list of leaders, and what the office makes of each (3.2).

That somebody is on the list is for the project office; everything it thinks of them is sealed.  Sealed
records are only ever added: the latest of a leader holds.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from backing.people.access import Confidentiality, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.people.models.sealed import Sealed, SealedQuerySet
from boardpaper.wording import en

S = TypeVar("S", bound=models.Model)


class LeaderQuerySet(AuditedQuerySet["Leader"]):
    def on_the_list(self) -> Self:
        return self.filter(left_on=None)

    def read_about_by(self, viewer: Account) -> Self:
        """Those of whom this viewer reads what is thought of them."""
        if viewer.role == Role.PMO_HEAD:
            return self.all()
        return self.filter(owner=viewer) if viewer.role == Role.PMO_MEMBER else self.none()


class Leader(Audited):
    """A person with management authority whom the office must work closely with."""

    confidentiality: ClassVar = Confidentiality.PMO

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="leader")
    focus = models.BooleanField(default=False)  # of the few to work with first
    # Who looks after the relationship; a member of the office reads about this leader only as its owner.
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="looks_after")
    listed_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = LeaderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["person__full_name", "pk"]

    def __str__(self) -> str:
        return str(self.person)


class OfLeaderQuerySet(SealedQuerySet[S]):  # type: ignore[type-var]  # every S is a Sealed
    """Sealed records about a leader; a member's own are those of the leaders they look after."""

    def own_to(self, viewer: Account) -> Self:
        return self.filter(leader__owner=viewer) if viewer.role == Role.PMO_MEMBER else self.none()

    def latest_of_each(self) -> Self:
        """Of each leader the one that holds."""
        return self.filter(pk__in=_latest_of_each(self.model._default_manager.all()))


def _latest_of_each(records: models.QuerySet[Any]) -> models.QuerySet[Any, Any]:
    """The key of each leader's first of these, by the order of their model.

    Asked of each leader and not of each record, so that it takes no longer as the years go by.
    """
    of_one = records.filter(leader=OuterRef("pk")).order_by(*records.model._meta.ordering[1:])
    leaders = Leader.objects.order_by().annotate(holds=Subquery(of_one.values("pk")[:1]))
    return leaders.values("holds")


class Assessment(Sealed):
    """How much they matter and to what (content: influence, interest 1-5; budget_authority none, advises
    or holds; can_help, can_block, legitimacy, urgency, desired_level; cadence_days; channel)."""

    whose: ClassVar = ("leader__person",)

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="assessments")
    made_on = models.DateField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    no_contact_until = models.DateField(null=True, blank=True)

    objects = OfLeaderQuerySet["Assessment"].as_manager()

    class Meta:
        ordering: ClassVar = ["leader", "-made_on", "-pk"]

    def __str__(self) -> str:
        return f"Assessment of {en.day(self.made_on)}"


class StanceQuerySet(OfLeaderQuerySet["StanceAssessment"]):
    def since(self, day: date) -> Self:
        """All after a day, and of each leader the one that held on it."""
        before = StanceAssessment.objects.filter(assessed_on__lte=day)
        return self.filter(Q(assessed_on__gt=day) | Q(pk__in=_latest_of_each(before)))


class StanceAssessment(Sealed):
    """Where they stand (content: level, basis, evidence).  A dated history."""

    whose: ClassVar = ("leader__person",)

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="stances")
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    objects = StanceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["leader", "-assessed_on", "-pk"]

    def __str__(self) -> str:
        return f"Assessment of {en.day(self.assessed_on)}"


class InfluenceLink(Sealed):
    """Who listens to whom (content: strength some or strong, basis).  Withdrawn by a later one without
    strength."""

    whose: ClassVar = ("leader__person", "to")

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="listens_to")
    to = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="listened_to_by")
    noted_on = models.DateField()
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    objects = OfLeaderQuerySet["InfluenceLink"].as_manager()

    class Meta:
        ordering: ClassVar = ["leader", "to", "-noted_on", "-pk"]

    def __str__(self) -> str:
        return f"Link of {en.day(self.noted_on)}"


class Position(Sealed):
    """Where they stand on one change (content: value, basis, evidence, condition)."""

    whose: ClassVar = ("leader__person",)

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="positions")
    change = models.ForeignKey(
        "mandate.ChangeProposal", on_delete=models.CASCADE, related_name="positions"
    )
    noted_on = models.DateField()
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    objects = OfLeaderQuerySet["Position"].as_manager()

    class Meta:
        ordering: ClassVar = ["leader", "change", "-noted_on", "-pk"]

    def __str__(self) -> str:
        return f"Position of {en.day(self.noted_on)}"


class StatedPositionQuerySet(AuditedQuerySet["StatedPosition"]):
    def own_to(self, viewer: Account) -> Self:
        """A leader sees what they themselves have said."""
        return self.filter(leader__person=viewer.person)

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class StatedPosition(Audited):
    """What a leader has said for the record on one change."""

    class Value(models.TextChoices):
        OPPOSES = "opposes", "Opposes"
        CONCERNED = "concerned", "Concerned"
        NEUTRAL = "neutral", "Neutral"
        BACKS = "backs", "Backs"
        CHAMPIONS = "champions", "Champions"

    confidentiality: ClassVar = Confidentiality.MGMT

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="stated_positions")
    change = models.ForeignKey(
        "mandate.ChangeProposal", on_delete=models.CASCADE, related_name="stated_positions"
    )
    value = models.CharField(max_length=10, choices=Value)
    in_their_words = models.CharField(max_length=280)
    condition = models.CharField(max_length=200, blank=True)
    on = models.DateField()

    objects = StatedPositionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["change", "leader", "-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.leader} on {self.change}: {self.get_value_display()}"


class Interest(Audited):
    """What they care about, in their words."""

    class Source(models.TextChoices):
        TOLD_US = "told_us", "They told us"
        OBJECTIVES = "their_objectives", "Their objectives"
        PUBLIC = "public_document", "A public document"

    confidentiality: ClassVar = Confidentiality.PMO

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="interests")
    statement = models.CharField(max_length=200)
    source = models.CharField(max_length=16, choices=Source)
    noted_on = models.DateField()

    objects = AuditedQuerySet["Interest"].as_manager()

    class Meta:
        ordering: ClassVar = ["leader", "-noted_on", "-pk"]

    def __str__(self) -> str:
        return self.statement


class Expectation(Audited):
    """What they expect of the office."""

    class InCharter(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"
        UNKNOWN = "unknown", "Not looked at"

    confidentiality: ClassVar = Confidentiality.PMO

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="expectations")
    benefit_expected = models.CharField(max_length=200)
    by_when = models.DateField(null=True, blank=True)
    in_charter = models.CharField(max_length=8, choices=InCharter, default=InCharter.UNKNOWN)

    objects = AuditedQuerySet["Expectation"].as_manager()

    class Meta:
        ordering: ClassVar = ["leader", "pk"]

    def __str__(self) -> str:
        return self.benefit_expected


class LeaderCandidate(Audited):
    """Someone who may belong on the list: why, and what was made of it (S15)."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Not looked at"
        CONFIRMED = "confirmed", "On the list"
        MERGED = "merged", "Already there under another name"
        DISMISSED = "dismissed", "Not a leader"

    confidentiality: ClassVar = Confidentiality.PMO

    person = models.OneToOneField(
        "people.Person", on_delete=models.CASCADE, related_name="candidacy"
    )
    reasons = models.JSONField(default=list)  # codes with what they rest on, each once
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    reason = models.CharField("why", max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    dismissed_with = models.JSONField(default=list)  # the reasons that were known then

    objects = AuditedQuerySet["LeaderCandidate"].as_manager()

    class Meta:
        ordering: ClassVar = ["person__full_name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(outcome="dismissed") | ~Q(reason=""), name="a_dismissal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
