"""Two processes render what one would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backing.site.beside import second_process


def prepare() -> None:
    """Nothing to prepare."""


def number_of(process: str) -> bytes:
    """Which process this was done in."""
    return f"{process} {os.getpid()}".encode()


def end_there(here: int) -> bytes:
    """Ends the second process, and answers in the first."""
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)
    return b"done here"


def wrong() -> bytes:
    """Fails wherever it is done."""
    raise ValueError("no such slide")


def test_work_is_done_beside_and_can_be_handed_over_again() -> None:
    with second_process(prepare) as beside:
        first = beside.render(number_of, "process").result()
        again = beside.render(number_of, "process").result()
    assert first == again != number_of("process")


def test_work_is_done_here_where_the_second_process_ends_before_its_time() -> None:
    with second_process(prepare) as beside:
        assert beside.render(end_there, os.getpid()).result() == b"done here"


def test_what_goes_wrong_there_is_raised_here() -> None:
    with second_process(prepare) as beside, pytest.raises(ValueError, match="no such slide"):
        beside.render(wrong).result()


LONG = """
import os, sys, time
from backing.site.beside import second_process
from backing.site.tests.test_beside import number_of, prepare
if __name__ == "__main__":
    with second_process(prepare) as beside:
        print(beside.render(number_of, "process").result().decode(), flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_the_second_process_ends_when_the_first_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "long.py"
    script.write_text(LONG)
    first = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    second = int(first.stdout.readline().split()[1])
    first.kill()
    first.wait()
    first.stdout.close()
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.kill(second, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{second}/stat").exists():
            state = Path(f"/proc/{second}/stat").read_text().rpartition(") ")[2][0]
            if state == "Z":  # ended; whoever inherited it has not looked yet
                return
        time.sleep(0.05)
    raise AssertionError("the second process outlived the first")
