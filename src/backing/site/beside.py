"""A second process that renders some of a result while this one renders the rest.

Where it cannot be had, or ends before its time, `Beside.render` does the work here: it is quicker with
two, never different.  The second process ends when this one does, however that ends.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, Final

Work = Callable[..., bytes]

_CONTEXT: Final = multiprocessing.get_context("spawn")  # the one way that every system has


class Beside:
    """Work handed to the second process; `Waiting` gives its result."""

    def __init__(self, line: Connection | None) -> None:
        self._line = line

    def render(self, work: Work, *arguments: Any, **options: Any) -> Waiting:
        """Hand over a module's function with what it needs; one at a time."""
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError):
                line.send((work, arguments, options))
                return Waiting(line, work, arguments, options)
        return Waiting(None, work, arguments, options)


class Waiting:
    """A result that is on its way."""

    def __init__(self, line: Connection | None, work: Work, arguments: Any, options: Any) -> None:
        self._line, self._work = line, work
        self._arguments, self._options = arguments, options

    def result(self) -> bytes:
        """Wait for it.  Whatever went wrong there goes wrong here again, and is raised."""
        if self._line is not None:
            with contextlib.suppress(EOFError, OSError):
                done: bytes | None = self._line.recv()
                if done is not None:
                    return done
        return self._work(*self._arguments, **self._options)


@contextlib.contextmanager
def second_process(prepare: Callable[[], object]) -> Iterator[Beside]:
    """Start the second process, which first runs `prepare` (imports, say) while this one goes on."""
    here, there = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_serve, args=(there, prepare), daemon=True)
    try:
        process.start()
    except OSError:  # no memory or no processes to be had
        here.close()
        yield Beside(None)
        return
    there.close()
    try:
        yield Beside(here)
    finally:
        here.close()
        process.terminate()
        process.join()


def _serve(line: Connection, prepare: Callable[[], object]) -> None:
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        prepare()
        while True:
            work, arguments, options = line.recv()
            try:
                done = work(*arguments, **options)
            except Exception:  # noqa: BLE001  # it is done again where it can be told
                done = None
            line.send(done)
