"""Reading a workbook end to end, against python-calamine alone.

    .venv/bin/python benchmarks/reading.py [--rows 200000] [--runs 3]

Writes a register of 200,000 projects in 10 columns as Excel would (shared strings, real dates) and
then, run by run in turn, each in a process of its own:

    bare      calamine's `to_python()` of the sheet: Python lists of cells, nothing more
    reader    `trackrecord.readers.read`: also digest, bounds, failed formulas, header, clean columns
    whole     `trackrecord.read` and `Store.save`: read, map, take, link, store

Times leave out imports and are the best and the median of the runs; what counts is the ratio within
one run, since other work on the machine slows all three alike.  Memory is the peak of the process.
The goal is a ratio of 2 for the whole, the limit 3.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

HEADER = (
    "Project ID", "Project name", "Department", "Status", "Start date", "Planned finish",
    "Actual finish", "Budget (EUR)", "Actual cost (EUR)", "Comment",
)  # fmt: skip

PRELUDE = """
import json, resource, sys, time
from pathlib import Path
path = Path(sys.argv[1])
"""
POSTLUDE = """
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "peak_mb": peak / 1024, "rows": rows}))
"""
STAGES = {
    "bare": """
from python_calamine import CalamineWorkbook
start = time.perf_counter()
rows = len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1
""",
    "reader": """
from trackrecord.readers import dispatch, workbook
import lxml.etree, python_calamine
start = time.perf_counter()
(sheet,) = dispatch.read(path).sheets
rows = len(sheet.rows)
""",
    "whole": """
import trackrecord
trackrecord.read, trackrecord.Store
import lxml.etree, python_calamine, pyarrow.compute, pyarrow.parquet
start = time.perf_counter()
record = trackrecord.read(path)
record.links
store = trackrecord.Store(Path(sys.argv[2]))
store.make_current(store.save(record))
rows = record.rows_taken
""",
}


def write_register(path: Path, rows: int) -> None:
    """A register of invented projects, seeded."""
    chance = random.Random(20_260)
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("Register")
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADER)
    for row in range(1, rows + 1):
        start = datetime(2010, 1, 4) + timedelta(days=chance.randrange(4_000))
        planned = start + timedelta(days=chance.randrange(60, 900))
        finished = planned + timedelta(days=chance.randrange(-20, 300))
        budget = chance.randrange(10_000, 2_000_000)
        sheet.write_string(row, 0, f"P-{row:06}")
        sheet.write_string(row, 1, f"Project {row}")
        sheet.write_string(row, 2, chance.choice(["Retail", "Finance", "IT", "Estates", "People"]))
        sheet.write_string(row, 3, chance.choice(["Open", "Completed", "Completed", "Cancelled"]))
        sheet.write_datetime(row, 4, start, day)
        sheet.write_datetime(row, 5, planned, day)
        sheet.write_datetime(row, 6, finished, day)
        sheet.write_number(row, 7, budget)
        sheet.write_number(row, 8, round(budget * chance.uniform(0.8, 1.7), 2))
        sheet.write_string(row, 9, f"Note {row % 500}: the supplier was late.")
    workbook.close()


def measure(stage: str, workbook: Path, folder: Path) -> dict[str, float]:
    """Seconds, peak memory and rows of one stage, in a process of its own."""
    script = PRELUDE + STAGES[stage] + POSTLUDE
    with tempfile.TemporaryDirectory(dir=folder) as store:
        run = subprocess.run(
            [sys.executable, "-c", script, workbook, store], capture_output=True, text=True
        )
    if run.returncode:
        raise SystemExit(run.stderr)
    measured: dict[str, float] = json.loads(run.stdout)
    return measured


def main() -> None:
    """Writes the workbook, runs the stages in turn, prints a table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rows", type=int, default=200_000)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook = folder / "register-2023.xlsx"
        write_register(workbook, chosen.rows)
        size = workbook.stat().st_size / 2**20
        print(f"{chosen.rows:,} rows x {len(HEADER)} columns, {size:.1f} MB")
        runs = [
            {stage: measure(stage, workbook, folder) for stage in STAGES}
            for _ in range(chosen.runs)
        ]
    for stage in STAGES:
        seconds = [run[stage]["seconds"] for run in runs]
        ratios = [run[stage]["seconds"] / run["bare"]["seconds"] for run in runs]
        peak = max(run[stage]["peak_mb"] for run in runs)
        print(
            f"{stage:8} {min(seconds):6.2f} s best {statistics.median(seconds):6.2f} s median"
            f"  {statistics.median(ratios):5.2f} x bare  {peak:6.0f} MB  {runs[0][stage]['rows']:,} rows"
        )


if __name__ == "__main__":
    main()
