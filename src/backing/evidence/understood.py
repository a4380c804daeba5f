"""What was understood of a dropped file, as a page shows it and a person corrects it.

A file's sheets come from the mapping it was read with, the values from its first rows, and the questions
from its problems; nothing is guessed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

from backing.evidence.field_words import NOT_USED, WORDS
from backing.evidence.models import DroppedFile
from trackrecord.layout import FIELDS, ColumnMapping, Mapping, SheetMapping
from trackrecord.mapping_file import from_toml, to_toml

Sureness = Literal["chosen", "sure", "likely", "doubtful", "unused"]

SURE: Final = 0.8
DOUBTFUL: Final = 0.5  # at most
CHOSEN: Final = "chosen by "

# What the reading asks of a column, by the code of its problem, and the setting that answers it.
QUESTIONS: Final = {"day-or-month": "order", "both-decimal-marks": "decimal"}
MEANING: Final = "meaning"  # asked where most cells do not read as what the column is said to be

_IN_WORDS: Final[dict[Sureness, str]] = {
    "chosen": "Settled.",
    "sure": "Sure.",
    "likely": "Likely.",
    "doubtful": "Please look.",
    "unused": "Not used.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodColumn:
    """One column.  place: its number in the sheet, from 0.  asks: settings it waits for."""

    place: int
    mapping: ColumnMapping
    asks: frozenset[str] = frozenset()

    @property
    def header(self) -> str:
        return " ".join(self.mapping.header.split()) or "(no heading)"

    @property
    def meaning(self) -> str:
        return WORDS.get(self.mapping.field or "", NOT_USED)

    @property
    def shape(self) -> str:
        """The shape of its values, as trackrecord.layout names it; empty where it is not used."""
        return FIELDS.get(self.mapping.field or "", "")

    @property
    def sureness(self) -> Sureness:
        if self.asks:
            return "doubtful"
        if self.mapping.because.startswith(CHOSEN):
            return "chosen"
        if self.mapping.field is None:
            return "unused"
        if self.mapping.confidence <= DOUBTFUL:
            return "doubtful"
        return "sure" if self.mapping.confidence >= SURE else "likely"

    @property
    def sure_words(self) -> str:
        return _IN_WORDS[self.sureness]

    @property
    def because(self) -> str:
        """Why, as a sentence."""
        why = self.mapping.because
        if "order" in self.asks:
            why = "Nothing settles which number is the day: choose below. Until then its dates are missing"
        elif "decimal" in self.asks:
            why = "Points and commas are both used for fractions: choose below"
        elif MEANING in self.asks:
            why = f"Most of its cells cannot be read as this, though {why or 'it was so chosen'}"
        return f"{why[:1].upper()}{why[1:]}." if why else ""


@dataclass(frozen=True, kw_only=True)
class UnderstoodSheet:
    """One sheet of one file.  place: its number in the file, from 0."""

    file: DroppedFile
    place: int
    mapping: SheetMapping
    name: str
    rows: Sequence[Sequence[str]]
    columns: tuple[UnderstoodColumn, ...]

    @property
    def id(self) -> str:
        return f"{self.file.pk}-{self.place}"

    @cached_property
    def doubtful(self) -> list[UnderstoodColumn]:
        return [column for column in self.columns if column.sureness == "doubtful"]

    @cached_property
    def used(self) -> list[UnderstoodColumn]:
        return [column for column in self.columns if column.sureness != "doubtful" and column.shape]

    @cached_property
    def unused(self) -> list[UnderstoodColumn]:
        return [
            column for column in self.columns if column.sureness != "doubtful" and not column.shape
        ]

    @property
    def has_dates(self) -> bool:
        """Whether each row, the sheet or its name says which day it speaks of."""
        return self.mapping.as_at is not None or self.mapping.has("as_at")


def sheets_of(file: DroppedFile) -> list[UnderstoodSheet]:
    """The sheets of a file that was read; none for a schedule, or where it could not be read."""
    if not file.mapping:
        return []
    asked = _asked(file)
    samples = [*file.sample]
    return [
        _sheet(file, place, mapping, samples[place] if place < len(samples) else {}, asked)
        for place, mapping in enumerate(from_toml(file.mapping).sheets)
    ]


def _asked(file: DroppedFile) -> set[tuple[str, str]]:
    """Headers with what the reading asks of them."""
    asked = set()
    for problem in file.problems:
        if problem["code"] in QUESTIONS:
            asked.add((problem["column"], QUESTIONS[problem["code"]]))
        elif problem["extent"] == "cell" and 2 * problem["count"] > file.rows_in:
            asked.add((problem["column"], MEANING))
    return asked


def _sheet(
    file: DroppedFile,
    place: int,
    mapping: SheetMapping,
    sample: dict[str, Any],
    asked: set[tuple[str, str]],
) -> UnderstoodSheet:
    columns = tuple(
        UnderstoodColumn(
            place=number,
            mapping=column,
            asks=frozenset(what for header, what in asked if header == column.header),
        )
        for number, column in enumerate(mapping)
    )
    return UnderstoodSheet(
        file=file,
        place=place,
        mapping=mapping,
        name=sample.get("name", ""),
        rows=sample.get("rows", ()),
        columns=columns,
    )


def read_as(sheet: UnderstoodSheet, mapping: SheetMapping) -> UnderstoodSheet:
    """The sheet as another mapping of its columns understands it."""
    columns = tuple(
        replace(column, mapping=mapped)
        for column, mapped in zip(sheet.columns, mapping, strict=True)
    )
    return replace(sheet, mapping=mapping, columns=columns)


def corrected(
    files: Iterable[DroppedFile], sheet: UnderstoodSheet, right: SheetMapping
) -> dict[int, str]:
    """File id -> its mapping once `sheet` is read as `right` says; files that stay as they are do not count.

    Other sheets with the same header are read alike, but keep the register and the day they speak of.
    """
    changed = {}
    for file in files:
        sheets = from_toml(file.mapping).sheets if file.mapping else ()
        after = tuple(
            right if (file.pk, place) == (sheet.file.pk, sheet.place) else _alike(right, before)
            for place, before in enumerate(sheets)
        )
        if after != sheets:
            changed[file.pk] = to_toml(Mapping(sheets=after))
    return changed


def _alike(right: SheetMapping, other: SheetMapping) -> SheetMapping:
    if other.header != right.header:
        return other
    columns = tuple(
        replace(column, seen=before.seen) for column, before in zip(right, other, strict=True)
    )
    return replace(other, columns=columns, level=right.level)
