"""What the first edition after a start would else wait for: modules, and queries worded once.

A small register goes the way of a real one, and nothing of it is kept.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import trackrecord as tr
from backing.evidence.editions import listed, making
from trackrecord.measures import MEASURES
from trackrecord.measures.listing import listing
from trackrecord.record import Record

_REGISTER: Final = """\
Project ID,Project name,Department,Status,Start date,Planned finish,Actual finish,Budget (EUR),\
Actual cost (EUR),Comment
P1,One,Retail,Completed,2023-01-09,2023-06-30,2023-08-31,1000,1200,The supplier was late.
P2,Two,Finance,Completed,2023-02-06,2023-09-29,2023-09-15,2000,1900,As planned.
P3,Three,Retail,Cancelled,2023-03-06,2023-12-15,,3000,800,Stopped.
"""


# Queries ask for what is stated only: registers say their day, or do not.
_NAMES: Final = ("register-2023-12-31.csv", "register.csv")


def warm_up() -> None:
    """Measure a register of three projects as an import would."""
    with tempfile.TemporaryDirectory(prefix="backing-") as folder:
        for name in _NAMES:
            path = Path(folder) / name
            path.write_text(_REGISTER, encoding="utf-8")
            _measure(tr.read(path))


def _measure(record: Record) -> None:
    basis = tr.basis_of(record, by=making.breakdowns(record))
    for figure in tr.figures(basis):
        if not listed.is_of_quantity(figure, basis.by):
            tr.rows(basis, figure)
    listing(basis, MEASURES.values(), "projects")
    basis.engine.close()
