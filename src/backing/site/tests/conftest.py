"""The command as a user runs it, and the open registers where they are at hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backing.site.command import main

DATA = Path(__file__).resolve().parents[4].parent / "shared" / "data"

Figures = Callable[..., dict[str, Any]]


@pytest.fixture
def data() -> Path:
    """The folder of open registers; the test skips where it is absent."""
    if not DATA.is_dir():
        pytest.skip("the open registers are not beside this checkout (../shared/data)")
    return DATA


@pytest.fixture
def figures(capsysbinary: pytest.CaptureFixture[bytes]) -> Figures:
    """Run `backing figures ... --json` and give what it printed."""

    def run(*arguments: object) -> dict[str, Any]:
        code = main(["figures", *map(str, arguments), "--json"])
        out, err = capsysbinary.readouterr()
        assert code == 0, err.decode()
        found: dict[str, Any] = json.loads(out)
        return found

    return run


def one(
    found: dict[str, Any], measure: str, baseline: str | None = None, group: str | None = None
) -> Any:
    """The one figure of that name, baseline and group."""
    (figure,) = [
        figure
        for figure in found["figures"]
        if (figure["measure"], figure["baseline"], figure["group"]) == (measure, baseline, group)
    ]
    return figure
