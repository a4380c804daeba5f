"""What of this app stands in the workbook: what was typed into documents that are not issued yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from backing.documents.models import Draft, Issue, IssuedFile, Printed, Template
from backing.people.workbook.declared import Sheet

SHEETS: Final = (
    Sheet(
        model=Draft,
        title="Document drafts",
        holds="What was moved, left out or written into a document that is not issued yet.",
        heads={"code": "Document"},
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    Template: "a file of its own: upload it again",
    Issue: "frozen as it was issued; a backup holds it",
    IssuedFile: "frozen as it was issued; a backup holds it",
    Printed: "a note that something was printed, which the office makes itself",
}
