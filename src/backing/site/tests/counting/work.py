"""How counting is done: three steps, each safe to run again."""

from __future__ import annotations

import errno
import time

from backing.site.steps import Pulse, WorkError, register
from backing.site.tests.counting.models import Count, Counted


def count(work: Count, pulse: Pulse) -> None:
    """Count to the number, taking up what an earlier run of this step has counted already."""
    for number in range(1, work.to + 1):
        work.counted.get_or_create(number=number)
        pulse(number, work.to)
        time.sleep(work.pause)
        if number == work.to // 2:
            go_wrong(work)


def go_wrong(work: Count) -> None:
    match work.fault:
        case "refused":
            raise WorkError("odd_number")
        case "disk":
            raise OSError(errno.ENOSPC, "No space left on device")
        case "fault":
            raise ValueError("a secret from a cell")


def check(work: Count, pulse: Pulse) -> None:
    if work.counted.count() != work.to:
        raise WorkError("miscounted")


def clear(work: Count) -> None:
    Counted.objects.filter(count=work).delete()


register(Count, count, check, clear=clear)
