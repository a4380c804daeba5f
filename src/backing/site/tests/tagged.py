"""The tables of a tagged PDF, cell by cell: who reads a column under its head reads more than a line of words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from backing.site.tests.opened import shown

_Marked = dict[tuple[tuple[int, int], int], list[str]]


def tables(content: bytes) -> Iterator[list[list[str]]]:
    """Each table of a PDF as rows of cells; none where it is not tagged."""
    with pikepdf.open(io.BytesIO(content)) as paper:
        root: Any = paper.Root.get("/StructTreeRoot")
        if root is None:
            return
        marked: _Marked = {}
        for page in paper.pages:
            for mark, words in shown(page):
                if mark is not None:
                    marked.setdefault((page.obj.objgen, mark), []).append(words)
        for table in _below(root, "/Table"):
            yield [
                [" ".join(_words(cell, marked)) for cell in _below(row, "/TH", "/TD")]
                for row in _below(table, "/TR")
            ]


def _below(tag: Any, *kinds: str) -> Iterator[Any]:
    """The tags of these kinds under one, in order, and not within each other."""
    for each in _kids(tag):
        if not isinstance(each, pikepdf.Dictionary):
            continue
        if str(each.get("/S")) in kinds:
            yield each
        else:
            yield from _below(each, *kinds)


def _words(tag: Any, marked: _Marked, page: Any = None) -> Iterator[str]:
    page = tag.get("/Pg", page)
    for each in _kids(tag):
        if not isinstance(each, pikepdf.Dictionary):
            yield from marked.get((page.objgen, int(each)), ())
        elif "/MCID" in each:
            yield from marked.get((each.get("/Pg", page).objgen, int(each["/MCID"])), ())
        else:
            yield from _words(each, marked, page)


def _kids(tag: Any) -> list[Any]:
    kids: Any = tag.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
