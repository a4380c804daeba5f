"""Looking at a page in a real browser (X7).  The browser itself is the fixture `chromium`.

Set BACKING_PICTURES to a folder to keep a picture of every page, and look at them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
PICTURES = os.environ.get("BACKING_PICTURES")
WIDTHS = {"desk": 1280, "phone": 360}
# What light and dark may change of a page whose elements stay the same.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def looked_at_all_ways(page: Page, name: str) -> list[str]:
    """What is wrong with the page wide and narrow, by day and by night; the page is loaded once.

    All is asked at either width by day; by night the colours again.
    """
    wrong = []
    for width, pixels in WIDTHS.items():
        page.set_viewport_size({"width": pixels, "height": 800})
        page.emulate_media(color_scheme="light")
        wrong += looked_at(page, f"{name}-{width}-light")
        page.emulate_media(color_scheme="dark")
        wrong += looked_at(page, f"{name}-{width}-dark", COLOURS)
    return wrong


def looked_at(page: Page, name: str, asked: dict[str, Any] | None = None) -> list[str]:
    """What is wrong with the page as it stands, if anything."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "asked => axe.run(document, asked)", {"resultTypes": ["violations"], **(asked or {})}
    )
    page.evaluate("root = document.documentElement")
    wide = page.evaluate("root.scrollWidth > root.clientWidth")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    wrong = [
        f"{name}: {one['id']}: {one['help']}: {one['nodes'][0]['html']}"
        for one in found["violations"]
    ]
    return [*wrong, *([f"{name}: wider than the screen"] if wide else [])]
