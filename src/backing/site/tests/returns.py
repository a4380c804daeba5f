"""A return in per cent, wherever somebody may read it: on pages, in exports and documents, opened (RULE-15)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, Final

from backing.site.tests import tagged
from backing.site.tests.opened import drawn

# "No return is claimed" states none; a measure's own name may stand for it in a list.
_NAME: Final = r"(?<!\bno )(?<![a-z])(ROI|returns?)(?![a-z])"
A_RETURN: Final = re.compile(
    rf"{_NAME}[^.!?]{{0,80}}?\d[\d.,]{{0,12}}\s?%|\d[\d.,]{{0,12}}\s?%[^.!?]{{0,80}}?{_NAME}",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(_NAME, re.IGNORECASE)
_SHEETS: Final = "xl/workbook.xml"
_SLIDES: Final = "ppt/presentation.xml"
_PAPER: Final = "word/document.xml"


def return_in(content: bytes, kind: str = "") -> str | None:
    """The first return in per cent that can be read in a file.  kind: its content type, where it has one."""
    hits = (hit.group() for hit in map(A_RETURN.search, _said(content, kind)) if hit)
    return next(hits, None)


def text_of(page: str) -> str:
    """What a page says: without its marks."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _said(content: bytes, kind: str) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        yield " ".join(drawn(content).split())
        for table in tagged.tables(content):
            yield from _by_head(table)
    elif content.startswith(b"PK"):
        yield from _packed(content)
    else:
        page = content.decode("utf-8-sig", "replace")
        yield text_of(page)
        if "csv" in kind:
            yield from _by_head(list(csv.reader(io.StringIO(page))))
        for table in re.findall(r"<table\b.*?</table>", page, re.DOTALL):
            rows = re.findall(r"<tr\b.*?</tr>", table, re.DOTALL)
            yield from _by_head(
                [
                    [text_of(cell) for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.DOTALL)]
                    for row in rows
                ]
            )


def _packed(content: bytes) -> Iterator[str]:
    """Every part of an office file, files within it too, and its tables as a reader sees them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        for name in names:
            part = archive.read(name)
            if part.startswith((b"PK", b"%PDF")):
                yield from _said(part, "")
            elif name.endswith((".xml", ".csv", ".html", ".json", ".txt")):
                yield text_of(part.decode("utf-8", "replace"))
    for mark, tables in ((_SHEETS, _sheets), (_SLIDES, _slides), (_PAPER, _paper)):
        if mark in names:
            for table in tables(content):
                yield from _by_head(table)


def _sheets(content: bytes) -> Iterator[list[list[Any]]]:
    from openpyxl import load_workbook

    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        yield [
            [_shown(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()
        ]


def _shown(value: Any, written: str) -> Any:
    return f"{value:.1%}" if isinstance(value, int | float) and "%" in written else value


def _slides(content: bytes) -> Iterator[list[list[str]]]:
    from pptx import Presentation

    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                table: Any = shape
                yield [[cell.text for cell in row.cells] for row in table.table.rows]


def _paper(content: bytes) -> Iterator[list[list[str]]]:
    from docx import Document

    for table in Document(io.BytesIO(content)).tables:
        yield [[cell.text for cell in row.cells] for row in table.rows]


def _by_head(table: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Each cell after the head of its column and of its row; a bare number under a return is one."""
    heads = [str(each or "") for each in table[0]] if table else []
    for row in table[1:]:
        for head, cell in zip(heads, row, strict=False):
            named = f"{head} {row[0]}"
            yield f"{named} {_share(cell) if _NAMED.search(named) else cell}"


def _share(cell: Any) -> str:
    try:
        return f"{float(cell):.1%}"
    except (TypeError, ValueError):
        return str(cell)
