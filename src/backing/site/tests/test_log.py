"""The log says where something failed, never what was in it."""

from __future__ import annotations

import logging
import sys

from backing.site.log import Sparing


def test_an_exception_leaves_its_kind_and_places_but_not_its_words() -> None:
    cell = "a secret from a cell"
    try:
        int(cell)
    except ValueError:
        record = logging.LogRecord("backing", logging.ERROR, "x.py", 1, "it failed", (), sys.exc_info())
    line = Sparing().format(record)

    assert "ValueError" in line
    assert "test_log.py" in line
    assert cell not in line
