"""Every measure is explained to its reader, in the words that stand beside its figure."""

from __future__ import annotations

import re
from pathlib import Path

from trackrecord.measures import MEASURES

PAGE = Path(__file__).resolve().parents[4] / "docs" / "measures.md"


def sections() -> dict[str, str]:
    parts = re.split(r"^## (\w+)\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_measure_is_explained_and_no_other() -> None:
    assert sorted(sections()) == sorted(MEASURES)


def test_the_page_says_what_the_figure_says() -> None:
    unlike = [
        name
        for name, section in sections().items()
        if not section.strip().startswith(MEASURES[name].definition)
    ]
    assert unlike == []


def test_a_changed_formula_changes_the_page() -> None:
    stale = [
        name
        for name, section in sections().items()
        if f"Version {MEASURES[name].version};" not in section
    ]
    assert stale == []
