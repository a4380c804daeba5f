"""Reads Parquet tables; their cells come typed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from trackrecord.errors import UnreadableSource
from trackrecord.readers import limits
from trackrecord.readers.cleaning import cleaned
from trackrecord.readers.source import Cell, Sheet, Source

NAME: Final = "parquet/1"

_MAGIC: Final = b"PAR1"


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the bytes say it all
    """By the four letters that every Parquet file begins with."""
    return head.startswith(_MAGIC)


def read(path: Path, digest: str) -> Source:
    """One sheet; its records are counted from 1.

    Exact decimals become texts, lengths of time hours, instants the clock time of their own zone;
    a nested value becomes the text of its parts.
    """
    try:
        with pq.ParquetFile(path) as file:
            _refuse_if_too_large(path, file.metadata)
            read = file.read()
            columns = tuple(_cells(column) for column in read.columns)
            header = _unique(read.column_names)
    except (pa.ArrowException, ValueError, OSError) as error:
        raise UnreadableSource(
            file=path.name,
            why="the Parquet file is damaged or was cut off",
            todo="Copy or export it again.",
        ) from error
    if read.num_rows == 0:
        raise UnreadableSource(
            file=path.name,
            why="there is a header but no row below it",
            todo="Export the rows as well, then try again.",
        )
    sheet = Sheet(
        file=path.name,
        name="",
        header=header,
        columns=columns,
        rows=range(1, read.num_rows + 1),
    )
    return Source(file=path.name, digest=digest, reader=NAME, sheets=(sheet,))


def _refuse_if_too_large(path: Path, metadata: pq.FileMetaData) -> None:
    if metadata.num_rows * metadata.num_columns > limits.CELLS:
        raise UnreadableSource(
            file=path.name,
            why=f"it holds {metadata.num_rows:,} rows of {metadata.num_columns:,} columns, more than "
            "is read at once",
            todo="Keep only the columns that are needed, or give it in several files.",
        )


def _unique(names: list[str]) -> tuple[str, ...]:
    unique = list[str]()
    for name in names:
        times = 1
        while (renamed := name if times == 1 else f"{name} ({times})") in unique:
            times += 1
        unique.append(renamed)
    return tuple(unique)


def _cells(column: pa.ChunkedArray) -> list[Cell]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        clock = pc.local_timestamp(column) if kind.tz else column
        return clock.cast(pa.timestamp("us"), safe=False).to_pylist()  # type: ignore[no-any-return]
    if pa.types.is_time64(kind):
        column = column.cast(pa.time64("us"), safe=False)
    elif pa.types.is_duration(kind):
        column = column.cast(pa.duration("us"), safe=False)
    elif pa.types.is_decimal(kind):
        column = column.cast(pa.string())
    elif pa.types.is_nested(kind):
        return [None if cell is None else str(cell) for cell in column.to_pylist()]
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [
            None if cell is None else cell.decode("utf-8", "replace") for cell in column.to_pylist()
        ]
    return cleaned(column.to_pylist()).cells
