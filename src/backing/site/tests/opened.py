"""Reading what the office has written as somebody would who opens every file: packed, coded, free pages too."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pikepdf

DEEPEST = 6
CODED = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


def holds(content: bytes, word: str) -> bool:
    """Whether a word can be read anywhere in this, however it is packed; case, breaks and hyphens aside."""
    return bool(held(content, [word]))


def held(content: bytes, words: Iterable[str]) -> set[str]:
    """Those of the words that can be read in this; it is opened once for all of them."""
    sought = {word: _plain(word) for word in words}
    found = set[str]()
    for text in texts(content):
        plain = _plain(text)
        found |= {word for word, said in sought.items() if said in plain}
    return found


def files_with(folder: Path, *words: str) -> list[str]:
    """Files below a folder in which, or in whose names, any of the words can be read."""
    return sorted(
        name
        for path in folder.rglob("*")
        if path.is_file()
        for name in [str(path.relative_to(folder))]
        if any(_plain(word) in _plain(name) for word in words) or held(path.read_bytes(), words)
    )


def texts(content: bytes, depth: int = 0) -> Iterator[str]:
    """Everything that can be read in some bytes: as they are, and as what they hold."""
    yield from _as_text(content)
    if depth < DEEPEST:
        for inner in _inside(content):
            yield from texts(inner, depth + 1)


def _as_text(content: bytes) -> Iterator[str]:
    said = content.decode("utf-8", "ignore")
    yield said
    if b"\\u" in content:
        yield re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), said)
    if b"%" in content:
        yield unquote_plus(said)
    if b"&#" in content:
        import html

        yield html.unescape(said)
    if b"\x00" in content:
        yield content.decode("utf-16-le", "ignore")
        yield content[1:].decode("utf-16-le", "ignore")


def _inside(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"PK"):
        yield from _zipped(content)
    elif content.startswith(b"\x1f\x8b"):
        try:
            yield gzip.decompress(content)
        except (OSError, EOFError, zlib.error):  # a token may begin so by chance
            return
    elif content.startswith(b"PAR1"):
        yield _parquet(content)
    elif content.startswith(b"%PDF"):
        yield from _paper(content)
    elif content.startswith(b"\x78"):
        try:
            yield zlib.decompress(content)
        except zlib.error:
            return
    else:
        yield from _decoded(content)


def _zipped(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
            yield archive.comment
    except zipfile.BadZipFile:
        return


def _parquet(content: bytes) -> bytes:
    import pyarrow.parquet as pq

    return json.dumps(pq.read_table(io.BytesIO(content)).to_pylist(), default=str).encode()


def _paper(content: bytes) -> Iterator[bytes]:
    """Every stream of a PDF, and the words that its fonts draw."""
    with pikepdf.open(io.BytesIO(content)) as paper:
        for thing in paper.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    yield thing.read_bytes()
                except pikepdf.PdfError:
                    yield thing.read_raw_bytes()
            yield (
                str(thing.unparse(), "latin-1", "ignore").encode()
                if not isinstance(thing, pikepdf.Stream)
                else b""
            )
        yield "\n".join(map(_drawn, paper.pages)).encode()


def drawn(content: bytes) -> str:
    """The words that a PDF shows, page by page."""
    with pikepdf.open(io.BytesIO(content)) as paper:
        return "\n".join(map(_drawn, paper.pages))


def _drawn(page: pikepdf.Page) -> str:
    return " ".join(words for _, words in shown(page))


def shown(page: pikepdf.Page) -> Iterator[tuple[int | None, str]]:
    """The words that a page of a PDF shows, piece by piece, each with the mark by which its tags know it."""
    fonts: Any = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", {})
    maps = {name: _letters(font) for name, font in dict(fonts).items()}
    letters, marks = dict[int, str](), list[int | None]()
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "Tf":
            letters = maps.get(str(operands[0]), {})
        elif operator in ("BMC", "BDC"):
            said: Any = operands[-1]
            named = isinstance(said, pikepdf.Dictionary) and "/MCID" in said
            marks.append(int(said["/MCID"]) if named else None)
        elif operator == "EMC":
            marks.pop()
        elif operator in ("Tj", "TJ"):
            parts: list[Any] = list(operands[0]) if operator == "TJ" else operands
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            pairs = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
            mark = next((each for each in reversed(marks) if each is not None), None)
            yield mark, "".join(letters.get(code, " ") for code in pairs)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    told = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", told, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "ignore")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", told, re.DOTALL):
        for first, last, text in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block
        ):
            start = int(text, 16)
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(start + step)
    return found


def _decoded(content: bytes) -> Iterator[bytes]:
    """What base64 in it holds, packed sessions of Django's among it."""
    for found in CODED.findall(content):
        plain = found.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        for start in (0, 1):
            piece = plain[start:]
            try:
                yield base64.b64decode(piece + b"=" * (-len(piece) % 4))
            except ValueError:
                continue


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\u00ad\u2010-]+", "", folded)
