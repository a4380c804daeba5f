"""Settles an Office file to the byte: the same content gives the same file, whenever it is written.

Office files are zip archives.  Writers put the time of day into the archive, into the document's
properties and into each embedded workbook; none of it says anything about the content.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Final

# The earliest time a zip archive can hold; also what a document states that was given no time.
EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)

_STAMPS: Final = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_OFFICE: Final = (".xlsx", ".docx", ".pptx")


def settle(data: bytes, *, at: datetime | None = None) -> bytes:
    """The Office file with sorted entries, fixed dates and settled embedded workbooks.

    at: the time it states for itself (the issue's, in UTC where it has no zone); a fixed date where there
    is none.
    """
    stated = at or EPOCH
    if stated.tzinfo is not None:
        stated = stated.astimezone(UTC)
    stamp = stated.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name.endswith(_OFFICE) and zipfile.is_zipfile(io.BytesIO(content)):
                content = settle(content, at=at)
            elif name == "docProps/core.xml":
                content = _STAMPS.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # the archive would else say on which system it was written
            target.writestr(entry, content)
    return out.getvalue()
