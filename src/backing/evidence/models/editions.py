"""Editions of the Record, their figures, and a thin mirror of their projects.

All of it can be made again from the Record's store and the decisions; the pages read these tables only, so
the web process needs no engine.  The rows behind each figure lie in Parquet beside the edition
(`record/behind/<edition>.parquet`), written last.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from backing.evidence.models.decisions import Ownership
from backing.people.access import Confidentiality, GatedQuerySet, Role
from backing.people.models import Account
from backing.people.one_look import once_a_look

# Breakdowns of the whole, which say nothing of any one area: a leader and a project manager see these.
_TOTALS = (
    *("", "cause", "currency", "export", "export / rating", "months before", "outcome"),
    *("kind", "size", "finished_year", "state"),
)


class EditionQuerySet(GatedQuerySet["Edition"]):
    def own_to(self, viewer: Account) -> Self:
        """Which edition it is, and of which day, stands under every figure that anyone reads."""
        del viewer
        return self.all()

    def current(self) -> Edition | None:
        return self.filter(is_current=True).first()


class Edition(models.Model):
    """One state of the evidence: `name` is the Record's own."""

    confidentiality: ClassVar = Confidentiality.MGMT

    name = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    is_current = models.BooleanField(default=False)
    as_at = models.DateField(null=True)  # the latest day any row speaks of
    rows_in = models.PositiveBigIntegerField(default=0)
    rows_taken = models.PositiveBigIntegerField(default=0)
    projects = models.PositiveIntegerField(default=0)
    takes: Any = models.JSONField(default=list)  # names, sorted
    decisions = models.PositiveIntegerField(default=0)
    has_rows = models.BooleanField(default=False)  # whether the rows behind its figures are listed
    breakdowns: Any = models.JSONField(default=list)  # columns its figures are broken down by
    plans: Any = models.JSONField(default=dict)  # how its registers call their plans, by quantity

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="one_edition_is_current"
            ),
        ]

    def __str__(self) -> str:
        return f"Edition {self.name[:8]}"

    @staticmethod
    @once_a_look
    def current_to(viewer: Account) -> Edition | None:
        """The current one, if this viewer may see it."""
        return Edition.objects.visible_to(viewer).current()


class StoredFigureQuerySet(GatedQuerySet["StoredFigure"]):
    def own_to(self, viewer: Account) -> Self:
        """The totals; beside them a leader's own area."""
        unit = viewer.person.org_unit
        totals = Q(by__in=_TOTALS)
        own = Q(by="org_unit", group=unit.name) if unit and viewer.role == Role.LEADER else Q()
        return self.filter(totals | own)


class StoredFigure(models.Model):
    """A trackrecord.Figure of an edition.  `place` keeps the order in which the library gives them."""

    confidentiality: ClassVar = Confidentiality.MGMT

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="figures")
    place = models.PositiveIntegerField()
    measure = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    baseline = models.CharField(max_length=8, blank=True)
    by = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=200, blank=True)
    figure: Any = models.JSONField()  # every field of the Figure; `evidence.figures` reads it back

    objects = StoredFigureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["edition", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "measure", "version", "baseline", "by", "group"],
                name="an_edition_has_a_figure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.group}".strip()


class MirroredProjectQuerySet(GatedQuerySet["MirroredProject"]):
    def own_to(self, viewer: Account) -> Self:
        """A leader's own area; a project manager's own projects.

        What they own is asked for first: joined to a list of ten thousand, it would be asked ten
        thousand times.
        """
        own = Q(pk__in=())
        if viewer.role == Role.LEADER and viewer.person.org_unit is not None:
            own = Q(org_unit=viewer.person.org_unit.name)
        keys: dict[str, list[str]] = {}
        owned = Ownership.objects.filter(person=viewer.person_id)
        for register, key in owned.values_list("register", "key"):
            keys.setdefault(register, []).append(key)
        for register, of in sorted(keys.items()):
            own |= Q(register=register, key__in=of)
        return self.filter(own)


class MirroredProject(models.Model):
    """One project of the current edition, as lists and its own page need it.  Written in bulk."""

    confidentiality: ClassVar = Confidentiality.MGMT

    project = models.CharField(max_length=400, unique=True)  # the Record's id: register/key
    register = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    name = models.CharField(
        max_length=300, blank=True
    )  # words; shown to the office until confirmed
    org_unit = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, blank=True)
    manager = models.CharField(max_length=200, blank=True)  # words: as the register writes it
    sponsor = models.CharField(max_length=200, blank=True)  # likewise
    finished = models.DateField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    has_cause = models.BooleanField(default=False)
    # Facts as `trackrecord.projects_table` gives them, dates as text, money in major units.
    facts: Any = models.JSONField(default=dict)
    # By "measure|baseline": the value that this project gives to it, in the measure's unit.
    values_of: Any = models.JSONField(default=dict)

    objects = MirroredProjectQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["register", "key"]
        indexes: ClassVar = [
            models.Index(fields=["register", "key"]),
            models.Index(fields=["org_unit"]),
            models.Index(fields=["has_cause", "register", "key"]),
        ]

    def __str__(self) -> str:
        return self.name or self.key
