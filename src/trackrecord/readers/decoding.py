"""Finds out how a text was encoded, without ever hiding what does not fit.

Bytes that the encoding does not know are kept apart while decoding and then replaced and reported,
each with its row.  Falling back to Latin-1, which knows all 256 bytes, would turn damage into
characters nobody wrote.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, cast

from trackrecord.errors import UnreadableSource
from trackrecord.readers import limits

GZIP: Final = b"\x1f\x8b"

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
# Control characters that no text has; form feeds, tabs, line ends and Ctrl-Z do occur.
_CONTROLS: Final = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})
_BINARY: Final = 0.03  # share of control characters that makes a file binary
_FEW: Final = 8  # so many may stray into the shortest text
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_WESTERN: Final = frozenset(
    "£€§°±·½¼¾«»–—‘’“”„•…™®©äöüßÄÖÜàâçéèêëîïôœùûÿÀÂÇÉÈÊËÎÏÔŒÙÛáíóúñÁÍÓÚÑåæøÅÆØãõìòýðþ\xa0".encode(
        "cp1252"
    )
)
_FOREIGN: Final = (0.1, 10)  # share and number of bytes that make a Western text unlikely
_DENSE: Final = 0.3  # share of letters beyond ASCII that no Western language reaches
_SAMPLE: Final = 64 * 1024  # bytes that settle which other encoding it is
_STRAY: Final = re.compile("[\udc80-\udcff\x00\ufffd]")
_LETTERS: Final = tuple(bytes([byte]) for byte in b"aeinorstlAEINORST")
_WINDOW: Final = 20  # characters shown on either side of a stray one


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text file and how to open it.

    mended: whether it holds bytes that its encoding does not know, or NULs; they decode to
    characters for which `is_whole` is false.
    """

    path: Path
    encoding: str
    mended: bool

    @property
    def named(self) -> str:
        """The encoding as users know it."""
        return _NAMES.get(self.encoding, self.encoding)

    def open(self) -> io.TextIOWrapper:
        """The decoded text, line ends as they stand."""
        errors = "replace" if _is_wide(self.encoding) else "surrogateescape"
        return io.TextIOWrapper(
            unpacked(self.path), encoding=self.encoding, errors=errors, newline=""
        )


def looks_like_text(head: bytes) -> bool:
    """Whether these bytes can be text in any common encoding."""
    if head.startswith(tuple(mark for mark, _ in _MARKS)) or _utf16_without_mark(head):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls <= max(_BINARY * len(head), _FEW)


def examine(path: Path) -> Text:
    """Reads the file once, in blocks, and settles its encoding.

    Raises UnreadableSource for a line longer than `limits.LINE` or a text larger than
    `limits.TEXT`.
    """
    blocks = _blocks(path)
    head = next(blocks, b"")
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    wide = marked if marked and _is_wide(marked) else _utf16_without_mark(head)
    survey = _Survey(path=path, wide=wide)
    for block in chain([head], blocks):
        survey.take(block)
    encoding = wide or marked or survey.encoding()
    return Text(path=path, encoding=encoding, mended=survey.misfits(encoding))


def unpacked(path: Path) -> BinaryIO:
    """The bytes of a file, without the gzip around them if there is one."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    return cast("BinaryIO", gzip.open(path)) if packed else path.open("rb")


def is_whole(text: str) -> bool:
    """Whether every character of it was in the file."""
    return _STRAY.search(text) is None


def mended(text: str) -> tuple[str, str]:
    """The text with stray bytes replaced and NULs taken out, and the name of the first of them."""
    stray = _STRAY.search(text)
    first = stray[0] if stray else "\ufffd"
    name = "a lost character" if first == "\ufffd" else f"byte 0x{ord(first) & 0xFF:02X}"
    return _STRAY.sub("\ufffd", text.replace("\x00", "")), name


def around(text: str) -> str:
    """The words around the first replaced character."""
    at = max(text.find("\ufffd"), 0)
    return text[max(at - _WINDOW, 0) : at + _WINDOW].strip()


def _is_wide(encoding: str) -> bool:
    return encoding.startswith(("utf-16", "utf-32"))


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 shows in mostly ASCII text as a NUL in every second place."""
    pairs = len(head[:4096]) // 2
    if pairs < 2:
        return None
    first, second = (head[: 2 * pairs][side::2].count(0) / pairs for side in (0, 1))
    if second > 0.4 and first < 0.05:
        return "utf-16-le"
    return "utf-16-be" if first > 0.4 and second < 0.05 else None


