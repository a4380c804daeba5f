"""The one transaction in which an edition becomes what pages show."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from backing.evidence.editions import in_bulk, mirror
from backing.evidence.editions.making import Made
from backing.evidence.editions.truth import store
from backing.evidence.models import (
    DroppedFile,
    Edition,
    Import,
    MirroredProject,
    SavedMapping,
)
from trackrecord.layout import Mapping, header_digest
from trackrecord.mapping_file import from_toml, to_toml


def make_current(made: Made, imports: Collection[int], *, now: datetime) -> None:
    """Let an edition count, and the imports it was made of, and no others.

    The database comes first and has the last word; the store's own mark follows, and may be set again.
    """
    before = Edition.objects.filter(is_current=True).first()
    moves = before != made.edition or not MirroredProject.objects.exists()
    # Worked out beforehand: while the transaction lasts nobody else can write.
    projects = mirror.of(made.record, made.basis) if moves else None
    with transaction.atomic():
        if moves:
            Edition.objects.filter(is_current=True).update(is_current=False)
            # Its rows may be listed already; what else follows from it is made again.
            Edition.objects.filter(pk=made.edition.pk).update(is_current=True, has_rows=False)
        if projects is not None:
            in_bulk.rewrite(MirroredProject, projects)
        _save_mappings(Import.objects.filter(pk__in=imports, counts=False), now=now)
        Import.objects.exclude(pk__in=imports).filter(counts=True).update(counts=False)
        Import.objects.filter(pk__in=imports).update(counts=True)
    store().make_current(made.edition.name)


def _save_mappings(imports: QuerySet[Import], *, now: datetime) -> None:
    """Offer what these files were read with when such sheets come again."""
    files = DroppedFile.objects.filter(reading__taken_in__in=imports).exclude(take="")
    for file in files.order_by("pk"):
        for sheet in from_toml(file.mapping).sheets if file.mapping else ():
            SavedMapping.objects.update_or_create(
                header=header_digest(sheet.header),
                defaults={
                    "mapping": to_toml(Mapping(sheets=(sheet,))),
                    "file": file.name,
                    "used_at": now,
                },
            )
