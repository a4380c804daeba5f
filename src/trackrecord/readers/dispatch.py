"""Finds the reader for a file by its content, and says in one sentence why there is none."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from os import SEEK_END
from pathlib import Path
from typing import Final, cast

from trackrecord import collector
from trackrecord.errors import UnreadableSource
from trackrecord.readers.decoding import GZIP, looks_like_text, unpacked
from trackrecord.readers.protocol import Reader
from trackrecord.readers.source import Source

READERS: Final = (
    "trackrecord.readers.workbook",
    "trackrecord.readers.parquet",
    "trackrecord.readers.strangers",
    "trackrecord.readers.xer",
    "trackrecord.readers.mspdi",
    "trackrecord.readers.arff",
    "trackrecord.readers.text_table",
)
"""Our own readers, in the order in which they are asked; each is imported when its turn comes.
Readers of others are asked before them.  `strangers` knows what is no register and says so; from
there on all are texts, and one that nobody knows is a text table."""

ENTRY_POINTS: Final = "trackrecord.readers"

_HEAD: Final = 64 * 1024
_KINDS: Final = {
    "text": ("a table in text form", (".csv", ".tsv", ".tab", ".psv")),
    "workbook": ("a workbook", (".xlsx", ".xlsm", ".xltx", ".xls", ".ods", ".ots")),
    "parquet": ("a Parquet table", (".parquet", ".pq")),
    "arff": ("an ARFF table", (".arff",)),
    "xer": ("a Primavera P6 export", (".xer",)),
    "mspdi": ("a Microsoft Project XML file", (".xml",)),
}
"""Name of a reader without its version -> what its files are, and their suffixes."""


def read(path: Path) -> Source:
    """Everything in one file that can be read, and a Problem for whatever cannot.

    Raises UnreadableSource when nothing can: no such file, empty, no known format, locked, damaged,
    a suffix that contradicts the content, too large, or a header without a row.
    """
    if _size(path) == 0:
        raise UnreadableSource(
            file=path.name,
            why="the file is empty",
            todo="Export it again, and check that it opens before you give it here.",
        )
    head = _head(path)
    reader = next(reader for reader in _readers() if reader.recognises(head, path))
    _refuse_wrong_suffix(path, reader)
    with collector.at_rest():
        source = reader.read(path, _digest(path))
    if not source.sheets and not source.schedules:
        _refuse_without_rows(source)
    return source


def _size(path: Path) -> int:
    if path.is_dir():
        raise UnreadableSource(
            file=path.name, why="this is a folder", todo="Give the files in it, one by one."
        )
    try:
        with path.open("rb") as file:
            return file.seek(0, SEEK_END)
    except OSError as error:
        raise UnreadableSource(
            file=path.name,
            why="there is no such file, or it may not be opened",
            todo="Check the spelling of its name and folder.",
        ) from error


def _head(path: Path) -> bytes:
    """The first bytes of the file, unpacked where it is a gzipped text."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    try:
        with unpacked(path) as file:
            head = file.read(_HEAD)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableSource(
            file=path.name,
            why="the packed file is damaged or was cut off",
            todo="Copy or export it again.",
        ) from error
    if packed and not looks_like_text(head):
        raise UnreadableSource(
            file=path.name,
            why="only texts are read from gzip, and this holds something else",
            todo="Unpack it, and give the file inside.",
        )
    return head


def _readers() -> Iterator[Reader]:
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        yield cast("Reader", entry.load())
    for name in READERS:
        yield cast("Reader", import_module(name))


def _refuse_wrong_suffix(path: Path, reader: Reader) -> None:
    family = reader.NAME.split("/")[0]
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    suffix = suffixes[-1] if suffixes else ""
    meant = next((what for what, known in _KINDS.values() if suffix in known), None)
    what, known = _KINDS.get(family, ("", ()))
    if meant and what and meant != what:
        raise UnreadableSource(
            file=path.name,
            why=f"its name says {meant}, but it holds {what}",
            todo=f"If that is right, rename it to end in {known[0]}; if not, export it again.",
        )


def _refuse_without_rows(source: Source) -> None:
    header_only = any(problem.code == "no-rows" for problem in source.problems)
    raise UnreadableSource(
        file=source.file,
        why="there is a header but no row below it"
        if header_only
        else "there is no table in it: no row that names two columns or more",
        todo="Export the rows as well, then try again."
        if header_only
        else "Give a file whose first full row names the columns.",
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
