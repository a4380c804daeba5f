"""The notebook of docs/: it runs as it stands, and prints what is stored beside its cells (issue 6, 6)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from backing.site.command import main
from backing.site.tests import notebook

PAGE = Path(__file__).resolve().parents[4] / "docs" / "aldmoor.ipynb"


def test_it_prints_what_it_says_it_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the registers that the demo command makes, by their seed."""
    assert main(["case", "--demo", "--to", str(tmp_path / "aldmoor")]) == 0
    capsys.readouterr()
    stored = notebook.read(PAGE)

    texts = notebook.run(stored, tmp_path)

    assert texts == [notebook.printed(cell) for cell in notebook.code_cells(stored)]
    assert all(texts)


def test_it_uses_the_evidence_library_alone() -> None:
    """design.md 2: trackrecord needs no office, no paper and no server."""
    sources = ["".join(cell["source"]) for cell in notebook.code_cells(notebook.read(PAGE))]
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse("\n".join(sources)))
        for name in _imports(node)
    }

    assert imported == {"datetime", "pathlib", "trackrecord"}


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
