"""Reads ARFF, the table format in which research data sets on software projects are kept.

Source: Weka manual, "ARFF (stable version)": attributes, date formats, quoting, sparse instances.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from trackrecord.errors import UnreadableSource
from trackrecord.problem import Problem
from trackrecord.readers import decoding
from trackrecord.readers.cleaning import cleaned
from trackrecord.readers.source import Cell, Sheet, Source

NAME: Final = "arff/1"

_QUOTED: Final = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_START: Final = re.compile(rb"(?:^|\n|\r)\s*@relation\b", re.IGNORECASE)
_RELATION: Final = re.compile(rf"@relation\s+({_QUOTED}|[^%\s]+)", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(rf"@attribute\s+({_QUOTED}|\S+)\s+(.*)", re.IGNORECASE)
_VALUE: Final = re.compile(rf"\s*({_QUOTED}|[^,\t]*?)\s*(?:[,\t]|$)")
_SPARSE: Final = re.compile(rf"\s*(\d+)\s+({_QUOTED}|[^,]*?)\s*(?:,|$)")
_DATE: Final = re.compile(rf"date\s*({_QUOTED}|\S*)", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\(.)")
# Java's letters for dates; people also write YYYY-MM-DD, which Java would read otherwise.
_JAVA: Final = re.compile(r"y{1,4}|Y{1,4}|M{1,4}|d{1,2}|D{1,2}|H{1,2}|m{1,2}|s{1,2}|'([^']*)'")
_ISO: Final = "yyyy-MM-dd'T'HH:mm:ss"


@dataclass(frozen=True, slots=True)
class _Attribute:
    """A column: its name, numeric or not, the pattern of its dates, what a sparse row leaves out."""

    name: str
    numeric: bool = False
    dates: str = ""
    omitted: Cell = None

    def value(self, text: str) -> Cell:
        """A cell as its attribute says; as it stands where it does not obey."""
        if text == "?" or not text:
            return None
        if text[0] in "'\"":
            text = _unquoted(text)
        try:
            if self.numeric:
                return float(text)
            if self.dates:
                moment = datetime.strptime(text, self.dates)  # noqa: DTZ007 - a calendar day
                return moment if "%H" in self.dates else moment.date()
        except ValueError:
            return text
        return text.strip() or None


def recognises(head: bytes, path: Path) -> bool:
    """By its @relation line, which only comments may precede."""
    if path.suffix.lower() == ".arff" and decoding.looks_like_text(head):
        return True
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:1] in (b"@", b"%") and _START.search(b"\n" + start) is not None


def read(path: Path, digest: str) -> Source:
    """One sheet, titled with the relation's name; rows are the lines of the file."""
    text = decoding.examine(path)
    title, attributes, problems = "", list[_Attribute](), list[Problem]()
    records, numbers = list[list[Cell]](), list[int]()
    with text.open() as file:
        lines = _lines(file)
        for _, line in lines:
            if relation := _RELATION.match(line):
                title = _unquoted(relation[1])
            elif attribute := _ATTRIBUTE.match(line):
                attributes.append(_attribute(attribute[1], attribute[2]))
            elif line.lower().startswith("@data"):
                break
        if not attributes:
            raise _refusal(
                path, "it names no attributes", "Export it again; each column needs one."
            )
        for number, line in lines:
            values = _values(line, attributes)
            if len(values) == len(attributes):
                records.append(values)
                numbers.append(number)
            else:
                problems.append(_wrong_length(path, number, line, len(values), len(attributes)))
    if not records:
        raise _refusal(
            path,
            "there is a header but no row below it",
            "Export the rows as well, then try again.",
        )
    sheet = Sheet(
        file=path.name,
        name="",
        header=tuple(attribute.name for attribute in attributes),
        columns=tuple(cleaned(cells).cells for cells in zip(*records, strict=True)),
        rows=numbers,
        title=(title,) if title else (),
    )
    return Source(
        file=path.name, digest=digest, reader=NAME, sheets=(sheet,), problems=tuple(problems)
    )


def _lines(file: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Number and text of each line that is neither blank nor a comment."""
    for number, line in enumerate(file, start=1):
        line = line.strip()
        if line and not line.startswith("%"):
            yield number, line


def _attribute(name: str, kind: str) -> _Attribute:
    name = _unquoted(name).strip()
    if kind.startswith("{"):
        first = _VALUE.match(kind[1:].split("}", maxsplit=1)[0])
        return _Attribute(name, omitted=_unquoted(first[1]).strip() if first else None)
    if kind.lower().startswith(("numeric", "real", "integer")):
        return _Attribute(name, numeric=True, omitted=0.0)
    if dated := _DATE.match(kind):
        return _Attribute(name, dates=_date_pattern(_unquoted(dated[1]) or _ISO))
    return _Attribute(name)


def _date_pattern(java: str) -> str:
    """Java's pattern in Python's letters; "" where it makes no sense, and dates stay texts."""
    pattern = _JAVA.sub(lambda letters: _python(letters, java), java.replace("%", "%%"))
    try:
        datetime.strptime(datetime(2001, 2, 3).strftime(pattern), pattern)  # noqa: DTZ007
    except (ValueError, re.error):
        return ""
    return pattern


def _python(java: re.Match[str], pattern: str) -> str:
    """What Python calls a group of Java's date letters."""
    letters = java[0]
    if letters[0] == "'":
        return java[1]
    if letters[0] in "yY":
        return "%Y" if len(letters) > 2 else "%y"
    if letters[0] == "M":
        return {3: "%b", 4: "%B"}.get(len(letters), "%m")
    if letters[0] == "D" and "d" in pattern:
        return "%j"
    return {"d": "%d", "D": "%d", "H": "%H", "m": "%M", "s": "%S"}[letters[0]]


def _values(line: str, attributes: list[_Attribute]) -> list[Cell]:
    """The cells of one data line; of a wrong number where the line does not fit."""
    if line.startswith("{"):
        cells = [attribute.omitted for attribute in attributes]
        for at, text in _SPARSE.findall(line[1:].split("}", maxsplit=1)[0]):
            if int(at) >= len(attributes):
                return []
            cells[int(at)] = attributes[int(at)].value(text)
        return cells
    texts = [match[1] for match in _VALUE.finditer(line)]
    if len(texts) > 1 and not texts[-1] and not line.endswith((",", "\t")):
        texts.pop()  # the pattern also matches the nothing after the last value
    if len(texts) != len(attributes):
        return [None] * len(texts)
    return [attribute.value(text) for attribute, text in zip(attributes, texts, strict=True)]


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0]:
        return _ESCAPE.sub(r"\1", text[1:-1])
    return text


def _wrong_length(path: Path, number: int, line: str, found: int, expected: int) -> Problem:
    return Problem(
        file=path.name,
        row=number,
        found=f"{found} values: {line}"[:80],
        expected=f"{expected} values, one for each attribute",
        todo="Put a value that holds a comma in quotation marks, or add the one that is missing.",
        extent="row",
        code="wrong-number-of-values",
    )


def _refusal(path: Path, why: str, todo: str) -> UnreadableSource:
    return UnreadableSource(file=path.name, why=why, todo=todo)
