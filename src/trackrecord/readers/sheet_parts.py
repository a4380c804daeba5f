"""Looks through the parts of an XLSX workbook: how large are its sheets, which formulas failed?

One pass over the unpacked bytes, in blocks, by searching and not by parsing: a sheet of two million
cells takes a second, and a sheet made to overwhelm a parser takes no longer.

Source: ECMA-376 part 1, 18.3.1 (sheetData, row, c).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from trackrecord.errors import UnreadableSource
from trackrecord.readers import limits, open_document, shared_texts
from trackrecord.readers.package import DamagedPackage, Package
from trackrecord.readers.sheet_survey import SheetSurvey

_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

_REFERENCE: Final = re.compile(rb"^[\"']([A-Z]{1,3})(\d{1,7})[\"']", re.MULTILINE)
_REFERENCE_BYTES: Final = 12
_FAILED: Final = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)


def is_open_document(path: Path, names: frozenset[str]) -> bool:
    """Whether a zip with these parts is an OpenDocument spreadsheet."""
    if "content.xml" not in names or "mimetype" not in names:
        return False
    try:
        return Package(path).whole("mimetype").startswith(_ODS)
    except DamagedPackage:
        return False


def surveys(path: Path) -> dict[str, SheetSurvey]:
    """Name of each worksheet -> its survey.

    Every part that the cell reader will unpack is unpacked and counted here first.
    Raises DamagedPackage or UnreadableSource.
    """
    package = Package(path)
    if "content.xml" in package.names and _WORKBOOK not in package.names:
        return open_document.surveys(package.blocks("content.xml"))
    sheets = _sheet_parts(package)
    found = dict[str, SheetSurvey]()
    longest = 0
    for part in package.names:
        if _is_sheet(part, sheets):
            found[sheets.get(part, part)] = _sheet(package.blocks(part))
        elif part == shared_texts.PART:
            longest = shared_texts.at_longest(package.blocks(part))
        elif part.endswith((".xml", ".rels")):
            for _ in package.blocks(part):
                pass
    if longest * sum(sheet.shared for sheet in found.values()) > limits.UNPACKED:
        _refuse_if_texts_swell(path, [part for part in package.names if _is_sheet(part, sheets)])
    return found


def _is_sheet(part: str, sheets: dict[str, str]) -> bool:
    return part in sheets or part.startswith("xl/worksheets/sheet")


def _refuse_if_texts_swell(path: Path, sheets: list[str]) -> None:
    swollen = shared_texts.shown(Package(path), sheets)
    if swollen > limits.UNPACKED:
        raise UnreadableSource(
            file=path.name,
            why=f"the texts in its cells come to more than {swollen // limits.MIB:,} MB",
            todo="Save only the sheet with the projects in a new workbook, or export it as CSV.",
        )


def _sheet_parts(package: Package) -> dict[str, str]:
    """Part of the package -> name of the worksheet in it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        relations = etree.fromstring(package.whole(_RELATIONS), parser)
        workbook = etree.fromstring(package.whole(_WORKBOOK), parser)
    except etree.XMLSyntaxError as error:
        raise DamagedPackage("the list of sheets cannot be read") from error
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))[
            1:
        ]
        for relation in relations.iter("{*}Relationship")
    }
    return {
        targets[identifier]: sheet.get("name", "")
        for sheet in workbook.iter("{*}sheet")
        if (identifier := sheet.get(_RELATION) or sheet.get(_RELATION_STRICT)) in targets
    }


def _sheet(blocks: Iterator[bytes]) -> SheetSurvey:
    """Sizes by the last cell of each row: cells of a row stand in the order of their columns."""
    last_row, columns, errors = 0, set[bytes](), list[tuple[int, int, str]]()
    shared = 0
    for rows in _whole_rows(blocks):
        if cells := _last_cells(rows):
            letters, numbers = zip(*cells, strict=True)
            columns.update(letters)
            last_row = max(last_row, *map(int, numbers))
        shared += rows.count(b't="s"') + rows.count(b"t='s'")
        if b't="e"' in rows or b"t='e'" in rows:
            errors += [
                (int(row) - 1, _column(letters) - 1, text.decode("utf-8", "replace"))
                for letters, row, text in _FAILED.findall(rows)
            ]
    return SheetSurvey(
        rows=last_row,
        columns=max(map(_column, columns), default=0),
        shared=shared,
        errors=tuple(errors),
    )


def _last_cells(rows: bytes) -> list[tuple[bytes, bytes]]:
    """Column and row of the last cell of each row; one search for all is far faster than one each."""
    tails = [row.rpartition(b" r=")[2][:_REFERENCE_BYTES] for row in rows.split(b"row>")]
    return _REFERENCE.findall(b"\n".join(tails))


def _whole_rows(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut between rows."""
    rest = b""
    for block in blocks:
        rest += block
        if (end := rest.rfind(b"row>")) >= 0:
            yield rest[: end + 4]
            rest = rest[end + 4 :]
        elif len(rest) > limits.LINE:
            raise DamagedPackage("a row without end")
    yield rest


def _column(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
