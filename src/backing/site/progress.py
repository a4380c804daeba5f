"""Progress of a long verb: a line that is redrawn on a terminal, plain lines elsewhere; on stderr."""

from __future__ import annotations

import sys
from typing import TextIO


class Progress:
    """Says which step of how many is under way.

    steps: how many there will be; `step` announces the next one.
    """

    def __init__(self, steps: int, *, out: TextIO | None = None) -> None:
        self._out = sys.stderr if out is None else out
        self._steps, self._done = steps, 0
        self._live = self._out.isatty()

    def step(self, words: str) -> None:
        """Announce the next step."""
        self._done += 1
        if self._live:
            filled = round(20 * (self._done - 1) / self._steps)
            bar = "━" * filled + "─" * (20 - filled)
            self._out.write(f"\r\x1b[K{bar} {words}")
        else:
            self._out.write(f"{self._done}/{self._steps} {words}\n")
        self._out.flush()

    def done(self, words: str) -> None:
        """Replace the bar by what came of it."""
        self._out.write(f"\r\x1b[K{words}\n" if self._live else f"{words}\n")
        self._out.flush()
