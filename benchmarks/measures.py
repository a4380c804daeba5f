"""All measures over a million projects and ten million status rows: ours, pandas, hand-written SQL.

    .venv/bin/python benchmarks/measures.py [--projects 1000000] [--runs 1] [--only ours,sql]

Writes an invented portfolio (measures_data.py, seeded) as Parquet into a temporary folder, and then,
run by run in turn, each in a process of its own, works out every measure the data allow:

    ours      trackrecord.measures.figures: values, intervals, what is missing
    pandas    the same values in pandas (measures_in_pandas.py)
    sql       the same values in SQL written by hand for DuckDB (measures_in_sql.py)

The values must agree.  Times are from opening the files to the last value, without imports; memory is
the peak of the process.  The limits: at least twice as fast as pandas (five times is the goal) in at
most half its memory, and within one and a half times the SQL.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import measures_data

SEED: Final = 20_260


def ours(folder: Path) -> dict[str, Any]:
    """The values of our Figures, by measure, baseline and group."""
    from trackrecord.engine import duckdb_engine
    from trackrecord.measures import figures

    return {
        f"{each.measure}|{each.baseline or ''}|{each.group or ''}": each.value
        for each in figures(duckdb_engine(folder))
    }


def in_pandas(folder: Path) -> dict[str, Any]:
    """See measures_in_pandas."""
    import measures_in_pandas

    return measures_in_pandas.measured(folder)


def in_sql(folder: Path) -> dict[str, Any]:
    """See measures_in_sql."""
    import measures_in_sql

    return measures_in_sql.measured(folder)


WAYS: Final = {"ours": ours, "pandas": in_pandas, "sql": in_sql}


def child(way: str, folder: Path) -> None:
    """Print time, memory and values of one way, as JSON."""
    import duckdb
    import pandas as pd
    import scipy.special

    import trackrecord.measures

    loaded = [duckdb, pd, scipy.special, trackrecord.measures]
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    values = WAYS[way](folder)
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "seconds": seconds,
        "cpu": usage.ru_utime + usage.ru_stime - before.ru_utime - before.ru_stime,
        "peak_mb": usage.ru_maxrss / 1024,
        "values": values,
        "loaded": len(loaded),
    }
    print(json.dumps(found, default=float))


def timed(way: str, folder: Path) -> dict[str, Any]:
    """One run of one way in a process of its own."""
    command = [sys.executable, "-W", "ignore", __file__, "--child", way, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{way} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    print(
        f"  {way:7} {found['seconds']:7.1f} s  {found['cpu']:7.1f} s of processor"
        f"  {found['peak_mb']:8,.0f} MB  {len(found['values'])} values",
        flush=True,
    )
    return found


def disagreements(values: dict[str, Any], others: dict[str, Any]) -> list[str]:
    """Where a rival's value is not ours."""
    return [
        f"{name}: {values.get(name)} and {value}"
        for name, value in others.items()
        if not _same(values.get(name), value)
    ]


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return (one or 0) == (other or 0)
    # A part of a penny is divided to the last unit by us alone.
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def main() -> None:
    """Write the portfolio, run the ways in turn, compare."""
    options = _options()
    if options.child:
        child(options.child, options.folder)
        return
    ways = options.only.split(",")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measures_data.write(folder, projects=options.projects, seed=SEED)
        rows = options.projects * measures_data.REPORTS
        print(f"{options.projects:,} projects, {rows:,} status rows")
        runs = [{way: timed(way, folder) for way in ways} for _ in range(options.runs)]
    if "ours" in ways:
        _compare(runs)


def _compare(runs: list[dict[str, dict[str, Any]]]) -> None:
    values = runs[0]["ours"]["values"]
    measures = {name.split("|")[0] for name, value in values.items() if value is not None}
    for way in (way for way in runs[0] if way != "ours"):
        others = runs[0][way]["values"]
        wrong = disagreements(values, others)
        if wrong:
            print(f"{way} disagrees on {len(wrong)} values:", *wrong[:20], sep="\n    ")
        left = sorted(measures - {name.split("|")[0] for name in others})
        print(f"{way}: {len(others)} values agree; not worked out: {', '.join(left) or 'none'}")
        for what in ("seconds", "cpu", "peak_mb"):
            ratios = [run[way][what] / run["ours"][what] for run in runs]
            print(f"    {what:8} {statistics.median(ratios):.2f} times ours")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--projects", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--only", default="ours,pandas,sql", help="the ways to run, by commas")
    parser.add_argument("--child", choices=sorted(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
