"""The same cast as with leaders."""

from __future__ import annotations

from backing.leaders.tests.conftest import (
    _no_tries_yet,
    ana,
    ben,
    eve,
    finn,
    key_file,
    sue,
)

__all__ = ["_no_tries_yet", "ana", "ben", "eve", "finn", "key_file", "sue"]
