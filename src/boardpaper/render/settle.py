"""Settles an Office file to the byte: the same content gives the same file, whenever it is written.

Office files are zip archives.  Writers put the time of day into the archive, into the document's
properties and into each embedded workbook; none of it says anything about the content.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

# The earliest time a zip archive can hold; also what a document states that was given no time.
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)

_STAMPS = re.compile(
    rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)|(<cp:lastModifiedBy>)[^<]*(</cp:lastModifiedBy>)"
)
_OFFICE = (".xlsx", ".docx", ".pptx")


def settle(data: bytes, *, at: datetime | None = None) -> bytes:
    """The Office file with sorted entries, fixed dates and settled embedded workbooks.

    at: the time it states for itself (the issue's); a fixed date where there is none.
    """
    stamp = (at or EPOCH).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name.endswith(_OFFICE):
                content = settle(content, at=at)
            elif name == "docProps/core.xml":
                content = _stamped(content, stamp)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return out.getvalue()


def _stamped(core: bytes, stamp: bytes) -> bytes:
    """The core properties with that time as created and modified, and nobody's name."""

    def replaced(match: re.Match[bytes]) -> bytes:
        if match.group(1):
            return match.group(1) + stamp + match.group(3)
        return match.group(4) + match.group(5)

    return _STAMPS.sub(replaced, core)
