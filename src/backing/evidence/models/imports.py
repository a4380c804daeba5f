"""What is dropped in: files are read first, and count once somebody has seen what was understood.

    Reading   files, read with a mapping: what was understood, and what has problems
    Import    a reading that somebody took in; it counts until it is undone

The files themselves lie in the workspace under `files/<reading>/`, a take of each in the Record's store,
where no edition claims it until an import has made one.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from backing.people.access import Confidentiality, GatedQuerySet
from backing.site.work import LongWork, LongWorkQuerySet, State


class ReadingQuerySet(LongWorkQuerySet["Reading"], GatedQuerySet["Reading"]):  # type: ignore[override]
    """Long work behind the gate."""


class Reading(LongWork):
    """Files that were dropped together, read as an import would read them; nothing counts yet."""

    confidentiality: ClassVar = Confidentiality.PMO
    kind: ClassVar = "reading"

    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="readings")
    # What `trackrecord.read` is told beside the mapping; where the files say it themselves, nothing.
    as_at = models.DateField(null=True, blank=True)
    register = models.CharField(max_length=120, blank=True)
    # Taken in as soon as it is read: nobody looks it over first.
    at_once = models.BooleanField(default=False)

    objects = ReadingQuerySet.as_manager()

    class Meta(LongWork.Meta):
        ordering: ClassVar = ["-pk"]


class DroppedFile(models.Model):
    """One file of a reading: as it came, as it is mapped, and what came of reading it."""

    confidentiality: ClassVar = Confidentiality.PMO

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)  # as the user called it; never a path
    size = models.PositiveBigIntegerField()  # bytes
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes
    stored_as = models.CharField(max_length=255)  # below the workspace's `files/`
    # TOML (trackrecord.mapping): what to read it with; empty lets the reader guess.  Once read, as used.
    mapping = models.TextField(blank=True)
    # What came of it; empty until it is read.
    take = models.CharField(max_length=64, blank=True)
    rows_in = models.PositiveBigIntegerField(default=0)
    rows_taken = models.PositiveBigIntegerField(default=0)
    trouble = models.TextField(blank=True)  # the sentence, where no row of it could be taken
    # Alike problems folded: code, column, extent, expected, todo, count, rows (the first 20), found (one).
    problems: Any = models.JSONField(default=list)
    # Per sheet: its name, header, the first rows as they stand, for the eye.
    sample: Any = models.JSONField(default=list)

    objects = GatedQuerySet["DroppedFile"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def rows_with_problems(self) -> int:
        return self.rows_in - self.rows_taken


class ImportQuerySet(LongWorkQuerySet["Import"], GatedQuerySet["Import"]):  # type: ignore[override]
    """Long work behind the gate."""

    def counting(self) -> Self:
        """Those whose files are part of the evidence."""
        return self.filter(counts=True)


class Import(LongWork):
    """A reading that somebody took in.  `counts` turns true in the transaction that makes its edition
    current, and false again in the one that makes the edition without it current."""

    confidentiality: ClassVar = Confidentiality.PMO
    kind: ClassVar = "import"

    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="taken_in")
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="imports")
    counts = models.BooleanField(default=False, editable=False)
    undo_asked_at = models.DateTimeField(null=True, editable=False)
    undo_asked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="undone_imports"
    )

    objects = ImportQuerySet.as_manager()

    class Meta(LongWork.Meta):
        ordering: ClassVar = ["-pk"]


class RenewalQuerySet(LongWorkQuerySet["Renewal"], GatedQuerySet["Renewal"]):  # type: ignore[override]
    """Long work behind the gate."""


class Renewal(LongWork):
    """A new edition of what is there: after an undo, and for decisions that wait."""

    confidentiality: ClassVar = Confidentiality.PMO
    kind: ClassVar = "renewal"

    objects = RenewalQuerySet.as_manager()

    class Meta(LongWork.Meta):
        ordering: ClassVar = ["-pk"]

    @classmethod
    def waits(cls) -> bool:
        """Whether one is already to come, which will take up whatever is decided until it begins."""
        return cls.objects.filter(state=State.WAITING).exists()


class SavedMapping(models.Model):
    """What the columns of a sheet with this header mean; offered when such a sheet comes again."""

    confidentiality: ClassVar = Confidentiality.PMO

    # trackrecord's own digest of a header, so that a sheet is known again whatever its file is called.
    header = models.CharField(max_length=64, unique=True)
    mapping = models.TextField()  # TOML of one sheet
    file = models.CharField(max_length=255)  # where it was used last
    used_at = models.DateTimeField()

    objects = GatedQuerySet["SavedMapping"].as_manager()

    class Meta:
        ordering: ClassVar = ["-used_at"]

    def __str__(self) -> str:
        return f"Mapping of {self.file}"
