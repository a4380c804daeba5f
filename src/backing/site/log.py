"""How the log is written: where something failed, never what was in it."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Sparing(logging.Formatter):
    """Gives an exception's kind and the places it passed through; its text may hold people's words."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(name)s %(levelname)s %(message)s")

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  # the name is logging's
        kind, _, trace = ei
        places = "".join(traceback.format_tb(trace)).rstrip()
        return f"{places}\n{kind.__name__ if kind else 'No exception'}"
