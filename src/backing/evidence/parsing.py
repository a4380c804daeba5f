"""Reading one file in a process of its own, which may be killed and has limits of time and memory.

What a stranger's file does to its reader stays there: the worker hears how far it is, and in the end what
was understood or one sentence.  The take itself goes straight into the Record's store, where no edition
claims it yet, so that taking the file in need not read it again.  No Django here: the process starts from
one that has the readers loaded already (where the system can do that), and knows no database.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final

logger = logging.getLogger(__name__)

SECONDS: Final = 15 * 60
MEMORY: Final = 6 << 30  # bytes of data; a workbook of 200,000 rows takes a tenth
TELL_SECONDS: Final = 0.2
LOADED: Final = (
    "backing.evidence.parsing",
    "backing.evidence.sampling",
    "backing.evidence.taken_cells",
    "trackrecord.reading",
    "trackrecord.store",
    "trackrecord.readers.workbook",
    "trackrecord.readers.text_table",
    "python_calamine",
    "lxml.etree",
    "pyarrow.parquet",
    "pyarrow.compute",
)


class TooLong(Exception):
    """Reading took longer than it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to read, and how.

    path: where the file lies.  name: what it is called.  mapping: TOML; empty lets the reader guess.
    saved: TOML of one sheet by the digest of its header, for sheets that were mapped before.
    record: the place of the Record's store.
    """

    path: Path
    name: str
    mapping: str = ""
    saved: dict[str, str] = field(default_factory=dict)
    as_at: date | None = None
    register: str = ""
    salt: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What came of it: the fields of a DroppedFile.  trouble: the sentence, where nothing was taken."""

    mapping: str = ""
    take: str = ""
    rows_in: int = 0
    rows_taken: int = 0
    trouble: str = ""
    problems: list[dict[str, Any]] = field(default_factory=list)
    sample: list[dict[str, Any]] = field(default_factory=list)


def context() -> BaseContext:
    """How processes are started: from one that has the readers loaded, where the system can."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        server = multiprocessing.get_context("forkserver")
        server.set_forkserver_preload(list(LOADED))
        return server
    return multiprocessing.get_context("spawn")


def warm_up() -> None:
    """Have the readers loaded before the first file comes."""
    first = context().Process(target=_nothing, daemon=True)  # type: ignore[attr-defined]  # every context has it
    first.start()
    first.join()


def _nothing() -> None:
    """Done at once; what counts is that the process was started."""


def parse(
    order: Order,
    told: Callable[[int, int], None],
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Understood:
    """Read a file in a process of its own.

    told: hears how many rows of how many are read, and 0 of 0 as long as nobody knows; what it raises
    ends the reading.
    Raises TooLong, and OSError where the disk or another part of the machine gave out.
    """
    here, there = multiprocessing.Pipe()
    child = context().Process(  # type: ignore[attr-defined]  # every context has it
        target=_child, args=(order, there, memory), name="backing-reader", daemon=True
    )
    child.start()
    there.close()
    try:
        return _heard(order, here, told, until=time.monotonic() + seconds)
    finally:
        child.kill()
        child.join()
        here.close()


def _heard(
    order: Order, here: Connection, told: Callable[[int, int], None], *, until: float
) -> Understood:
    done, total = 0, 0
    while time.monotonic() < until:
        if not here.poll(TELL_SECONDS):
            told(done, total)
            continue
        try:
            what, said = here.recv()
        except (EOFError, ConnectionResetError):
            return Understood(trouble=_gave_out(order))
        match what:
            case "rows":
                done, total = said
                told(done, total)
            case "errno":
                raise OSError(said, os.strerror(said))
            case _:
                understood: Understood = said
                return understood
    raise TooLong


def _gave_out(order: Order) -> str:
    return (
        f"{order.name}: reading it took more memory than one file may have, or broke off. "
        "Save the table alone as CSV or a new .xlsx, or export it in parts, and drop that."
    )


def _child(order: Order, there: Connection, memory: int) -> None:
    """In the process of its own: read, and say what came of it."""
    threading.Thread(target=_end_with_worker, args=(there,), daemon=True).start()
    _limit(memory)
    try:
        there.send(("understood", understand(order, _every_now_and_then(there))))
    except MemoryError:
        there.send(("understood", Understood(trouble=_gave_out(order))))
    except OSError as error:
        there.send(("errno", error.errno or 0))


def _end_with_worker(there: Connection) -> None:
    """The worker says nothing; when its end closes, whatever became of it, there is nobody to read for."""
    try:
        there.recv()
    except (EOFError, OSError):
        os._exit(1)


def _limit(memory: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold the file


def _every_now_and_then(there: Connection) -> Callable[[int, int], None]:
    last = 0.0

    def told(done: int, total: int) -> None:
        nonlocal last
        if done in (0, total) or time.monotonic() >= last + TELL_SECONDS:
            last = time.monotonic()
            there.send(("rows", (done, total)))

    return told


def understand(order: Order, told: Callable[[int, int], None]) -> Understood:
    """Read one file as an import reads it, and keep its take; what cannot be taken is a sentence.

    Raises OSError and MemoryError, which say nothing about the file.
    """
    from backing.evidence.sampling import folded, sample
    from backing.evidence.taken_cells import with_places
    from trackrecord.errors import EvidenceError
    from trackrecord.mapping_file import to_toml
    from trackrecord.reading import source_of, take_of
    from trackrecord.store import Store

    seen: list[dict[str, Any]] = []
    mapping = order.mapping
    try:
        source = source_of(order.path, name=order.name)
        seen = sample(source)
        taken = take_of(
            source,
            _mapping(order, [sheet.header for sheet in source.sheets]),
            as_at=order.as_at,
            register=order.register or None,
            salt=order.salt,
            told=told,
        )
        if taken.mapping.sheets:
            mapping = to_toml(taken.mapping)
    except EvidenceError as reason:
        return Understood(mapping=mapping, trouble=str(reason), sample=seen)
    except (OSError, MemoryError):
        raise
    except Exception as error:
        logger.exception("a file could not be read")
        return Understood(mapping=mapping, trouble=_fault(order, error), sample=seen)
    Store(order.record).keep(taken)
    return Understood(
        mapping=mapping,
        take=taken.name,
        rows_in=taken.rows_in,
        rows_taken=taken.rows_taken,
        problems=with_places(folded(taken.problems), taken, [each.name for each in source.sheets]),
        sample=seen,
    )


def _mapping(order: Order, headers: Iterable[tuple[str, ...]]) -> Any:
    """The mapping that was given, else those saved for sheets with these headers."""
    from trackrecord.layout import Mapping, header_digest
    from trackrecord.mapping_file import from_toml

    if order.mapping:
        return from_toml(order.mapping)
    digests = dict.fromkeys(map(header_digest, headers))
    known = (from_toml(order.saved[each]) for each in digests if each in order.saved)
    return Mapping(sheets=tuple(sheet for mapping in known for sheet in mapping.sheets))


def _fault(order: Order, error: Exception) -> str:
    return (
        f"{order.name}: something went wrong inside Backing while reading it "
        f"({type(error).__name__}). Save it anew, as .xlsx or CSV, and drop that; and please report it."
    )
