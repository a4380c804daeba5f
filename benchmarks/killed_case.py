"""Kills `backing case` at random moments, and fills its disk: nothing or a whole result, never a half.

    .venv/bin/python benchmarks/killed_case.py --times 100

Each trial starts the command on the demo, waits for a random part of its usual time, and kills it with
SIGKILL.  Then the destination must be absent or hold the whole result of an earlier run, and the next
run must succeed.  With --disk, needs root: the same on file systems too small for the result.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WHOLE = {
    "case.pdf",
    "case.pptx",
    "case.html",
    "figures.json",
    "figures.csv",
    "figures.xlsx",
    "problems.csv",
    "mapping.toml",
    *(f"registers/aldmoor-project-register-{year}.xlsx" for year in (2023, 2024, 2025)),
}


def command(out: Path) -> list[str]:
    """The command under trial."""
    return [sys.executable, "-m", "backing.site.command", "case", "--demo", "--to", str(out)]


def is_whole_or_absent(out: Path) -> bool:
    """Whether the destination is as the promise says."""
    if not out.exists():
        return True
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    if names != WHOLE:
        return False
    json.loads((out / "figures.json").read_text())
    return (out / "case.pdf").read_bytes().rstrip().endswith(b"%%EOF")


def kill_trials(folder: Path, times: int, seed: int) -> dict[str, int]:
    """Kill at random moments; every second trial starts from an earlier whole result."""
    draw = random.Random(seed)
    out = folder / "out"
    began = time.perf_counter()
    subprocess.run(command(out), check=True, stderr=subprocess.DEVNULL)
    usual = time.perf_counter() - began
    counts = {"killed": 0, "finished first": 0, "broken": 0}
    for trial in range(times):
        if trial % 2:
            shutil.rmtree(out, ignore_errors=True)
        process = subprocess.Popen(command(out), stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=draw.uniform(0, usual * 1.05))
            counts["finished first"] += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            counts["killed"] += 1
        if not is_whole_or_absent(out):
            counts["broken"] += 1
    subprocess.run(command(out), check=True, stderr=subprocess.DEVNULL)
    left = [path.name for path in folder.iterdir() if path.name != "out"]
    if not is_whole_or_absent(out) or not out.exists() or left:
        counts["broken"] += 1
    return counts


def disk_trials(folder: Path, kilobytes: list[int]) -> dict[str, int]:
    """Write to file systems of these sizes; needs root to mount them."""
    counts = {"full": 0, "fitted": 0, "broken": 0}
    for size in kilobytes:
        place = folder / f"disk-{size}"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", place], check=True)
        try:
            done = subprocess.run(command(place / "out"), capture_output=True, text=True)
            fitted = done.returncode == 0
            counts["fitted" if fitted else "full"] += 1
            left = [path.name for path in place.iterdir() if path.name != "out"]
            said = fitted or "The disk is full" in done.stderr
            if not is_whole_or_absent(place / "out") or left or not said:
                counts["broken"] += 1
        finally:
            subprocess.run(["umount", place], check=True)
    return counts


def main() -> None:
    """Run the trials and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--disk", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("kill -9:", kill_trials(Path(folder), options.times, options.seed))
        if options.disk:
            print("full disk:", disk_trials(Path(folder), [8, 64, 200, 400, 800, 4000]))


if __name__ == "__main__":
    main()
