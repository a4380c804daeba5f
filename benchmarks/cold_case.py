"""Times `backing case --demo` from a cold start: a new process each time, nothing warmed up.

    .venv/bin/python benchmarks/cold_case.py

The limit is five seconds (issue "the spine", benchmark d).  For scale, the same run prints how long
Python takes to start, to count to twenty million (0.6 to 0.7 s on an ordinary processor at its full
pace) and to import the libraries.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
COUNTING = "for _ in range(20_000_000): pass"
LIBRARIES = "import ibis, duckdb, pyarrow, typst, pptx, xlsxwriter, python_calamine, numpy"


def seconds(arguments: list[str]) -> list[float]:
    """Wall-clock seconds of each of some runs of a command, each in a new process."""
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(arguments, check=True, stderr=subprocess.DEVNULL)
        found.append(time.perf_counter() - began)
    return found


def main() -> None:
    """Print minimum, median and maximum."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        for name, arguments in (
            ("python", [sys.executable, "-c", "pass"]),
            ("counting", [sys.executable, "-c", COUNTING]),
            ("libraries", [sys.executable, "-c", LIBRARIES]),
            (
                "backing case --demo",
                [sys.executable, "-m", "backing.site.command", "case", "--demo", "--to", out],
            ),
        ):
            found = seconds(arguments)
            print(
                f"{name:22} {min(found):6.2f} {statistics.median(found):6.2f} {max(found):6.2f} s"
            )


if __name__ == "__main__":
    main()
