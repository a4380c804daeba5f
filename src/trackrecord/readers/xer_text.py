"""The text of a Primavera export: tables of tab-separated rows, in whatever encoding it has.

Each line says what it is: `%T` opens a table, `%F` names its fields, `%R` is a row, `%E` ends the
file; the first line, `ERMHDR`, says who exported when.  A line with no mark continues the one
above: a line break in someone's text.  Fields at the end of a row that are empty are often left
out.  The format does not name its encoding; it is that of the machine that exported.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from trackrecord.errors import UnreadableSource
from trackrecord.problem import Problem
from trackrecord.readers import limits
from trackrecord.readers.decoding import unpacked
from trackrecord.readers.schedules import FOUND_LIMIT, Cells

MARK: Final = "ERMHDR"
EXPORT_AGAIN: Final = "Export it again from Primavera P6 (File, Export, XER) and try again."

_CHUNK: Final = 1 << 20
_BLOCK: Final = 1 << 20


def encoding_of(head: bytes) -> str | None:
    """The encoding the first bytes show, None where only the whole file can tell."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (MARK.encode("utf-16-le"), "utf-16-le"),
        (MARK.encode("utf-16-be"), "utf-16-be"),
    ):
        if head.startswith(mark):
            return name
    return None


@dataclass(slots=True)
class Section:
    """One table as it stands: its fields, its rows, and the line each stands on."""

    name: str
    fields: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Export:
    """The header's cells and the tables asked for; a table the file lacks has no rows."""

    file: str
    header: list[str]
    sections: dict[str, Section]
    problems: list[Problem]

    def cells(self, table: str, fields: Iterable[str]) -> Cells:
        """The rows of `table` that can be taken apart, the other ones as Problems."""
        section = self.sections[table]
        whole, lines = self._whole(section)
        wanted = [name for name in fields if name in section.fields]
        columns: dict[str, pa.Array] = {}
        if whole and wanted:
            columns = _columns(section.fields, whole, wanted)
        return Cells(
            file=self.file,
            sheet=table,
            rows=pa.array(lines, pa.int32()),
            columns=columns,
            problems=self.problems,
        )

    def _whole(self, section: Section) -> tuple[list[str], list[int]]:
        tabs = len(section.fields) - 1
        rows: list[str] = []
        lines: list[int] = []
        for row, line in zip(section.rows, section.lines, strict=True):
            missing = tabs - row.count("\t")
            if missing < 0:
                extra = row.split("\t")[tabs + 1 :]
                if any(extra):
                    self.problems.append(_too_wide(self.file, section.name, line, extra))
                    continue
                row = "\t".join(row.split("\t")[: tabs + 1])
            rows.append(row + "\t" * missing)
            lines.append(line)
        return rows, lines


def export(path: Path, wanted: Iterable[str]) -> Export:
    """The header and the `wanted` tables of the file, line by line; other tables are passed over.

    Raises UnreadableSource for a file that is no export, or is cut or damaged beyond reading.
    """
    file = path.name
    encoding = _encoding(path)
    try:
        with unpacked(path) as stream:
            text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
            return _sorted_out(file, _lines(file, text), wanted)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableSource(
            file=file, why="the packed file is cut short or damaged", todo=EXPORT_AGAIN
        ) from error


def _sorted_out(file: str, lines: Iterator[str], wanted: Iterable[str]) -> Export:
    first = next(lines, "")
    if not first.startswith(MARK):
        raise UnreadableSource(
            file=file, place="line 1", why=f"it does not begin with {MARK}", todo=EXPORT_AGAIN
        )
    sections = {name: Section(name) for name in wanted}
    problems: list[Problem] = []
    section: Section | None = None
    ended = False
    for number, line in enumerate(lines, 2):
        mark = line[:2]
        if mark == "%R":
            if section is not None:
                section.rows.append(line[3:])
                section.lines.append(number)
        elif mark == "%F":
            if section is not None:
                section.fields = _fields(file, section, line[3:])
        elif mark == "%T":
            section = sections.get(line[3:].strip())
        elif mark == "%E":
            ended = True
            break
        elif section is not None and section.rows and line:
            section.rows[-1] += " " + line
    if not ended:
        problems.append(
            Problem(
                file=file,
                expected="%E in the last line",
                todo="The file may have been cut short: compare its tasks with the schedule, and "
                "export it again if some are missing.",
                extent="file",
                code="no-end-mark",
            )
        )
    return Export(file, first.split("\t"), sections, problems)


def _fields(file: str, section: Section, line: str) -> list[str]:
    fields = [name.strip() for name in line.rstrip("\t").split("\t")]
    if section.rows and fields != section.fields:
        raise UnreadableSource(
            file=file,
            why=f"table {section.name} stands there twice with different fields",
            todo=EXPORT_AGAIN,
        )
    return fields


def _columns(fields: list[str], rows: list[str], wanted: list[str]) -> dict[str, pa.Array]:
    # A field that is named twice would hide the first: only the first of each is read.
    names = [
        name if fields.index(name) == at else f"{name}\0{at}" for at, name in enumerate(fields)
    ]
    data = "\n".join(rows).encode("utf-8", errors="replace")
    table = csv.read_csv(
        pa.BufferReader(data),
        read_options=csv.ReadOptions(
            column_names=names, block_size=max(_BLOCK, 4 * max(map(len, rows)) + 1)
        ),
        parse_options=csv.ParseOptions(
            delimiter="\t", quote_char=False, double_quote=False, ignore_empty_lines=False
        ),
        convert_options=csv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    ).combine_chunks()
    return {name: _trimmed(table[name].chunk(0)) for name in wanted}


def _trimmed(column: pa.Array) -> pa.Array:
    text = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(text, ""), None, text)


def _too_wide(file: str, table: str, line: int, extra: list[str]) -> Problem:
    return Problem(
        file=file,
        sheet=table,
        row=line,
        found=" ".join(extra)[:FOUND_LIMIT],
        expected="no more cells than the table has fields",
        todo="Take tab stops out of the texts of this row and export again.",
        extent="row",
        code="too-many-cells",
    )


def _lines(file: str, text: io.TextIOWrapper) -> Iterator[str]:
    read = 0
    while line := text.readline(limits.LINE):
        read += len(line)
        if len(line) == limits.LINE or read > limits.UNPACKED:
            what = (
                "a line in it has no end" if len(line) == limits.LINE else "it unpacks to over 2 GB"
            )
            raise UnreadableSource(file=file, why=what, todo=EXPORT_AGAIN)
        yield line.rstrip("\r\n")


def _encoding(path: Path) -> str:
    """UTF-8 where every byte fits, else cp1252, which Primavera writes on most machines."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with unpacked(path) as stream:
        try:
            chunk = stream.read(_CHUNK)
            if shown := encoding_of(chunk[:64]):
                return shown
            while chunk:
                decoder.decode(chunk)
                chunk = stream.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return "utf-8"
    return "utf-8"
