"""Reads the container that Office files were in before 2007, and locked ones still are.

A compound file is a small file system: sectors, a table that chains them, and a directory of
named streams.  We need the names (they tell a workbook from a locked one, a letter or a Microsoft
Project file) and one or two streams.

Source: Microsoft, [MS-CFB] Compound File Binary File Format, sections 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_NO_MORE: Final = 0xFFFFFFFA  # this and all above it are marks, not sectors
_DIRECTORY_ENTRY: Final = 128
_STREAM, _ROOT = 2, 5


class BrokenContainer(ValueError):
    """The bytes begin as a compound file and do not go on as one."""


class CompoundFile:
    """The streams of one compound file, by name.

    Raises BrokenContainer where sectors lie outside the file or chains run in circles.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        if len(self._bytes) < 512 or not self._bytes.startswith(MAGIC):
            raise BrokenContainer("no header")
        self._size = 1 << self._u16(30)
        self._small_size = 1 << self._u16(32)
        self._small_limit = self._u32(56)
        if not (512 <= self._size <= 4096 and 64 <= self._small_size <= self._size):
            raise BrokenContainer("sectors of an impossible size")
        self._next = self._numbers(self._sectors_of_the_table())
        self._small_next = self._numbers(self._chain(self._u32(60)))
        self._streams: dict[str, tuple[int, int]] = {}
        self._small_stream = b""
        for name, kind, first, size in self._entries():
            if kind == _ROOT:
                self._small_stream = self._joined(first)[:size]
            elif kind == _STREAM:
                self._streams[name] = (first, size)

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes:
        """The content of one stream; KeyError where there is none of that name."""
        first, size = self._streams[name]
        if size >= self._small_limit:
            return self._joined(first)[:size]
        pieces, seen = [], 0
        while first < _NO_MORE:
            at = first * self._small_size
            pieces.append(self._small_stream[at : at + self._small_size])
            seen += 1
            if seen > len(self._small_next) or first >= len(self._small_next):
                raise BrokenContainer("a small chain runs in circles")
            first = self._small_next[first]
        return b"".join(pieces)[:size]

    def _u16(self, at: int) -> int:
        return int.from_bytes(self._bytes[at : at + 2], "little")

    def _u32(self, at: int) -> int:
        return int.from_bytes(self._bytes[at : at + 4], "little")

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._bytes):
            raise BrokenContainer("a sector lies outside the file")
        return self._bytes[at : at + self._size]

    def _numbers(self, sectors: Iterator[int]) -> tuple[int, ...]:
        joined = b"".join(self._sector(sector).ljust(self._size, b"\xff") for sector in sectors)
        return struct.unpack(f"<{len(joined) // 4}I", joined)

    def _sectors_of_the_table(self) -> Iterator[int]:
        """Where the chains stand: 109 sectors are named in the header, more in a list of their own."""
        named = struct.unpack("<109I", self._bytes[76:512])
        more, seen = self._u32(68), 0
        while more < _NO_MORE:
            *sectors, more = self._numbers(iter([more]))
            named += tuple(sectors)
            seen += 1
            if seen * self._size > len(self._bytes):
                raise BrokenContainer("the list of tables runs in circles")
        return (sector for sector in named if sector < _NO_MORE)

    def _chain(self, first: int) -> Iterator[int]:
        seen = 0
        while first < _NO_MORE:
            if first >= len(self._next) or seen > len(self._next):
                raise BrokenContainer("a chain leaves the file or runs in circles")
            yield first
            first = self._next[first]
            seen += 1

    def _joined(self, first: int) -> bytes:
        return b"".join(self._sector(sector) for sector in self._chain(first))

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        directory = self._joined(self._u32(48))
        for at in range(0, len(directory) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY):
            entry = directory[at : at + _DIRECTORY_ENTRY]
            length = int.from_bytes(entry[64:66], "little")
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack("<II", entry[116:124])
            yield name, entry[66], first, size
