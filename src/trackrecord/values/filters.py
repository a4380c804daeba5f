"""Which records pass a filter, and what to write where it fits none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from trackrecord.layout import Filter
from trackrecord.problem import Problem
from trackrecord.readers.source import Sheet
from trackrecord.values.cells import shown

WITHOUT_ROWS: Final = "filter-without-rows"
"""The code of the Problem of a filter that asks for a value which no record has."""

_VALUES_NAMED: Final = 8
_LONGEST_VALUE: Final = 40


def passing(sheet: Sheet, filter_: Filter) -> tuple[list[bool], list[Problem]]:
    """Which records pass, and a Problem for each value asked for that none of them has."""
    cells = sheet.columns[sheet.header.index(filter_.header)]
    text = {cell: shown(cell) for cell in dict.fromkeys(cells)}
    wanted = {value.strip() for value in filter_.values}
    strange = sorted(wanted.difference(text.values())) if cells else []
    there = Counter(text[cell] for cell in cells) if strange else Counter()
    passes = {cell: (text[cell] in wanted) != filter_.negated for cell in text}
    return (
        [passes[cell] for cell in cells],
        [_without_rows(sheet, filter_, value, there) for value in strange],
    )


def _without_rows(sheet: Sheet, filter_: Filter, value: str, there: Counter[str]) -> Problem:
    sign = "!=" if filter_.negated else "="
    column = " ".join(filter_.header.split())
    meant = _meant(value, there)
    example = f"{column}{sign}{_written(meant or _by_count(there)[0])}"
    return Problem(
        file=sheet.file,
        sheet=sheet.name,
        column=filter_.header,
        found=value,
        expected=f"a value of this column: {_named(there)}",
        todo=f"Write it as the file does: {example}."
        if meant
        else f"Write a value that is there, for example {example}.",
        extent="column",
        code=WITHOUT_ROWS,
    )


def _by_count(there: Counter[str]) -> list[str]:
    """The values, the most frequent first."""
    return sorted(there, key=lambda value: (-there[value], value))


def _named(there: Counter[str]) -> str:
    values = _by_count(there)
    named = [_short(value) or "(blank)" for value in values[:_VALUES_NAMED]]
    further = len(values) - len(named)
    return "; ".join(named) + (f"; and {further:,} more" if further else "")


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[: _LONGEST_VALUE - 1]}…"


def _meant(value: str, there: Iterable[str]) -> str:
    """The value that was probably meant: the same but for case, or one spelt much alike."""
    plain: dict[str, str] = {}
    for each in sorted(there):
        plain.setdefault(each.casefold(), each)
    near = get_close_matches(value.casefold(), plain, n=1)
    return plain[near[0]] if near else ""


def _written(value: str) -> str:
    """A value as a filter writes it: in quotes where it holds a comma."""
    return '"' + value.replace('"', '""') + '"' if "," in value or '"' in value else value
