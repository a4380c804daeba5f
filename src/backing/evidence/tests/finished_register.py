"""An edition of a small register of finished projects, made as the worker makes one, without a worker.

Forty projects in four units.  Two names are what a spreadsheet or a browser would run.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import trackrecord as tr
from backing.evidence import history
from backing.evidence.editions import listed
from backing.evidence.editions.current import make_current
from backing.evidence.editions.making import make
from backing.evidence.models import Edition

REGISTER = "projects"
FILE = "projects-2025.csv"
RUNS_IN_A_SPREADSHEET = "=cmd()|'/c calc'!A1"
RUNS_IN_A_BROWSER = "<script>alert(1)</script>"
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
_UNITS = ("Retail", "Retail", "Logistics", "Group IT")
_CAUSES = ("estimate", "requirements", "supplier performance", "")
_HEADER = (
    *("Project ID", "Project name", "Unit", "Kind", "Project manager", "Status"),
    *("Original approved cost (EUR)", "Current approved cost (EUR)", "Final cost (EUR)"),
    *("Original finish", "Current finish", "Actual finish", "Root cause"),
)


def write_register(folder: Path) -> Path:
    """Forty finished projects: number n cost n per cent more than first approved; two in three ended late.

    The last one states no final cost, the last three are of a unit too small to be a group.
    """
    file = folder / FILE
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(_HEADER)
        for n in range(1, 41):
            writer.writerow(_row(n))
    return file


def _row(n: int) -> list[object]:
    first = date(2025, 1, 10) + timedelta(days=n)
    slip = timedelta(days=2 * n if n % 3 else -n)
    name = {1: RUNS_IN_A_SPREADSHEET, 2: RUNS_IN_A_BROWSER}.get(n, f"Secret plan {n}")
    final = "" if n == 40 else 1000 * (100 + n)
    return [
        *(f"P-{n:03}", name, "Legal" if n > 37 else _UNITS[n % 4], "IT" if n % 2 else "Process"),
        *("Ana Lima", "Finished", 100_000, 1000 * (100 + n // 2), final),
        *(first, first + slip / 2, first + slip, _CAUSES[n % 4]),
    ]


def make_evidence(folder: Path, *, rows_listed: bool = True) -> Edition:
    """Let the register count: its edition, figures, projects and, unless told not to, the lists."""
    record = tr.read(write_register(folder))
    made = make(record, now=NOW)
    make_current(made, [], now=NOW)
    if rows_listed:
        listed.keep_lists(made.edition, tr.basis_of(record, by=made.edition.breakdowns))
        history.write(record)
        Edition.objects.filter(pk=made.edition.pk).update(has_rows=True)
    return Edition.objects.get(pk=made.edition.pk)
