"""What a sheet is.  An app that has some says so in its `sheets.py`, found by its name:

    SHEETS: tuple[Sheet, ...]
    NOT_TYPED: Mapping[type[models.Model], str]

Every model of the app is in one of the two; a test holds that.  A sheet comes after those that its rows
need to be there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

from django.db import models

from backing.people.access import READS, WRITES, Confidentiality, Reach
from backing.people.models import Account
from backing.people.of_apps import of_apps

Rows = Callable[[Any, Account], Any]

# Filled with the day or the moment of the import where a new row leaves them blank.
NOTED: Final = frozenset(
    {"noted_on", "listed_on", "set_on", "written_on", "recorded_on", "asked_on", "made_on"}
    | {"made_at", "coded_at", "settled_at", "received_at", "at"}
)


def _all(rows: Any, viewer: Account) -> Any:
    del viewer
    return rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """The records of one model, a row each.

    holds: what a row is, for the cover.  heads: what a column is called, where the field's own name is not
    said as people say it.  without: fields that are left out, and why.  labels: of a JSON object whose keys
    are the numbers of records, the model of those.
    same: fields by which a row without a key is one that is here.
    stands: why no row that is here is ever changed by an import.  stands_once: fields; a row in which one
    is filled stands too.  never: fields that an import changes in no row.  theirs: such fields that somebody
    else alone fills; a row that is typed into a workbook leaves them blank.
    only_here: why a row that is not here is left out.
    shown: which rows a viewer sees beyond the gate.  made: what else a new row needs before it is kept.
    check: what is wrong with a row, once all are in.
    """

    model: type[models.Model]
    title: str
    holds: str
    heads: Mapping[str, str] = field(default_factory=dict)
    without: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, type[models.Model]] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    stands: str = ""
    stands_once: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    only_here: str = ""
    shown: Rows = _all
    made: Callable[[Any], None] | None = None
    check: Callable[[Any, date], str] | None = None

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def confidentiality(self) -> Confidentiality:
        """Its class; accounts have none of their own and are the office's."""
        found: Confidentiality | None = getattr(self.model, "confidentiality", None)
        return found or Confidentiality.PMO

    def is_read_by(self, viewer: Account) -> bool:
        reach = READS[self.confidentiality].get(viewer.role, Reach.NONE)
        return viewer.is_active and reach is not Reach.NONE

    def is_written_by(self, viewer: Account) -> bool:
        reach = WRITES[self.confidentiality].get(viewer.role, Reach.NONE)
        return viewer.is_active and reach is Reach.ALL

    def rows(self, viewer: Account) -> list[Any]:
        """What the viewer may see, the first written first."""
        kept: Any = self.model._default_manager.all()
        if hasattr(kept, "visible_to"):
            kept = kept.visible_to(viewer)
        elif not viewer.is_office:
            kept = kept.none()
        return list(self.shown(kept, viewer).order_by("pk").select_related(*self._near()))

    def _near(self) -> list[str]:
        """What the words for a row are made of: relations, and what these name in turn."""
        near = []
        for each in _relations(self.model):
            near += [
                each.name,
                *(f"{each.name}__{further.name}" for further in _relations(each.related_model)),
            ]
        return near


def _relations(model: Any) -> list[models.Field[Any, Any]]:
    return [each for each in model._meta.concrete_fields if isinstance(each, models.ForeignKey)]


@cache
def sheets() -> tuple[Sheet, ...]:
    """All of them, in an order in which rows can be written."""
    return tuple(sheet for room in of_apps("sheets") for sheet in room.SHEETS)


def not_typed() -> dict[type[models.Model], str]:
    """Models without a sheet, and why."""
    return {model: why for room in of_apps("sheets") for model, why in room.NOT_TYPED.items()}
