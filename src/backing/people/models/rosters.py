"""Lists of people that were dropped in: read first, taken in once somebody has looked, undone as a whole."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models.accounts import Account


class RosterQuerySet(GatedQuerySet["Roster"]):
    def waiting(self) -> Self:
        """Read, and nobody has decided yet."""
        return self.filter(taken_at=None)


class Roster(models.Model):
    """One file of people.  Its cells are kept only until it is taken in or thrown away."""

    confidentiality: ClassVar = Confidentiality.PMO

    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="rosters")
    read_at = models.DateTimeField()
    name = models.CharField(max_length=255)  # as the user called the file; never a path
    digest = models.CharField(max_length=64)  # SHA-256 of its bytes
    header: Any = models.JSONField(default=list)
    rows: Any = models.JSONField(default=list)  # pairs: the row's number in the file, its cells
    # By field of `rosters.columns`, the place of its column in the header.
    columns: Any = models.JSONField(default=dict)
    # By row number, what a person decided of it: "new", "skip", or the Person it is.
    decided: Any = models.JSONField(default=dict)
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # What taking it in made and changed, so that it can be undone: keys, and the values of before.
    made: Any = models.JSONField(default=dict)

    objects = RosterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(taken_at=None),
                name="only_what_was_taken_in_is_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.name
