"""From the words of a Record to what coders read.  For the worker: it opens the Record's tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from backing.evidence.editions import in_bulk
from backing.evidence.models import MirroredNarrative
from trackrecord.keys import Key
from trackrecord.overlay.causes import DECIDED
from trackrecord.record import Record

_TOLD: Final = ("description", "narrative")  # what a later one tells goes before the one before it
_LONGEST: Final = 20_000  # letters; what is longer is a document, not a narrative
_ONE_IN: Final = 5  # methods.md 3.1: double-code 20 %


@dataclass(slots=True)
class _Stated:
    """What a register names as the causes of a project; is_coded: somebody left one of them standing."""

    key: Key
    causes: set[str] = field(default_factory=set)
    is_coded: bool = False


@transaction.atomic
def mirror_narratives(record: Record) -> int:
    """Put what is told of every project in the place of what was told before; gives their number.

    A narrative goes before a description, a later export before an earlier one; several columns of one
    row are set below one another.  A project with a cause and no narrative is there as well.
    """
    return in_bulk.rewrite(MirroredNarrative, narratives_of(record))


def narratives_of(record: Record) -> pa.Table:
    """The rows of MirroredNarrative that a Record makes, one a project."""
    told, stated = _told(record), _stated(record)
    nothing = _Stated(Key("", ""))
    keys = {project: each.key for project, each in stated.items()}
    keys |= {project: key for project, (key, _) in told.items()}
    projects = sorted(keys)
    said = [stated.get(project, nothing) for project in projects]
    texts = [
        "\n\n".join(told[project][1])[:_LONGEST] if project in told else "" for project in projects
    ]
    return pa.table(
        {
            "project": in_bulk.texts(projects),
            "register": in_bulk.texts([keys[project].register for project in projects]),
            "key": in_bulk.texts([keys[project].key for project in projects]),
            "text": in_bulk.texts(texts),
            "stated": in_bulk.texts(
                [json.dumps(sorted(each.causes), ensure_ascii=False) for each in said]
            ),
            "is_coded": pa.array([each.is_coded for each in said], pa.bool_()),
            "twice": pa.array([is_coded_twice(project) for project in projects], pa.bool_()),
        }
    )


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


def _stated(record: Record) -> dict[str, _Stated]:
    """By project: what its latest export that names any cause says, whatever was decided since."""
    causes = record.tables()["causes"]
    by_register = pc.not_equal(causes["file"], DECIDED)
    causes = causes.filter(pc.and_(pc.is_valid(causes["cause"]), by_register))
    latest: dict[str, str] = {}
    stated: dict[str, _Stated] = {}
    for register, key, cause, export, agreed in _rows(
        causes, "register", "key", "cause", "export_order", "agreed"
    ):
        of = Key(register, key)
        project = record.project_of(of)
        if project not in stated or export > latest[project]:
            latest[project], stated[project] = export, _Stated(of)
        if export == latest[project]:
            stated[project].causes.add(cause)
            stated[project].is_coded |= agreed
    return stated


def _rows(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The named columns row by row; where nothing is said: no text, no row, not refused."""
    blanks: dict[str, Any] = {"row": 0, "agreed": True}
    return zip(
        *(pc.fill_null(table[name], blanks.get(name, "")).to_pylist() for name in columns),
        strict=True,
    )
