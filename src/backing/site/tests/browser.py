"""Looking at a page in a real browser (X7).  The browser itself is the fixture `chromium`.

Set BACKING_PICTURES to a folder to keep a picture of every page, and look at them.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
PICTURES = os.environ.get("BACKING_PICTURES")
WIDTHS = {"desk": 1280, "phone": 360}
LIGHTS = ("light", "dark")


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, if anything."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    page.evaluate("root = document.documentElement")
    wide = page.evaluate("root.scrollWidth > root.clientWidth")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    wrong = [
        f"{name}: {one['id']}: {one['help']}: {one['nodes'][0]['html']}"
        for one in found["violations"]
    ]
    return [*wrong, *([f"{name}: wider than the screen"] if wide else [])]
