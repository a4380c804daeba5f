"""A folder that is written whole or not at all.

The new content is built in a hidden folder beside its destination, synced to disk, and put in place
by a rename.  A kill, a full disk or a closed laptop in between leaves the destination as it was: the
hidden folder is swept by the next run that writes to the same place.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from trackrecord.errors import EvidenceError

# What file managers leave behind by themselves; nobody's work is lost with them.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class FolderInUse(EvidenceError):
    """The destination holds something that a rerun would destroy."""


@contextmanager
def whole_folder(destination: Path, *, ours: Collection[str]) -> Iterator[Path]:
    """Give a fresh folder to write in; on success it replaces `destination` as a whole.

    ours: the files this kind of result may consist of, as "name" or "folder/name"; a destination that
    holds anything else is not replaced.  Raises FolderInUse for that, for a file in its place, and for the folder one
    stands in.  On any exception the destination stays as it was.
    """
    destination = destination.resolve()
    check_destination(destination, ours=ours)
    destination.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{destination.name}.backing-"
    _sweep(destination.parent, prefix)
    building = Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=destination.parent))
    try:
        yield building
        building.chmod(0o777 & ~_umask())
        _sync(building)
        _put_in_place(building, destination)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def check_destination(destination: Path, *, ours: Collection[str]) -> None:
    """Raise FolderInUse where writing to `destination` would destroy something that is not ours."""
    if destination == Path.cwd().resolve():
        raise FolderInUse(
            f"{destination} is the folder you are in. Name a folder of its own, for example --to case."
        )
    if destination.exists() and not destination.is_dir():
        raise FolderInUse(f"{destination} is a file. Name a folder to write the result to.")
    if destination.is_dir():
        foreign = next(_foreign(destination, frozenset(ours)), None)
        if foreign is not None:
            raise FolderInUse(
                f"{destination} holds {foreign!r}, which Backing did not write, and the folder "
                "would be replaced as a whole. Name another folder, or an empty one."
            )


def _foreign(folder: Path, ours: frozenset[str], within: str = "") -> Iterator[str]:
    """What the folder holds beside ours and litter, in order of name."""
    for entry in sorted(folder.iterdir()):
        name = f"{within}{entry.name}"
        if name in ours or entry.name in LITTER:
            continue
        holds_ours = any(each.startswith(f"{name}/") for each in ours)
        if holds_ours and entry.is_dir() and not entry.is_symlink():
            yield from _foreign(entry, ours, f"{name}/")
        else:
            yield name


def _put_in_place(building: Path, destination: Path) -> None:
    if not destination.exists():
        building.rename(destination)
    elif not _exchange(building, destination):
        # Between these two renames a kill leaves nothing in place, never a half; the old result is
        # then in a hidden folder that the next run sweeps.
        aside = building.with_name(f"{building.name}-old")
        destination.rename(aside)
        building.rename(destination)
        shutil.rmtree(aside, ignore_errors=True)
    _sync_folder(destination.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step where the system can (Linux); False where it cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(done == 0)


def _sync(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            _sync(path)
        else:
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there; the rename is journalled
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(parent: Path, prefix: str) -> None:
    """Remove what killed runs left; a run that is still alive keeps its folder."""
    for left in parent.glob(f"{prefix}*"):
        owner = left.name.removeprefix(prefix).split("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: int) -> bool:
    if os.name == "nt":  # os.kill would end the process there; leave the folder to the user
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
