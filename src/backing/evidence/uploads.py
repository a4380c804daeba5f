"""How much may be dropped at once, and the sentence for what is more.

The server in front has a bound of its own (`site/process.py`); these lie below it, so that it is us who
say what to do.  What a file may ask for when it is read is `trackrecord.readers.limits`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

MIB: Final = 1 << 20
MOST_FILES: Final = 40
MOST_TOGETHER: Final = 512 * MIB  # bytes


class Dropped(Protocol):
    """A file as it came with the request."""

    name: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file of this machine, dropped as one that came with a request would be."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, some at a time."""
        with self.path.open("rb") as file:
            while chunk := file.read(MIB):
                yield chunk


def refusal(files: Sequence[Dropped]) -> str:
    """Why these files are not taken, in a sentence; empty where they are."""
    if not files:
        return "Choose at least one file."
    if len(files) > MOST_FILES:
        return too_many()
    if sum(file.size or 0 for file in files) > MOST_TOGETHER:
        return too_large()
    empty = next((file for file in files if not file.size), None)
    if empty is not None:
        return f"{empty.name} is empty. Export it again, then drop it here."
    return ""


def too_many() -> str:
    """What to do with too many files."""
    return f"At most {MOST_FILES} files at once. Drop some of them first, then the others."


def too_large() -> str:
    """What to do with files that are too large together."""
    return (
        f"These files are larger than {MOST_TOGETHER // MIB} MB together. Drop fewer at once, or export "
        "the largest in parts, by year for example."
    )


def no_room() -> str:
    """What to do where the machine cannot keep the files."""
    return "These files could not be kept: the disk may be full. Free some space, then drop them again."