def _blocks(path: Path) -> Iterator[bytes]:
    """The unpacked bytes, a block at a time, as far as the limits allow."""
    size, packed_size = 0, path.stat().st_size
    try:
        with unpacked(path) as file:
            while block := file.read(limits.BLOCK):
                size += len(block)
                swollen = size > limits.RATIO_MATTERS_FROM and size > limits.RATIO * packed_size
                if size > limits.TEXT or swollen:
                    raise UnreadableSource(
                        file=path.name,
                        why=f"it holds more than {size // limits.MIB} MB of text, far more than a "
                        "register does, so reading stopped",
                        todo="Give only the rows you need, or the same table as Parquet.",
                    )
                yield block
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableSource(
            file=path.name,
            why="the packed file is damaged or was cut off",
            todo="Copy or export it again.",
        ) from error


@dataclass(slots=True, kw_only=True)
class _Survey:
    """What one pass over the bytes shows.

    wide: the encoding, where the first bytes show that it is UTF-16 or UTF-32.
    """

    path: Path
    wide: str | None
    lines: int = 0
    _open_line: int = 0  # bytes since the last line end
    _high: Counter[int] = field(default_factory=Counter)
    _letters: int = 0
    _sample: bytearray = field(default_factory=bytearray)
    _decoded: int = 0  # characters beyond ASCII that are good UTF-8
    _undecoded: int = 0  # bytes that are not
    _nuls: bool = False
    _decoder: codecs.IncrementalDecoder = field(init=False)

    def __post_init__(self) -> None:
        decoder = codecs.getincrementaldecoder(self.wide or "utf-8")
        self._decoder = decoder("replace" if self.wide else "surrogateescape")

    def take(self, block: bytes) -> None:
        """Counts one block; raises UnreadableSource within a line that goes on too long."""
        self._measure_line(block)
        if self.wide:
            self._undecoded += self._decoder.decode(block).count("\ufffd")
            return
        self._nuls = self._nuls or b"\x00" in block
        if block.isascii() and not self._decoder.getstate()[0]:
            return
        text = self._decoder.decode(block)
        strays = sum("\udc80" <= character <= "\udcff" for character in text)
        self._undecoded += strays
        self._decoded += sum(not character.isascii() for character in text) - strays
        for run in _HIGH.findall(block):
            self._high.update(run)
        self._letters += sum(map(block.count, _LETTERS))
        if len(self._sample) < _SAMPLE:
            for line in block.splitlines():
                if not line.isascii() and len(self._sample) < _SAMPLE:
                    self._sample += line + b"\n"

    def encoding(self) -> str:
        """The likeliest encoding of a text without a byte-order mark."""
        if self._decoded >= 4 * self._undecoded:
            return "utf-8"
        high = self._high.total()
        foreign = high - sum(self._high[byte] for byte in _WESTERN)
        share, number = _FOREIGN
        western = foreign <= max(share * high, number) and high <= _DENSE * (high + self._letters)
        return "cp1252" if western else _other_encoding(bytes(self._sample))

    def misfits(self, encoding: str) -> bool:
        """Whether the text holds NULs or bytes that `encoding` does not know."""
        if self.wide or encoding.startswith("utf-8"):
            return self._nuls or self._undecoded > 0
        return self._nuls or any(not _knows(encoding, byte) for byte in self._high)

    def _measure_line(self, block: bytes) -> None:
        ends = block.rfind(b"\n"), block.rfind(b"\r")
        if max(ends) >= 0:
            self._open_line = len(block) - max(ends) - 1
            self.lines += block.count(b"\n")
            return
        self._open_line += len(block)
        if self._open_line > limits.LINE:
            raise UnreadableSource(
                file=self.path.name,
                place=f"line {self.lines + 1}",
                why=f"the line goes on for more than {limits.LINE // limits.MIB} MB without an end",
                todo="Export the table again, one project a line.",
            )


def _knows(encoding: str, byte: int) -> bool:
    try:
        bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _other_encoding(sample: bytes) -> str:
    """What charset-normalizer makes of the lines beyond ASCII; Windows-1252 where it is at a loss."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return "cp1252"
    return codecs.lookup(best.encoding).name
