"""What the files of an issue are called where a reader saves them."""

from __future__ import annotations

import re
import unicodedata

from boardpaper.blocks import Document


def file_name(document: Document, ending: str) -> str:
    """For example "aldmoor-group-D1-issue-2.pdf": letters that every system takes, and no person's name;
    without a number where it is not issued but printed."""
    plain = unicodedata.normalize("NFKD", document.organisation).encode("ascii", "ignore").decode()
    whose = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "the-office"
    which = f"-issue-{document.issue}" if document.issue is not None else ""
    return f"{whose[:60]}-{document.code}{which}.{ending}"
