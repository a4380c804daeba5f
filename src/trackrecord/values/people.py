"""People become opaque ids at the edge; their names stay in words."""

from __future__ import annotations

import hashlib
import re

_BLANKS = re.compile(r"\s+")


def person_id(name: str, salt: str) -> str:
    """An id that tells two people apart and names neither: 16 hex digits of a salted SHA-256.

    Case and repeated blanks do not matter; spelling does.
    """
    plain = _BLANKS.sub(" ", name).strip().casefold()
    return hashlib.sha256(f"{salt}\0{plain}".encode()).hexdigest()[:16]
