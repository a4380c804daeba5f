"""Unpacks the parts of a zipped workbook without trusting what the zip says of itself.

The reader of cells unpacks parts whole, so each part it will touch is first unpacked here, block by
block, and counted: a part that grows past what it declared, past a limit, or out of proportion is
refused before it costs more than one block.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from trackrecord.errors import UnreadableSource
from trackrecord.readers import limits

# What zipfile raises for bytes that are no zip, or one of a kind it does not know.
_BROKEN: Final = (zipfile.BadZipFile, NotImplementedError, OSError, ValueError)


class DamagedPackage(ValueError):
    """The zip contradicts itself."""


def names(path: Path) -> frozenset[str]:
    """The names of the parts; none where the file is not a whole zip."""
    try:
        with zipfile.ZipFile(path) as package:
            return frozenset(package.namelist())
    except _BROKEN:
        return frozenset()


class Package:
    """The parts of one zip, unpacked in blocks and counted together.

    Raises DamagedPackage where the zip is broken, UnreadableSource where it asks too much.
    """

    def __init__(self, path: Path) -> None:
        try:
            with zipfile.ZipFile(path) as package:
                self._parts = {part.filename: part for part in package.infolist()}
                twice = len(self._parts) < len(package.infolist())
        except _BROKEN as error:
            raise DamagedPackage(str(error)) from error
        if twice:
            raise DamagedPackage("two parts of one name")
        self._path = path
        self._unpacked = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in the order of the zip."""
        return tuple(self._parts)

    def whole(self, name: str) -> bytes:
        """All of a part that is known to be small; b"" where there is none."""
        return b"".join(self.blocks(name)) if name in self._parts else b""

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part, unpacked, at most `limits.BLOCK` bytes at a time."""
        part = self._parts[name]
        self._refuse_if_too_large(part.file_size, part.compress_size)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedPackage("packed in an unusual way")
        size = 0
        for block in self._inflated(part):
            size += len(block)
            self._unpacked += len(block)
            if size > part.file_size:
                raise DamagedPackage("a part is larger than it says")
            self._refuse_if_too_large(self._unpacked, 0)
            yield block
        if size != part.file_size:
            raise DamagedPackage("a part is smaller than it says")

    def _inflated(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            if part.header_offset < 0:
                raise DamagedPackage("a part begins before the file")
            file.seek(part.header_offset)
            local = file.read(30)
            if len(local) < 30 or not local.startswith(b"PK\x03\x04"):
                raise DamagedPackage("a part is missing")
            file.seek(sum(struct.unpack("<HH", local[26:30])), 1)
            left = part.compress_size
            inflater = zlib.decompressobj(-15) if part.compress_type else None
            while left and (packed := file.read(min(1 << 16, left))):
                left -= len(packed)
                yield from _inflate(inflater, packed) if inflater else (packed,)

    def _refuse_if_too_large(self, unpacked: int, packed: int) -> None:
        out_of_proportion = (
            unpacked > limits.RATIO_MATTERS_FROM and packed and unpacked > limits.RATIO * packed
        )
        if unpacked > limits.UNPACKED or out_of_proportion:
            raise UnreadableSource(
                file=self._path.name,
                why=f"it would unpack to more than {unpacked // limits.MIB} MB, far more than a "
                "register holds, so it was not opened",
                todo="Save only the sheet with the projects in a new workbook, or export it as CSV.",
            )


def _inflate(inflater: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    while packed:
        try:
            yield inflater.decompress(packed, limits.BLOCK)
        except zlib.error as error:
            raise DamagedPackage("a part cannot be unpacked") from error
        packed = inflater.unconsumed_tail
