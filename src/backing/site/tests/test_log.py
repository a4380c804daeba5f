"""The log says where something failed, never what was in it."""

from __future__ import annotations

import logging

import pytest

from backing.site.log import Sparing


def test_an_exception_leaves_its_kind_and_places_but_not_its_words() -> None:
    cell = "a secret from a cell"
    with pytest.raises(ValueError, match=cell) as caught:
        int(cell)
    failed = (caught.type, caught.value, caught.tb)
    line = Sparing().format(
        logging.LogRecord("backing", logging.ERROR, "x.py", 1, "failed", (), failed)
    )

    assert "ValueError" in line
    assert "test_log.py" in line
    assert cell not in line
