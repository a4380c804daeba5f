"""The goals that the leaders already own, each with the document that says so, and lists of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from backing.benefits.models.owned import OwnedQuerySet
from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import Account
from backing.people.models.audited import Audited


class StrategyGoalQuerySet(OwnedQuerySet["StrategyGoal"]):
    def active(self) -> StrategyGoalQuerySet:
        return self.filter(status=StrategyGoal.Status.ACTIVE)


class StrategyGoal(Audited):
    """A goal of the organisation.  source: the strategy document it stands in, never our own words.

    no_contribution_reason: why nothing of the office reaches it, "" while nobody has said so.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        RETIRED = "retired", "No longer a goal"

    confidentiality: ClassVar = Confidentiality.MGMT

    name = models.CharField("goal", max_length=120, unique=True)
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )
    measure = models.ForeignKey(
        "evidence.Measure", on_delete=models.SET_NULL, null=True, blank=True, related_name="goals"
    )
    wanted = models.CharField("how much, by when", max_length=80, blank=True)
    period = models.CharField(max_length=40, blank=True)
    source = models.CharField("which document says so", max_length=200)
    status = models.CharField(max_length=7, choices=Status, default=Status.ACTIVE)
    no_contribution_reason = models.CharField(
        "why nothing of ours reaches it", max_length=200, blank=True
    )
    noted_on = models.DateField()

    objects = StrategyGoalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(source=""), name="a_goal_stands_in_a_strategy_document"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GoalList(models.Model):
    """A list of goals that was dropped in: looked at first, then taken in; its cells are not kept longer."""

    confidentiality: ClassVar = Confidentiality.PMO

    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    name = models.CharField(max_length=255)  # as the user called the file; never a path
    source = models.CharField("which document says so", max_length=200)
    header: Any = models.JSONField(default=list)
    rows: Any = models.JSONField(default=list)  # pairs: the row's number in the file, its cells
    columns: Any = models.JSONField(default=dict)  # by field, the place of its column in the header
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    made: Any = models.JSONField(default=list)  # keys of the goals it made

    objects = GatedQuerySet["GoalList"].as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(taken_at=None),
                name="only_a_list_of_goals_taken_in_is_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.name
