"""From the options of a verb to a Record: the files, the mapping, the filters, the column to compare by."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import trackrecord as tr
from trackrecord.record import Record


def read(options: argparse.Namespace, files: Sequence[Path]) -> Record:
    """The Record of these files, mapped and filtered as the options say."""
    return tr.read(*files, mapping=options.mapping, where=tuple(options.where), by=options.by)
