"""What of this app stands in the workbook: when nothing leaves by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from backing.outbox.models import Letter, QuietHours, Sending
from backing.people.workbook.declared import Sheet

SHEETS: Final = (
    Sheet(
        model=QuietHours,
        title="Quiet hours",
        holds="When no letter leaves by itself: one row.",
    ),
)
NOT_TYPED: Final[Mapping[type[models.Model], str]] = {
    Letter: "sealed words to one person, which leave by the outbox alone",
    Sending: "the work of bringing a letter to a server",
}
