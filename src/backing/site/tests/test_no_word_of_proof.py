"""RULE-11: nothing a user reads says that anything is proved, and no p-value stands outside an appendix.

What pages and documents say of a verdict is held to the same beside them; this reads all that is worded
beforehand: templates, sentences in code that reaches a reader, and the documentation.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[4]
SAID = re.compile(r"\b(prove[sdn]?|proven|proof)\b", re.IGNORECASE)
P_VALUE = re.compile(r"\bp[- ]values?\b|\bp\s*[=<]\s*0?\.\d", re.IGNORECASE)
LEAVES = ("told.py", "public.py", "papers", "views", "advice.py", "wording", "verbs", "compare")


def worded() -> Iterator[tuple[Path, str]]:
    """Every text that a reader may be shown, with the file it stands in."""
    for path in sorted((TOP / "src").rglob("*.html")):
        yield path, path.read_text("utf-8")
    for path in (*sorted((TOP / "docs").glob("*.md")), TOP / "README.md", TOP / "CHANGELOG.md"):
        yield path, path.read_text("utf-8")
    for path in sorted((TOP / "docs").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            yield path, "".join(cell["source"])
    for path in sorted((TOP / "src").rglob("*.py")):
        if "tests" not in path.parts and any(leaf in path.parts for leaf in LEAVES):
            yield path, "\n".join(_sentences(path))


def _sentences(path: Path) -> Iterator[str]:
    """Strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in remarks
        ):
            yield node.value


@pytest.mark.parametrize("what", [SAID, P_VALUE], ids=["proved", "p-value"])
def test_nothing_worded_beforehand_claims_more_than_is_known(what: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(TOP)}: {match.group()} in {text[max(0, match.start() - 40) : match.end() + 20]!r}"
        for path, text in worded()
        for match in what.finditer(text)
    ]

    assert found == []
