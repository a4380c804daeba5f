"""What a module must offer to be a reader.

A reader is a module with three names; a new one is a copied neighbour.  Those of this package are
listed in `trackrecord.readers.READERS`; others are found by the entry point group
`trackrecord.readers`, whose entries name such a module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from trackrecord.readers.source import Source


class Reader(Protocol):
    """One format, read into a `Source`.

    NAME: the reader and its version, e.g. "xer/1"; a change in what it makes of the same bytes is a
    new version.
    """

    NAME: str

    def recognises(self, head: bytes, path: Path) -> bool:
        """Is this file of my format?

        head: its first 64 KiB (all of it, where it is shorter), unpacked where the file is gzipped.
        Judge by these bytes; `path` is for its name and suffix only, where bytes cannot settle it.
        Must not raise and must be quick: every reader before the right one is asked.
        """
        ...

    def read(self, path: Path, digest: str) -> Source:
        """The whole file.

        digest: SHA-256 of its bytes, hex, which goes into the Source.
        Raises UnreadableSource, in one sentence for a busy reader, when nothing can be had of it;
        whatever costs a row or a cell is a Problem of the Source.
        """
        ...
