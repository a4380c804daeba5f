"""Knows the files that are given here by mistake, and says what to give instead.

It stands in the list of readers before those for texts, and its `read` always refuses.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NoReturn

from trackrecord.errors import UnreadableSource
from trackrecord.readers import package
from trackrecord.readers.decoding import looks_like_text, unpacked
from trackrecord.readers.ole import MAGIC as OLE
from trackrecord.readers.ole import BrokenContainer, CompoundFile

NAME: Final = "strangers/1"

_Verdict = tuple[str, str]  # why it cannot be read, what to do

_FORMATS: Final = "CSV, Excel, OpenDocument, Parquet, Microsoft Project XML or Primavera XER"
_AS_TABLE: Final = "Export the table itself as XLSX or CSV, and give that."
_PICTURE: Final = ("it is a picture", _AS_TABLE)
_ARCHIVE: Final = ("it is an archive", "Unpack it, and give the files inside.")
_OPEN_AND_SAVE: Final = "Open it in Excel or LibreOffice, save it as .xlsx, and give that."

_BY_FIRST_BYTES: Final[tuple[tuple[bytes, _Verdict], ...]] = (
    (
        b"\xac\xed\x00\x05",
        (
            "it is a ProjectLibre .pod file",
            "In ProjectLibre save the project as Microsoft Project XML, and give that.",
        ),
    ),
    (b"%PDF", ("it is a PDF", _AS_TABLE)),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"RIFF", _PICTURE),
    (b"{\\rtf", ("it is a letter (RTF)", _AS_TABLE)),
    (b"SQLite format 3", ("it is a database", "Export its table of projects as CSV.")),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"MPX,", ("it is a Microsoft Project exchange file (MPX)", "Save it as XML, and give that.")),
)
_BY_PART: Final[tuple[tuple[str, _Verdict], ...]] = (
    ("word/", ("it is a Word document", _AS_TABLE)),
    ("ppt/", ("it is a PowerPoint presentation", _AS_TABLE)),
    ("xl/workbook.bin", ("it is a binary workbook (.xlsb)", "In Excel save it as .xlsx.")),
    ("Index/", ("it is an Apple Numbers document", "In Numbers export it as Excel.")),
)
_BY_STREAM: Final[tuple[tuple[str, _Verdict], ...]] = (
    (
        "EncryptedPackage",
        (
            "it is locked with a password",
            "Open it, save a copy without the password, and give that.",
        ),
    ),
    ("WordDocument", ("it is a Word document", _AS_TABLE)),
    ("PowerPoint Document", ("it is a PowerPoint presentation", _AS_TABLE)),
    ("__properties_version1.0", ("it is an e-mail", "Save its attachment, and give that.")),
)
_PROJECT: Final = (
    "it is a Microsoft Project file (.mpp)",
    "In Microsoft Project save it as XML (File, Save as, XML), and give that.",
)
_DAMAGED: Final = (
    "it is damaged, or was cut off while it was copied",
    "Copy or export it again, and check that it opens in its own program.",
)
_XML: Final[tuple[tuple[re.Pattern[bytes], _Verdict], ...]] = (
    (
        re.compile(rb"<!doctype html|<html[ >]|\A<(?:table|body|head|meta)[ >]", re.IGNORECASE),
        ("it is a web page", _OPEN_AND_SAVE),
    ),
    (
        re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet"),
        ("it is a workbook in an old XML form", _OPEN_AND_SAVE),
    ),
    (
        re.compile(rb"<APIBusinessObjects"),
        ("it is a Primavera P6 XML export", "In Primavera export it as XER, and give that."),
    ),
    (
        re.compile(rb"<project[ >][^>]*\bversion="),
        ("it is a GanttProject file", "In GanttProject export it as Microsoft Project XML."),
    ),
)
_JSON: Final = re.compile(rb"\s*(?:\{\s*\"|\[\s*[\[{\"])")
_BLANKS: Final = b"\xef\xbb\xbf \t\r\n\x00\xff\xfe"


def recognises(head: bytes, path: Path) -> bool:
    """Is this something that no reader takes, and that is no text table either?"""
    return _verdict(head, path) is not None


def read(path: Path, digest: str) -> NoReturn:  # noqa: ARG001 - a reader's shape
    """Raises UnreadableSource, always."""
    with unpacked(path) as file:
        verdict = _verdict(file.read(64 * 1024), path)
    why, todo = verdict or _DAMAGED
    raise UnreadableSource(file=path.name, why=why, todo=todo)


def _verdict(head: bytes, path: Path) -> _Verdict | None:
    for first, verdict in _BY_FIRST_BYTES:
        if head.startswith(first) and not (len(first) < 4 and _is_sentence(head)):
            return verdict
    if head.startswith(b"PK"):
        return _of_zip(path)
    if head.startswith(OLE):
        return _of_container(path)
    if not looks_like_text(head):
        return (
            "it is in no form that is read here",
            f"Export the table as one of these: {_FORMATS}.",
        )
    return _of_text(head)


def _is_sentence(head: bytes) -> bool:
    """A text may begin with the letters BM or II; a picture has bytes that no text has."""
    return looks_like_text(head)


def _of_zip(path: Path) -> _Verdict:
    names = package.names(path)
    if not names:
        return _DAMAGED
    for part, verdict in _BY_PART:
        if any(name.startswith(part) for name in names):
            return verdict
    return _ARCHIVE


def _of_container(path: Path) -> _Verdict:
    try:
        container = CompoundFile(path)
    except BrokenContainer:
        return _DAMAGED
    for stream, verdict in _BY_STREAM:
        if stream in container.names:
            return verdict
    if any(
        "MSProject" in str(container.stream(name)) for name in container.names & {"\x01CompObj"}
    ):
        return _PROJECT
    return _DAMAGED


def _of_text(head: bytes) -> _Verdict | None:
    start = head.translate(None, b"\x00").lstrip(_BLANKS)[:4096]
    if start.startswith(b"<"):
        return next((verdict for pattern, verdict in _XML if pattern.search(start)), None)
    if _JSON.match(start):
        return ("it is JSON", "Export the table as CSV or XLSX, and give that.")
    return None
