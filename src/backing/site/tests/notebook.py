"""Runs a notebook's cells in order, as Jupyter would, and stores what they print.

    python -m backing.site.tests.notebook docs/aldmoor.ipynb FOLDER

FOLDER is where the cells run.  Cells print; nothing else of Jupyter is used, so nothing else is needed.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]


def read(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text("utf-8"))
    return notebook


def code_cells(notebook: Notebook) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def printed(cell: dict[str, Any]) -> str:
    """What a cell is stored to have printed."""
    return "".join("".join(output["text"]) for output in cell["outputs"])


def run(notebook: Notebook, folder: Path) -> list[str]:
    """What each code cell prints when all run in order in the folder; raises what a cell raises."""
    names: dict[str, Any] = {"__name__": "__main__"}
    texts = []
    with contextlib.chdir(folder):
        for cell in code_cells(notebook):
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile("".join(cell["source"]), "<cell>", "exec"), names)
            texts.append(out.getvalue())
    return texts


def store(notebook: Notebook, texts: list[str], path: Path) -> None:
    for count, (cell, text) in enumerate(zip(code_cells(notebook), texts, strict=True), 1):
        lines = text.splitlines(keepends=True)
        stream = {"name": "stdout", "output_type": "stream", "text": lines}
        cell["outputs"], cell["execution_count"] = [stream] if lines else [], count
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    found = read(place)
    store(found, run(found, Path(sys.argv[2])), place)
