"""Looks through an XLS workbook (Excel 5 to 2003): locked, how large are its sheets, which formulas failed?

Source: Microsoft, [MS-XLS] Excel Binary File Format, 2.1.4 (records) and 2.4 (BoundSheet8, FilePass,
Formula, BoolErr, MulRk).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from trackrecord.readers.ole import BrokenContainer, CompoundFile
from trackrecord.readers.sheet_survey import SheetSurvey

STREAMS: Final = frozenset({"Workbook", "Book"})

_FORMULA, _EOF, _FILE_PASS, _BOUND_SHEET, _MUL_RK = 0x06, 0x0A, 0x2F, 0x85, 0xBD
_BOOL_ERR = 0x205
_CELLS: Final = frozenset({_FORMULA, 0x203, 0x204, 0x27E, 0xFD, 0xD6, _BOOL_ERR, 0x03, 0x04})
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip

_Record = tuple[int, int, int]  # its kind, where its body begins, how long it is


class Locked(ValueError):
    """The workbook is encrypted."""


def surveys(path: Path) -> dict[str, SheetSurvey]:
    """Name of each sheet -> its survey.  Raises Locked or BrokenContainer."""
    container = CompoundFile(path)
    name = next(name for name in ("Workbook", "Book") if name in container.names)
    stream = container.stream(name)
    starts = dict[str, int]()
    for kind, at, length in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Locked
        if kind == _BOUND_SHEET:
            starts[_name(stream[at : at + length], unicode=name == "Workbook")] = int.from_bytes(
                stream[at : at + 4], "little"
            )
    return {name: _survey(stream, start) for name, start in starts.items()}


def _records(stream: bytes, at: int) -> Iterator[_Record]:
    """The records of one substream, to its end."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        # Charts are substreams within the one of their sheet.
        depth += kind in (0x809, 0x409, 0x209, 0x09)
        depth -= kind == _EOF
        at += 4 + length
        if kind == _EOF and depth <= 0:
            return
    raise BrokenContainer("a sheet has no end")


def _name(bound_sheet: bytes, *, unicode: bool) -> str:
    length = bound_sheet[6] if len(bound_sheet) > 6 else 0
    if not unicode:
        return bound_sheet[7 : 7 + length].decode("cp1252", "replace")
    if len(bound_sheet) > 7 and bound_sheet[7] & 1:
        return bound_sheet[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return bound_sheet[8 : 8 + length].decode("latin-1")


def _survey(stream: bytes, start: int) -> SheetSurvey:
    rows = columns = 0
    errors = list[tuple[int, int, str]]()
    for kind, at, length in _records(stream, start):
        if kind not in _CELLS and kind != _MUL_RK:
            continue
        row, column = struct.unpack_from("<HH", stream, at)
        if kind == _MUL_RK:
            column = int.from_bytes(stream[at + length - 2 : at + length], "little")
        elif (error := _error(stream, kind, at)) is not None:
            errors.append((row, column, _ERRORS.get(error, "a failed formula")))
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    return SheetSurvey(rows=rows, columns=columns, errors=tuple(errors))


def _error(stream: bytes, kind: int, at: int) -> int | None:
    """The code of the error a cell shows, if it does."""
    if kind == _FORMULA and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
        return stream[at + 8]
    if kind == _BOOL_ERR and stream[at + 7]:
        return stream[at + 6]
    return None
