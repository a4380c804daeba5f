"""Work on a stranger's file, in a process of its own with limits to time and memory."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

T = TypeVar("T")

SECONDS: Final = 60
MEMORY: Final = 2 << 30  # bytes of data


class Unreadable(Exception):
    """Nothing came of the file; the text says why, and what to do."""


def run(task: Callable[..., T], *told: Any, name: str, instead: str, seconds: float = SECONDS) -> T:
    """What the task gives; it may raise Unreadable itself.

    name: of the file, as the user calls it.  instead: what to do where it cannot be read.
    """
    here, there = multiprocessing.Pipe(duplex=False)
    child = _context().Process(target=_child, args=(task, told, name, instead, there), daemon=True)
    child.start()
    there.close()
    try:
        said = here.recv() if here.poll(seconds) else None
    except EOFError:
        said = None
    finally:
        child.kill()
        child.join()
        here.close()
    if said is None:
        raise Unreadable(f"{name} took too long or too much memory. {instead}")
    made, given = said
    if not made:
        raise Unreadable(given)
    result: T = given
    return result


def _context() -> Any:
    """A fresh interpreter: the web process has threads, and a copy of it might wait for one for ever."""
    return multiprocessing.get_context("spawn")


def _child(
    task: Callable[..., Any], told: tuple[Any, ...], name: str, instead: str, there: Connection
) -> None:
    _limit()
    try:
        there.send((True, task(*told)))
    except Unreadable as reason:
        there.send((False, str(reason)))
    except Exception as error:  # noqa: BLE001  # whatever a stranger's file does, it is one sentence
        there.send((False, f"{name} could not be read ({type(error).__name__}). {instead}"))


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold the file
