"""Trying a template in a process of its own, which may be killed: what a stranger's file does stays there.

    python -m backing.documents.trial pptx FILE NAME

prints JSON: {"refused": a sentence, or ""} and {"lacking": sentences}.  The process knows no Django.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trackrecord.errors import UnreadableSource

SECONDS: Final = 30.0
MEMORY: Final = 2 << 30  # bytes
UNPACKED: Final = 300 << 20  # bytes, of all parts together
TOO_MUCH: Final = "It takes more time or memory than a template may. Make it smaller and try again."


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it.  refused: why it cannot serve, "" where it can; lacking: what it has no place for."""

    refused: str
    lacking: tuple[str, ...] = ()


def tried(kind: str, content: bytes, name: str) -> Tried:
    """Try a template of a kind ("pptx", "docx"); it never runs in this process."""
    with tempfile.TemporaryDirectory(prefix="backing-template-") as folder:
        file = Path(folder) / f"template.{kind}"
        file.write_bytes(content)
        command = [sys.executable, "-m", "backing.documents.trial", kind, str(file), name]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return Tried(TOO_MUCH)
    if done.returncode != 0:
        return Tried(TOO_MUCH)
    said = json.loads(done.stdout)
    return Tried(said["refused"], tuple(said["lacking"]))


def main(arguments: list[str]) -> int:
    kind, file, name = arguments
    _limit_memory()
    path = Path(file)
    called = path.with_name(
        Path(name).name or path.name
    )  # so that a refusal names it as the user does
    if called != path:
        shutil.move(path, called)
    sys.stdout.write(json.dumps(_try(kind, called)))
    return 0


def _try(kind: str, path: Path) -> dict[str, object]:
    from boardpaper.render import docx, pptx

    try:
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > UNPACKED:
                return {"refused": TOO_MUCH, "lacking": []}
        found = pptx.lacking(path) if kind == "pptx" else docx.lacking(path)
    except UnreadableSource as error:
        return {"refused": str(error), "lacking": []}
    return {"refused": "", "lacking": list(found)}


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
