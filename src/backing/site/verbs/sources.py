"""From the options of a verb to a Record: the files, the mapping, the filters, the column to compare by."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import trackrecord as tr
from trackrecord.figure import Figure
from trackrecord.record import Record


def read(options: argparse.Namespace, files: Sequence[Path]) -> Record:
    """The Record of these files, mapped and filtered as the options say."""
    return tr.read(*files, mapping=options.mapping, where=tuple(options.where), by=options.by)


def figures(record: Record, *, by: str | None) -> list[Figure]:
    """Every figure the record allows: overall, and by the column where one is asked for."""
    overall = tr.figures(record)
    if by is None:
        return overall
    broken_down = [figure for figure in tr.figures(record, by=by) if figure.by == by]
    return [*overall, *broken_down]
