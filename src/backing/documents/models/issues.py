"""Issues of documents: what was given to readers, kept byte for byte.

A row is the issue before its files are: it holds the composition, and the worker renders it.  The files
count once the row is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from backing.documents.models.codes import Code
from backing.documents.models.templates import Template
from backing.people.access import Confidentiality, GatedQuerySet, Reach, Table
from backing.site.work import UNFINISHED, LongWork, LongWorkQuerySet, State

if TYPE_CHECKING:
    from backing.people.access import Viewer

M_co = TypeVar("M_co", bound=models.Model, covariant=True)

# What stands as an issue: it has its number for good, or is about to.
STANDING = (*UNFINISHED, State.DONE)
# A document about a person is rendered and never kept (design.md 4); its row is for a later release.
KEPT = (Confidentiality.OPEN, Confidentiality.MGMT, Confidentiality.PMO)


class RowGatedQuerySet(GatedQuerySet[M_co]):
    """Records that each have a class of their own, never stricter than the model's.

    The same tables are asked, once for each class, so there is no second rule of who may see.
    """

    klass_of_row: ClassVar = "klass"

    def _within(self, table: Table, viewer: Viewer, own: Any) -> Self:
        if isinstance(viewer, AnonymousUser) or not viewer.is_active:
            return self.none()
        reaches = {klass: table[klass].get(viewer.role, Reach.NONE) for klass in Confidentiality}
        whole = [klass for klass, reach in reaches.items() if reach is Reach.ALL]
        part = [klass for klass, reach in reaches.items() if reach is Reach.OWN]
        found = Q(**{f"{self.klass_of_row}__in": whole})
        if part:
            found |= Q(**{f"{self.klass_of_row}__in": part}) & Q(pk__in=own(viewer).values("pk"))
        return self.filter(found)


class IssueQuerySet(LongWorkQuerySet["Issue"], RowGatedQuerySet["Issue"]):  # type: ignore[override]
    def of(self, code: str) -> Self:
        return self.filter(code=code)

    def issued(self) -> Self:
        """Those that readers may hold, the latest first."""
        return self.filter(state=State.DONE).order_by("-number")

    def standing(self) -> Self:
        return self.filter(state__in=STANDING)


class Issue(LongWork):
    """One issue of a document: "Issue 2 of D1".  Its class is the strictest of anything in it."""

    confidentiality: ClassVar = Confidentiality.PMO  # no row is stricter
    kind: ClassVar = "issue"

    code = models.CharField(max_length=3, choices=Code)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    audience = models.CharField(max_length=80, blank=True)
    klass = models.CharField(max_length=12, choices=Confidentiality)
    composition = models.TextField()  # JSON, as boardpaper.composition writes it
    composition_hash = models.CharField(max_length=64)
    editions: Any = models.JSONField(default=list)  # names of the Record's editions it rests on
    redactions: Any = models.JSONField(default=list)  # sentences: what was left out of it
    formats: Any = models.JSONField(default=list)  # kinds of file to write
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="issues", null=True
    )
    slides_template = models.ForeignKey(
        Template, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text_template = models.ForeignKey(
        Template, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = IssueQuerySet.as_manager()

    class Meta(LongWork.Meta):
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            *LongWork.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "number"],
                condition=Q(state__in=STANDING),
                name="an_issue_has_its_number_alone",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state__in=UNFINISHED),
                name="a_document_is_issued_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(klass__in=KEPT), name="what_is_about_a_person_is_not_kept"
            ),
        ]

    def __str__(self) -> str:
        return f"Issue {self.number} of {self.code}"


class IssuedFileQuerySet(RowGatedQuerySet["IssuedFile"]):
    klass_of_row = "issue__klass"


class IssuedFile(models.Model):
    """One file of an issue, as it was given out."""

    class Kind(models.TextChoices):
        PDF = "pdf", "Paper (PDF)"
        PPTX = "pptx", "Slides (PowerPoint)"
        DOCX = "docx", "Text (Word)"
        HTML = "html", "Page (HTML)"
        XLSX = "xlsx", "Figures behind it (Excel)"

    confidentiality: ClassVar = Confidentiality.PMO  # each has the class of its issue

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=200)  # what a reader saves it as
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes
    size = models.PositiveBigIntegerField()  # bytes
    stored_as = models.CharField(max_length=255)  # below the workspace's `documents/`

    objects = IssuedFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issue", "kind"], name="an_issue_has_a_file_of_each_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name
