"""Typst, with the fonts that come along and nothing from the machine it runs on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import typst

# The time in a PDF whose issue states none.  Renderers have no clock.
NO_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


def compile_pdf(template: str, content: dict[str, Any], *, at: datetime | None) -> bytes:
    """A template of this package set with a content, as tagged PDF/UA-1.

    content: reaches the template as JSON, never as markup, so no words of a user are ever read as code.
    at: the time written into the file.  Same input, same bytes.
    """
    import typst

    return typst.compile(
        _template(template),
        font_paths=_fonts(),
        sys_inputs=_inputs(content),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int((at or NO_TIME).timestamp()),
    )


def compile_png(template: str, content: dict[str, Any], *, pixels_per_inch: float) -> bytes:
    """A one-page template as PNG."""
    import typst

    return typst.compile(
        _template(template),
        font_paths=_fonts(),
        sys_inputs=_inputs(content),
        format="png",
        ppi=pixels_per_inch,
    )


@cache
def _template(name: str) -> bytes:
    return files("boardpaper.render").joinpath(name).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    import typst

    with as_file(files("boardpaper").joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=False, font_paths=[Path(folder)])


def _inputs(content: dict[str, Any]) -> dict[str, str]:
    return {"content": json.dumps(content, ensure_ascii=False)}
