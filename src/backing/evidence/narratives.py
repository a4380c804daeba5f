"""From the words of a Record to what coders read.  For the worker: it opens the Record's tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from backing.evidence.models import MirroredNarrative
from trackrecord.keys import Key
from trackrecord.record import Record

_TOLD: Final = ("description", "narrative")  # what a later one tells goes before the one before it
_LONGEST: Final = 20_000  # letters; what is longer is a document, not a narrative
_AT_ONCE: Final = 2_000  # rows a statement
_ONE_IN: Final = 5  # methods.md 3.1: double-code 20 %


@transaction.atomic
def mirror_narratives(record: Record) -> int:
    """Put what is told of every project in the place of what was told before; gives their number.

    A narrative goes before a description, a later export before an earlier one; several columns of one
    row are set below one another.  A project with a cause and no narrative is there as well.
    """
    told, stated = _told(record), _stated(record)
    keys = {project: key for project, (key, _) in {**stated, **told}.items()}
    MirroredNarrative.objects.all().delete()
    made = MirroredNarrative.objects.bulk_create(
        [
            MirroredNarrative(
                project=project,
                register=key.register,
                key=key.key,
                text="\n\n".join(told[project][1])[:_LONGEST] if project in told else "",
                stated=sorted(stated[project][1]) if project in stated else [],
                is_coded=project in stated,
                twice=is_coded_twice(project),
            )
            for project, key in sorted(keys.items())
        ],
        batch_size=_AT_ONCE,
    )
    return len(made)


def is_coded_twice(project: str) -> bool:
    """Whether a project is of the fifth that two people code: drawn by its id, always alike."""
    return hashlib.sha256(project.encode()).digest()[0] % _ONE_IN == 0


def _told(record: Record) -> dict[str, tuple[Key, list[str]]]:
    """By project: the Key of the row that tells of it last, and what that row tells."""
    words = record.words()
    is_told = pc.is_in(words["column"], value_set=pa.array(_TOLD))
    words = words.filter(pc.and_(is_told, pc.is_null(words["item_id"])))
    places: dict[str, tuple[Any, ...]] = {}
    told: dict[str, tuple[Key, list[str]]] = {}
    for register, key, text, *place in _rows(
        words, "register", "key", "text", "column", "export_order", "file", "sheet", "row"
    ):
        of = Key(register, key)
        project, here = record.project_of(of), (_TOLD.index(place[0]), *place[1:])
        before = places.get(project)
        if before is None or here > before:
            places[project], told[project] = here, (of, [text])
        elif here == before and text not in told[project][1]:
            told[project][1].append(text)
    return told


def _stated(record: Record) -> dict[str, tuple[Key, set[str]]]:
    """By project: its Key and the causes of its latest export that names any that nobody refused."""
    causes = record.tables()["causes"]
    causes = causes.filter(
        pc.and_(pc.is_valid(causes["cause"]), pc.fill_null(causes["agreed"], True))
    )
    latest: dict[str, str] = {}
    stated: dict[str, tuple[Key, set[str]]] = {}
    for register, key, cause, export in _rows(causes, "register", "key", "cause", "export_order"):
        of = Key(register, key)
        project = record.project_of(of)
        if project not in stated or export > latest[project]:
            latest[project], stated[project] = export, (of, set())
        if export == latest[project]:
            stated[project][1].add(cause)
    return stated


def _rows(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The named columns row by row, blank texts for missing ones."""
    return zip(
        *(pc.fill_null(table[c], 0 if c == "row" else "").to_pylist() for c in columns), strict=True
    )
