"""Files that no writer here makes, put together byte by byte: compound files and small XLS books."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) with these streams; each is padded to the size of a large one."""
    bodies = {
        name: body.ljust(4096, b"\0").ljust(-(-max(len(body), 4096) // _SECTOR) * _SECTOR, b"\0")
        for name, body in streams.items()
    }
    directory_sectors = -(-(len(streams) + 1) // 4)
    chains, firsts, at = [_TABLE], {}, 1 + directory_sectors
    chains += [*range(2, 1 + directory_sectors), _END]
    for name, body in bodies.items():
        count = len(body) // _SECTOR
        firsts[name] = at
        chains += [*range(at + 1, at + count), _END]
        at += count
    assert len(chains) <= _SECTOR // 4
    entries = _entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE)
    for index, (name, body) in enumerate(bodies.items(), start=1):
        beside = index + 1 if index < len(bodies) else _FREE
        entries += _entry(name, 2, firsts[name], len(body), beside=beside)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(_SECTOR, b"\xff")
    return (
        _header()
        + table
        + entries.ljust(directory_sectors * _SECTOR, b"\0")
        + b"".join(bodies.values())
    )


def _header() -> bytes:
    start = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    shapes = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    tables = struct.pack("<109I", 0, *[_FREE] * 108)
    return start + shapes + places + tables


def _entry(
    name: str, kind: int, first: int, size: int, *, beside: int = _FREE, child: int = _FREE
) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, beside, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def xls(rows: list[list[str | float]], *, locked: bool = False) -> bytes:
    """An XLS workbook ([MS-XLS]) with one sheet "Register"; a text that begins with # is an error."""
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x1A0A, 0x7CC, 0, 6))
    if locked:
        start += _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    name = b"Register"
    bound = 8 + len(name)
    offset = len(start) + 4 + bound + 4
    globals_ = start + _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name)
    return compound_file({"Workbook": globals_ + _record(0x0A, b"") + _worksheet(rows)})


def _worksheet(rows: list[list[str | float]]) -> bytes:
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x1A0A, 0x7CC, 0, 6))
    width = max(map(len, rows))
    body += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    errors = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, float):
                body += _record(0x203, place + struct.pack("<d", cell))
            elif cell in errors:
                body += _record(0x205, place + bytes([errors[cell], 1]))
            else:
                text = cell.encode("utf-16-le")
                body += _record(0x204, place + struct.pack("<HB", len(cell), 1) + text)
    return body + _record(0x0A, b"")


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
