"""The rows of a file, by the columns that the office knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from backing.people.workbook.columns import columns
from backing.people.workbook.declared import Sheet
from backing.people.workbook.said import Problem, Said

KEY: Final = "Key"


@dataclass(slots=True)
class Line:
    """One row of a file.  cells: texts by field, of those columns that the file has.

    record: the row that it is here, or what is made of it.  is_out: left out, or wrong.
    """

    sheet: Sheet
    number: int
    key: str
    cells: dict[str, str]
    record: Any = None
    is_new: bool = False
    is_out: bool = False
    was: dict[str, str] = field(default_factory=dict)
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What to call it before it is here: the first thing it says."""
        return next((text for text in self.cells.values() if text), f"row {self.number}")[:80]


def lines_of(sheet: Sheet, rows: list[list[str]], said: Said) -> list[Line]:
    """The rows of one sheet; what is wrong with its header is said."""
    header, *rest = rows or [[]]
    places = _places(sheet, header, said)
    if places is None:
        return []
    return list(_lines(sheet, places, rest))


def _places(sheet: Sheet, header: list[str], said: Said) -> Mapping[str, int] | None:
    known = {column.heading.casefold(): column.name for column in columns(sheet.label)}
    known[KEY.casefold()] = KEY
    places: dict[str, int] = {}
    for place, heading in enumerate(header):
        name = known.get(" ".join(heading.split()).casefold())
        if name is None and heading:
            said.notes.append(
                f"{sheet.title}: the column “{heading[:60]}” is none of the office's. It was not read."
            )
        elif name is not None and name in places:
            says = f"Two columns are called “{heading}”. Take one of them out."
            said.problems.append(Problem(sheet.title, 1, heading, says))
            return None
        elif name is not None:
            places[name] = place
    if not places:
        says = "The first row names no column of this sheet. Put the headings back into it."
        said.problems.append(Problem(sheet.title, 1, "", says))
        return None
    return places


def _lines(sheet: Sheet, places: Mapping[str, int], rows: list[list[str]]) -> Iterator[Line]:
    by_name = {column.name: column for column in columns(sheet.label)}
    for number, row in enumerate(rows, start=2):
        texts = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        texts |= {
            name: by_name[name].settled(text) for name, text in texts.items() if name in by_name
        }
        if any(texts.values()):
            key = texts.pop(KEY, "").strip().lower()
            yield Line(sheet, number, key, texts)
